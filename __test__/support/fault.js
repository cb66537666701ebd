'use strict'

// Loaded before the fuzzer, it gives it something to find: texts of three units and more.

const DSN = require('../..')

const { mbox_full } = DSN

DSN.mbox_full = (msg, code) => {
  const dsn = mbox_full(msg, code)
  if (typeof msg === 'string' && msg.length > 2) dsn.det = 0
  return dsn
}
