'use strict'

// An SMTP client that records every byte in both directions.

const net = require('node:net')

const SMTPConnection = require('nodemailer/lib/smtp-connection')

const timeout = 60_000

class TappedSocket extends net.Socket {
  sent = []
  received = []

  constructor() {
    super()
    this.on('data', (chunk) => this.received.push(chunk))
  }

  _write(chunk, encoding, callback) {
    this.sent.push(chunk)
    super._write(chunk, encoding, callback)
  }

  // Called for corked writes.
  _writev(batch, callback) {
    this.sent.push(...batch.map(({ chunk }) => chunk))
    super._writev(batch, callback)
  }
}

/** Resolves with the error that ended the session, if any; a refused message is not an error. */
const runSession = (connection, { envelopes, message }) =>
  new Promise((resolve) => {
    const send = ([envelope, ...others]) =>
      connection.send(envelope, message, () => {
        if (!others.length) return connection.quit()
        connection.reset((error) => (error ? resolve(error) : send(others)))
      })
    connection.once('error', resolve)
    connection.once('end', resolve)
    connection.connect((error) => (error ? resolve(error) : send(envelopes)))
  })

// A message ends with a line that is a single dot; anything else that the client sends is one line.
const splitCommands = (sent) => sent.match(/(?<=^DATA\r\n)[\s\S]*?\r\n\.\r\n|[^\n]*\n/gm) ?? []

// The last line of a reply has a space after its code, the lines before it have a hyphen. Without the
// flag m: in JavaScript, but not in SMTP, a line also begins after U+2028.
const splitReplies = (received) => received.split(/(?<=(?<![^\n])\d{3} [^\n]*\n)/).filter(Boolean)

/** Pairs replies with commands, and drops no byte. The greeting answers the empty command. */
function pair(sent, received) {
  const [commands, replies] = [['', ...splitCommands(sent)], splitReplies(received)]
  const length = Math.max(commands.length, replies.length)
  return Array.from({ length }, (_, i) => ({ command: commands[i] ?? '', reply: replies[i] ?? '' }))
}

/**
 * Sends a message to each envelope as mail clients do, with pipelining if the server offers it, and resolves
 * with what went over the wire: `{ exchanges, error }`.
 */
async function converse(port, request) {
  const socket = new TappedSocket()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const timeouts = {
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  }
  const { name } = request
  const options = { host: '127.0.0.1', port, name, socket, ignoreTLS: true, ...timeouts }
  const error = await runSession(new SMTPConnection(options), request)
  await closed
  const text = (chunks) => Buffer.concat(chunks).toString()
  return { exchanges: pair(text(socket.sent), text(socket.received)), error }
}

const matches = (expected, reply) =>
  expected instanceof RegExp ? expected.test(reply) : expected === reply

/**
 * The exchanges that differ from the expected ones, including missing and extra ones. Stops at the
 * first one without a reply, because those after it have none either.
 */
function mismatches(exchanges, expected) {
  const length = Math.max(exchanges.length, expected.length)
  const wrong = Array.from({ length }, (_, i) => ({
    command: exchanges[i]?.command ?? '',
    expected: expected[i]?.reply ?? '',
    got: exchanges[i]?.reply ?? '',
  })).filter(({ expected, got }) => !matches(expected, got))
  const silence = wrong.findIndex(({ got }) => got === '')
  return silence < 0 ? wrong : wrong.slice(0, silence + 1)
}

module.exports = { converse, mismatches }
