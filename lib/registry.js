'use strict'

// The registry: the core's records, parsed once.

// Captured, because plugins can replace them later.
const parseJson = JSON.parse
const { assign, defineProperty, freeze, keys } = Object
const { get, set } = Map.prototype

module.exports = function registryOf(backend) {
  let records

  /** A record of each status, deeply frozen. */
  function allStatuses() {
    if (records === undefined) records = deepFreeze(parseJson(backend.statuses()))
    return records
  }

  /** The records that were found, by name or by number: each has five names. */
  const found = assign(new Map(), { get, set })

  /** The record of a status, by its name or by its two numbers; `undefined` if there is none. */
  function lookup(name, detail) {
    const isText = typeof name === 'string'
    const key = isText ? name : name * 1000 + detail
    const record = found.get(key)
    if (record !== undefined && (isText || record.detail === detail)) return record
    const index = backend.lookup(name, detail)
    if (index === undefined) return undefined
    found.set(key, allStatuses()[index])
    return allStatuses()[index]
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

  return { allStatuses, defaultTexts, lookup }
}

/** Freezes a value that JSON.parse returned. */
function deepFreeze(value) {
  if (typeof value === 'object') {
    const names = keys(value)
    for (let index = 0; index < names.length; index++) deepFreeze(value[names[index]])
    freeze(value)
  }
  return value
}
