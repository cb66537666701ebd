'use strict'

// The implementations to compare: this package, and haraka-dsn with the default texts that it lacks.

const ours = require('../..')
const { define } = require('./replace')

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

/** Whether the backend under test is the binary, and not the WebAssembly module. */
const isBinary = process.env.HARAKA_DSN_RS_BACKEND !== 'wasm'

module.exports = { ACCESSORS, isBinary, original: amend(require('haraka-dsn')), ours }
