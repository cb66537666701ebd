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
    bounces += 1
    fs.writeFileSync(`${this.config.get('bounce_file')}-${bounces}`, bounce)
    next(OK)
  })
}

exports.hook_get_mx = function (next, _hmail, domain) {
  const remote_port = Number(this.config.get('remote_port'))
  const port = domain === 'sender.example.com' ? own_port : remote_port
  next(OK, { priority: 0, exchange: '127.0.0.1', port })
}
