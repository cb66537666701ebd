'use strict'

// The registry of enhanced status codes as records that nobody can change.

// Captured, because plugins can replace it later.
const { freeze } = Object

function frozen(statuses) {
  for (let at = 0; at < statuses.length; at++) {
    const { basic_codes, helpers, references } = freeze(statuses[at])
    freeze(basic_codes)
    freeze(references)
    for (let i = 0; i < helpers.length; i++) freeze(helpers[i])
    freeze(helpers)
  }
  return freeze(statuses)
}

/** A function that returns all records, which are made at its first call. */
module.exports = function catalogueOf(backend) {
  let statuses
  return () => {
    if (statuses === undefined) statuses = frozen(backend.statuses())
    return statuses
  }
}
