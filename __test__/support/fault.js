'use strict'

// Loaded before the fuzzer, it puts a fault in front of it.

const DSN = require('../..')

const { mbox_full } = DSN

DSN.mbox_full = (msg, code) => {
  const dsn = mbox_full(msg, code)
  if (typeof msg === 'string' && msg.includes('~')) dsn.det = 0
  return dsn
}
