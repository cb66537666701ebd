'use strict'

// Preloaded by the test of the fuzzer: injects a difference for texts of three or more code units.

const DSN = require('../..')

const { mbox_full } = DSN

DSN.mbox_full = (msg, code) => {
  const dsn = mbox_full(msg, code)
  if (typeof msg === 'string' && msg.length > 2) dsn.det = 0
  return dsn
}
