'use strict'

// Relays mail that has a sender to the test's remote server, and its bounces back to this Haraka.

const fs = require('node:fs')

let own_port
let bounces = 0

exports.hook_mail = (next, connection, [sender]) => {
  own_port = connection.local.port
  connection.relaying = Boolean(sender.user)
  next(OK)
}

exports.hook_rcpt = (next) => next(OK)

exports.hook_queue = function (next, connection) {
  connection.transaction.message_stream.get_data((bounce) => {
    const file = `${this.config.get('bounce_file')}-${++bounces}`
    fs.writeFileSync(`${file}.part`, bounce)
    fs.renameSync(`${file}.part`, file) // A reader never gets an incomplete file.
    next(OK)
  })
}

exports.hook_get_mx = function (next, _hmail, domain) {
  const remote_port = Number(this.config.get('remote_port'))
  const port = domain === 'sender.example.com' ? own_port : remote_port
  next(OK, { priority: 0, exchange: '127.0.0.1', port })
}
