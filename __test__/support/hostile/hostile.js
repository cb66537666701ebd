'use strict'

// A Haraka plugin that rejects each recipient with the message whose index is the mailbox.

const DSN = require('haraka-dsn')

const { messages } = require('./messages')

exports.hook_rcpt = (next, _connection, [recipient]) =>
  next(DENY, DSN.no_such_user(messages[recipient.user].message))
