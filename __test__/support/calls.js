'use strict'

const { ours, original } = require('./subjects')

const helpers = Object.getOwnPropertyNames(original).filter(
  (name) => typeof original[name] === 'function' && name !== 'create',
)

// Misspelt names of the old guide, which plugins copied, and the names in the original.
const OLD_SPELLINGS = {
  addr_bad_dest_mailbox: 'addr_bad_dest_mbox',
  addr_mbox_mobed: 'addr_mbox_moved',
  proto_too_many_recipients: 'proto_too_many_rcpts',
}

// The helpers that the original does not have, implemented with the original's constructor.
const additions = {}
for (const { subject, detail, helpers: ofStatus } of ours.statuses) {
  for (const { name, code: def } of ofStatus) {
    if (name in original) continue
    additions[name] = (msg, code) => new original(code, msg, def, subject, detail)
  }
}

const names = [...helpers, ...Object.keys({ ...OLD_SPELLINGS, ...additions })]

/**
 * The call of a static method, or of `new DSN`, in the form that `assertParity` takes. A helper that the
 * original does not have is compared with its counterpart there.
 */
const callOf = (name) => (DSN, args) => {
  if (name === 'new DSN') return new DSN(...args)
  if (DSN !== original) return DSN[name](...args)
  return additions[name] ? additions[name](...args) : original[OLD_SPELLINGS[name] ?? name](...args)
}

module.exports = { OLD_SPELLINGS, callOf, helpers, names }
