'use strict'

// What crosses as JSON: the registry, replies and reports that are parsed, reports that are written.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { join } = Array.prototype
const { parse: parseJson, stringify } = JSON
const { get, set } = Map.prototype
const { assign, defineProperty, entries, freeze, keys } = Object
const { getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object
const { apply } = Reflect
const Bytes = Uint8Array
const getterOf = (prototype, key) => getOwnPropertyDescriptor(prototype, key)?.get
const typedArray = getPrototypeOf(Uint8Array.prototype)
const bufferOf = getterOf(typedArray, 'buffer')
const kindOf = getterOf(typedArray, Symbol.toStringTag)
const lengthOf = getterOf(ArrayBuffer.prototype, 'byteLength')
const { add, has } = WeakSet.prototype

// The registry

/** The registry's records, parsed once. */
function registryOf(backend) {
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

// Parsing

// These two know values of any realm. Not every bundle has `require('util').types`.
const isUint8Array = (value) => apply(kindOf, value, []) === 'Uint8Array'

function isShared(buffer) {
  try {
    apply(lengthOf, buffer, [])
    return false
  } catch {
    return true
  }
}

/** A string or bytes, `undefined` for any other value. Memory that other threads can change is copied. */
function textOf(value) {
  if (typeof value === 'string') return value
  if (!isUint8Array(value)) return undefined
  return isShared(apply(bufferOf, value, [])) ? new Bytes(value) : value
}

/** The text of a reply, which can also be an array of lines. */
const textOfReply = (reply) => (isArray(reply) ? joinLines(reply) : textOf(reply))

function joinLines(lines) {
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
  }
  // A line that has its end already is followed by a blank one, which is ignored. Adding up strings
  // would take several times the memory.
  return apply(join, lines, ['\n'])
}

/**
 * `undefined` if reading throws, as a proxy or a getter can. A RangeError says that stack or memory did
 * not suffice to read the value, so it is passed on.
 */
function attempt(read, value) {
  try {
    return read(value)
  } catch (error) {
    if (error instanceof RangeError) throw error
    return undefined
  }
}

/** Parses replies and reports: the core reads them, and the class gets its instances. */
function parsersOf(backend, { classOf, statusRow, replyOfLines }) {
  /** The replies without an enhanced status code. A property would be visible. */
  const withoutStatus = new WeakSet()

  /** Whether an instance was parsed without an enhanced status code, and has not got one since. */
  const lacksStatus = (dsn) => dsn.sub === 0 && dsn.det === 0 && apply(has, withoutStatus, [dsn])

  /** Subject and detail are `null` without an enhanced status code, and 0 in the instance. */
  function dsnOf({ code, subject, detail, lines }) {
    const row = statusRow(classOf(code), code, subject ?? 0, detail ?? 0)
    const dsn = replyOfLines(row, code, lines)
    if (subject === null) apply(add, withoutStatus, [dsn])
    return dsn
  }

  /** `null` if the value is not a reply. */
  function parse(reply) {
    const json = backend.parse(attempt(textOfReply, reply))
    return json === null ? null : dsnOf(parseJson(json))
  }

  /** `null` if the value has no report. */
  function parseReport(message) {
    const json = backend.parse_report(attempt(textOf, message))
    if (json === null) return null
    const report = parseJson(json)
    // A stranger chose the names of these fields.
    setPrototypeOf(report.extensions, null)
    if (report.returned !== null) setPrototypeOf(report.returned.header, null)
    for (let index = 0; index < report.recipients.length; index++) {
      const recipient = report.recipients[index]
      setPrototypeOf(recipient.extensions, null)
      if (recipient.dsn !== null) recipient.dsn = dsnOf(recipient.dsn)
    }
    return report
  }

  return { lacksStatus, parse, parseReport }
}

// Writing

/** The fields of `{ [name]: [value, …] }` as pairs. */
const pairsOf = (fields) =>
  entries(fields ?? {}).flatMap(([name, all]) => [all ?? []].flat().map((one) => [name, one]))

/** The types, and the numbers, that JSON does not have. */
const LOST = /^(bigint|function|symbol|NaN|-?Infinity)$/

/** For JSON.stringify: what the core takes, dates as in messages, U+FFFD for lone surrogates in values. */
function jsonValue(key, value) {
  const given = this[key]
  if (key === 'dsn' || key === 'returned') return undefined
  const kind = typeof value === 'number' ? value : typeof value
  // Of an invalid date, JSON makes `null`.
  const isLost = LOST.test(kind) || (value === null && given !== null)
  if (isLost) throw new TypeError(`${key}: cannot be the ${typeof given} ${String(given)}`)
  // The core says what is wrong with any other value.
  if (key === 'extensions' && kind === 'object' && !value?.[Symbol.iterator]) return pairsOf(value)
  if (typeof given?.toUTCString === 'function') return given.toUTCString().replace('GMT', '+0000')
  if (typeof value !== 'string') return value ?? undefined
  return value.replace(/[\ud800-\udfff]/gu, '\ufffd')
}

/**
 * Writes reports: the class adds what needs a clock, randomness or the name of this host, and the core
 * does the rest.
 */
function writeReportOf(backend, isDsn, statusOf) {
  /** The DSN of a recipient as the core's reply, unless status and diagnostic are given. */
  function replyOf(recipient, index) {
    const { dsn, status, diagnostic } = recipient ?? {}
    if (!dsn) return null
    if (!isDsn(dsn)) throw new TypeError(`recipients[${index}].dsn: must be a DSN`)
    if (status && diagnostic !== undefined) return null
    const lines = [dsn.msg || dsn.default_msg].flat().map((line) => String(line ?? ''))
    return { code: Number(`${dsn.code}`.slice(0, 3)), enhanced_code: statusOf(dsn), lines }
  }

  return function writeReport(report, options) {
    if (typeof (report ?? {}) !== 'object') throw new TypeError('report: must be an object')
    const { name } = report?.reporting_mta ?? {}
    // Addresses cannot have every name.
    const host = /^[a-z\d.-]+$/i.test(name ?? '') ? name : require('os').hostname()
    const given = [
      { ...report, reporting_mta: report?.reporting_mta ?? { name: host } },
      {
        ...options,
        from: options?.from ?? `Mail Delivery System <postmaster@${host}>`,
        date: options?.date ?? new Date(),
        message_id: options?.message_id ?? `<${require('crypto').randomUUID()}@${host}>`,
      },
      report?.recipients?.map?.(replyOf) ?? [],
    ]
    const returned = textOf(options?.returned ?? '')
    if (returned === undefined) throw new TypeError('returned: must be a string or a Uint8Array')
    const bytes = typeof returned === 'string' ? Buffer.from(returned) : returned
    const message = backend.write_report(stringify(given, jsonValue), bytes)
    if (typeof message === 'string') throw new TypeError(message)
    return Buffer.from(message.buffer, message.byteOffset, message.length)
  }
}

module.exports = { parsersOf, registryOf, writeReportOf }
