'use strict'

const net = require('node:net')

const SMTPConnection = require('nodemailer/lib/smtp-connection')

const { exchanges } = require('./wire')

const timeout = 10_000

// Records every byte in both directions.
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

// Resolves with the error that ended the session, if any; a refused message is not an error.
const runSession = (connection, { envelope, message }) =>
  new Promise((resolve) => {
    connection.once('error', resolve)
    connection.once('end', resolve)
    connection.connect((error) => {
      if (error) return resolve(error)
      connection.send(envelope, message, () => connection.quit())
    })
  })

/**
 * Sends one message as mail clients do, with pipelining if the server offers it, and resolves with what
 * went over the wire: `{ exchanges, error }`.
 */
async function converse(port, request) {
  const socket = new TappedSocket()
  const closed = new Promise((resolve) => socket.once('close', resolve))
  const connection = new SMTPConnection({
    host: '127.0.0.1',
    port,
    name: request.name,
    socket,
    ignoreTLS: true,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
  })
  const error = await runSession(connection, request)
  await closed
  const text = (chunks) => Buffer.concat(chunks).toString()
  return { exchanges: exchanges(text(socket.sent), text(socket.received)), error }
}

module.exports = { converse }
