'use strict'

// The registry: the core's records, parsed once.

const { Kept, isShort } = require('./kept.js')

// Captured, because plugins can replace them later.
const parseJson = JSON.parse
const { defineProperty, freeze, keys } = Object

/** How many names of statuses are kept: 82 statuses have six each, with their numbers. */
const MAX_NAMES = 512

module.exports = function registryOf({ lookup, statuses }) {
  let records

  /** A record of each status, deeply frozen. */
  function allStatuses() {
    if (records === undefined) records = deepFreeze(parseJson(statuses()))
    return records
  }

  const named = new Kept(MAX_NAMES)

  /** The record of a status, by its name or by its two numbers; `undefined` if there is none. */
  function findStatus(name, detail) {
    const key = typeof name === 'string' ? name : keyOf(name, detail)
    const kept = named.get(key)
    if (kept !== undefined) return kept
    const index = lookup(name, detail)
    return index === undefined ? undefined : named.keep(key, allStatuses()[index])
  }

  /** The default texts, by subject and detail in arrays of arrays like haraka-dsn's. */
  function defaultTexts() {
    const texts = []
    const all = allStatuses()
    for (let index = 0; index < all.length; index++) {
      const { subject, detail, message } = all[index]
      // Defined, not assigned: Array.prototype may have setters.
      if (detail === 0) defineProperty(texts, subject, { __proto__: null, value: [] })
      if (message) defineProperty(texts[subject], detail, { __proto__: null, value: message })
    }
    return texts
  }

  return { allStatuses, defaultTexts, findStatus }
}

/** A key for two numbers; `undefined` if one has more than three digits, as in no status. */
const keyOf = (subject, detail) =>
  isShort(subject) && isShort(detail) ? subject * 1000 + detail : undefined

/** Freezes a value that JSON.parse returned. */
function deepFreeze(value) {
  if (typeof value === 'object') {
    const names = keys(value)
    for (let index = 0; index < names.length; index++) deepFreeze(value[names[index]])
    freeze(value)
  }
  return value
}
