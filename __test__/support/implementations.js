'use strict'

// The implementations to compare: this package, and haraka-dsn with the default texts that it lacks; and how
// to call them.

const ours = require('../..')
const { define } = require('./exotic-objects')

/** The accessors of our prototype that the original does not have. */
const ACCESSORS = ['status', 'is_success', 'is_transient', 'is_permanent']

/**
 * The original's table is private, but it reads the default text as `table[subject][detail]`: a temporary
 * getter on Array.prototype sees the array that it is read from.
 */
function textsOf(original, subject) {
  let texts
  const get = function () {
    texts = this
  }
  const undo = define(Array.prototype, 'the texts', { get })
  original.create(550, '', subject, 'the texts')
  undo()
  return texts
}

/**
 * A deliberate difference: some statuses have no text in the original, and the registry's here. The expected
 * results are the original's after these texts are added to its table. The crate's tests compare them with
 * the registry.
 */
function amend(original) {
  for (const { subject, detail, message } of ours.statuses) {
    const texts = textsOf(original, subject)
    if (message && texts[detail] === undefined) texts[detail] = message
  }
  return original
}

const original = amend(require('haraka-dsn'))

/** Whether the backend under test is the binary, and not the WebAssembly module. */
const isBinary = process.env.HARAKA_DSN_RS_BACKEND !== 'wasm'

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

module.exports = { ACCESSORS, OLD_SPELLINGS, callOf, helpers, isBinary, names, original, ours }
