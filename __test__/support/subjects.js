'use strict'

const { amend } = require('./texts')

// The two implementations under comparison: what this package exports, and the package it replaces
// with the six texts that it lacks.
const ours = require('../..')
const original = amend(require('haraka-dsn'))

// What is asked of a DSN beyond the original. Only util.inspect shows the difference, where it is
// told to show hidden properties; to compare the others, the original is given them as well.
for (const name of ['status', 'is_success', 'is_transient', 'is_permanent']) {
  const accessor = Object.getOwnPropertyDescriptor(ours.prototype, name)
  Object.defineProperty(original.prototype, name, accessor)
}

module.exports = { ours, original }
