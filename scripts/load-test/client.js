'use strict'

// A minimal SMTP client that compares every byte. It does as little as possible, because the load test
// measures the server.

const { once } = require('node:events')
const net = require('node:net')

const timeout = 60_000
const transactionSize = 100 // what every server must accept: RFC 5321, section 4.5.3.1.8

const countLines = (text) => text.split('\n').length - 1

/** Reads replies with a known number of lines. One character is one byte. */
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
      socket.once('end', () => reject(new Error('the server closed the connection')))
    })
    this.lost.catch(() => {}) // next() reports it
  }

  /** Resolves with everything received as soon as it has that many lines. */
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

/** Has all recipients refused in one connection. Rejects at the first wrong byte. */
async function refuse(port, refusals) {
  const socket = net.connect(port, '127.0.0.1')
  const replies = new Replies(socket)
  try {
    expect(await replies.next(1), /^220 .*\r\n$/)
    socket.write('EHLO client.example.com\r\n')
    let features = ''
    while (!/^250 .*\r\n/m.test(features)) features += await replies.next(1)
    expect(features, /PIPELINING/)
    for (let start = 0; start < refusals.length; start += transactionSize) {
      const batch = refusals.slice(start, start + transactionSize)
      socket.write(
        'MAIL FROM:<author@example.com>\r\n' +
          batch.map(({ address }) => `RCPT TO:<${address}>\r\n`).join('') +
          'RSET\r\n',
      )
      const expected = batch.map(({ reply }) => reply).join('')
      const got = await replies.next(1 + countLines(expected) + 1)
      const [firstRcpt, lastLine] = [
        got.indexOf('\n') + 1,
        got.lastIndexOf('\n', got.length - 2) + 1,
      ]
      expect(got.slice(0, firstRcpt), /^250 .*\r\n$/)
      expect(got.slice(firstRcpt, lastLine), expected)
      expect(got.slice(lastLine), /^250 .*\r\n$/)
    }
    socket.write('QUIT\r\n')
    expect(await replies.next(1), /^221 .*\r\n$/)
  } finally {
    socket.destroy()
    await once(socket, 'close')
  }
}

module.exports = { refuse }
