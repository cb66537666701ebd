'use strict'

const net = require('node:net')

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
    const say = (...lines) => socket.write(lines.map((line) => `${line}\r\n`).join(''))
    let message
    let buffered = ''
    const answer = (line) => {
      if (message !== undefined) {
        if (line !== '.') {
          message += `${line}\r\n`
          return
        }
        this.messages.push(message)
        message = undefined
        return say('250 2.0.0 Ok')
      }
      const [verb] = line.toUpperCase().split(/[ :]/)
      const [, mailbox] = /<([^@>]+)/.exec(line) ?? []
      switch (verb) {
        case 'MAIL':
        case 'RCPT':
          return say(...(this.replies[mailbox] ?? ['250 2.1.0 Ok']))
        case 'DATA':
          message = ''
          return say('354 Go ahead')
        case 'QUIT':
          say('221 2.0.0 Bye')
          return socket.end()
        default:
          return say('250 Ok')
      }
    }
    this.sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.sockets.delete(socket))
    socket.setEncoding('utf8').on('data', (chunk) => {
      const lines = (buffered + chunk).split('\r\n')
      buffered = lines.pop()
      lines.forEach(answer)
    })
    say('220 remote.example.net')
  }
}

module.exports = { RemoteServer }
