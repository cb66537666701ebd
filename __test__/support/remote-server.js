'use strict'

const net = require('node:net')
const readline = require('node:readline')

/**
 * An SMTP server on the loopback interface. `replies` has the lines to reply for a mailbox, as sender or
 * recipient; all others are accepted. `messages` has the accepted messages.
 */
class RemoteServer {
  messages = []
  sockets = new Set()

  constructor(replies) {
    this.replies = replies
    this.server = net.createServer((socket) => this.#talk(socket))
  }

  /** Resolves with the port. */
  listen() {
    return new Promise((resolve) => {
      this.server.listen(0, '127.0.0.1', () => resolve(this.server.address().port))
    })
  }

  close() {
    this.server.close()
    for (const socket of this.sockets) socket.destroy()
  }

  #talk(socket) {
    let message
    this.sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.sockets.delete(socket))
    const say = (...lines) => socket.write(lines.map((line) => `${line}\r\n`).join(''))
    readline.createInterface(socket).on('line', (line) => {
      if (message === undefined) {
        say(...this.#replyTo(line))
        if (/^DATA/i.test(line)) message = ''
        if (/^QUIT/i.test(line)) socket.end()
      } else if (line === '.') {
        this.messages.push(message)
        message = undefined
        say('250 2.0.0 Ok')
      } else message += `${line}\r\n`
    })
    say('220 remote.example.net')
  }

  #replyTo(command) {
    if (/^DATA/i.test(command)) return ['354 Go ahead']
    if (/^QUIT/i.test(command)) return ['221 2.0.0 Bye']
    const [, mailbox] = /^(?:MAIL|RCPT) .*<([^@>]+)/i.exec(command) ?? []
    return this.replies[mailbox] ?? ['250 2.1.0 Ok']
  }
}

module.exports = { RemoteServer }
