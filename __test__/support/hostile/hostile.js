'use strict'

// A plugin for Haraka: refuses each recipient with the message that has its number.

const DSN = require('haraka-dsn')

const { messages } = require('./messages')

exports.hook_rcpt = (next, _connection, [recipient]) =>
  next(DENY, DSN.no_such_user(messages[recipient.user].message))
