'use strict'

// An SMTP client that does as little as it can besides comparing every byte, so that the server is
// what is measured.

const { once } = require('node:events')
const net = require('node:net')

const timeout = 60_000
const transactionSize = 100 // what every server must accept: RFC 5321, section 4.5.3.1.8

const countLines = (text) => text.split('\n').length - 1

/** Reads replies, of which it is told how many lines they have. One character is one byte. */
class Replies {
  received = ''
  lines = 0

  constructor(socket) {
    socket.setEncoding('latin1').setTimeout(timeout, () => socket.destroy(new Error('no reply')))
    socket.on('data', (text) => {
      this.received += text
      this.lines += countLines(text)
      this.check?.()
    })
    this.lost = new Promise((_, reject) => {
      socket.once('error', reject)
      socket.once('end', () => reject(new Error('the server hung up')))
    })
    this.lost.catch(() => {}) // whoever waits for a reply hears of it
  }

  /** Resolves with all that came, as soon as it has that many lines. */
  async next(lines) {
    const complete = new Promise((resolve) => {
      this.check = () => this.lines >= lines && resolve()
      this.check()
    })
    await Promise.race([complete, this.lost])
    const { received } = this
    this.received = ''
    this.lines = 0
    return received
  }
}

function expect(got, expected) {
  const matches = expected instanceof RegExp ? expected.test(got) : got === expected
  if (matches) return
  const wanted = expected instanceof RegExp ? expected : JSON.stringify(expected)
  throw new Error(`expected ${wanted}\ngot ${JSON.stringify(got)}`)
}

/** Has all recipients refused in one conversation. Rejects at the first byte that is wrong. */
async function refuse(port, refusals) {
  const socket = net.connect(port, '127.0.0.1')
  const replies = new Replies(socket)
  try {
    expect(await replies.next(1), /^220 .*\r\n$/)
    socket.write('EHLO client.example.com\r\n')
    let features = ''
    while (!/^250 .*\r\n/m.test(features)) features += await replies.next(1)
    expect(features, /PIPELINING/)
    for (let at = 0; at < refusals.length; at += transactionSize) {
      const batch = refusals.slice(at, at + transactionSize)
      socket.write(
        'MAIL FROM:<author@example.com>\r\n' +
          batch.map(({ address }) => `RCPT TO:<${address}>\r\n`).join('') +
          'RSET\r\n',
      )
      const expected = batch.map(({ reply }) => reply).join('')
      const got = await replies.next(1 + countLines(expected) + 1)
      const [first, last] = [got.indexOf('\n') + 1, got.lastIndexOf('\n', got.length - 2) + 1]
      expect(got.slice(0, first), /^250 .*\r\n$/)
      expect(got.slice(first, last), expected)
      expect(got.slice(last), /^250 .*\r\n$/)
    }
    socket.write('QUIT\r\n')
    expect(await replies.next(1), /^221 .*\r\n$/)
  } finally {
    socket.destroy()
    await once(socket, 'close')
  }
}

module.exports = { refuse }
