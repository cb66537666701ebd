'use strict'

// An SMTP client that records every byte in both directions.

const { once } = require('node:events')
const net = require('node:net')

const SMTPConnection = require('nodemailer/lib/smtp-connection')

const TIMEOUT = 60_000

/** Keeps what will go through a socket: `{ sent, received }`, each a list of chunks. */
function tap(socket) {
  const [sent, received] = [[], []]
  // Not before, because connect() restores the method.
  socket.once('connect', () => {
    const { write } = socket
    socket.write = (chunk, ...options) => {
      sent.push(Buffer.from(chunk))
      return write.call(socket, chunk, ...options)
    }
  })
  socket.on('data', (chunk) => received.push(chunk))
  return { sent, received }
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
function pair({ sent, received }) {
  const text = (chunks) => Buffer.concat(chunks).toString()
  const [commands, replies] = [['', ...splitCommands(text(sent))], splitReplies(text(received))]
  const length = Math.max(commands.length, replies.length)
  return Array.from({ length }, (_, i) => ({ command: commands[i] ?? '', reply: replies[i] ?? '' }))
}

/**
 * Sends a message to each envelope as mail clients do, with pipelining if the server offers it, and resolves
 * with what went over the wire: `{ exchanges, error }`.
 */
async function converse(port, request) {
  const socket = new net.Socket()
  const tapped = tap(socket)
  const closed = once(socket, 'close')
  const timeouts = {
    connectionTimeout: TIMEOUT,
    greetingTimeout: TIMEOUT,
    socketTimeout: TIMEOUT,
  }
  const { name } = request
  const options = { host: '127.0.0.1', port, name, socket, ignoreTLS: true, ...timeouts }
  const error = await runSession(new SMTPConnection(options), request)
  await closed
  return { exchanges: pair(tapped), error }
}

module.exports = { converse }
