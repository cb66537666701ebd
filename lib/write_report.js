'use strict'

// Delivery reports that are written: the class adds what needs a clock, randomness or the name of this
// host, and the core does the rest.

const { textOf } = require('./parse.js')

// Captured, because plugins can replace them later.
const { entries } = Object
const { stringify } = JSON

/** The fields of `{ [name]: [value, …] }` as pairs. */
const pairsOf = (fields) =>
  entries(fields ?? {}).flatMap(([name, all]) => [all ?? []].flat().map((one) => [name, one]))

/** The types, and the numbers, that JSON does not have. */
const LOST = /^(bigint|function|symbol|NaN|-?Infinity)$/

/** For JSON.stringify: what the core takes, dates as in messages, U+FFFD for lone surrogates. */
function jsonValue(key, value) {
  const given = this[key]
  if (key === 'dsn' || key === 'returned') return undefined
  // The core says what is wrong with a string or an array.
  if (key === 'extensions' && !value?.[Symbol.iterator]) return pairsOf(value)
  const kind = typeof value === 'number' ? value : typeof value
  // Of an invalid date, JSON makes `null`.
  const isLost = LOST.test(kind) || (value === null && given !== null)
  if (isLost) throw new TypeError(`${key}: cannot be the ${typeof given} ${String(given)}`)
  if (typeof given?.toUTCString === 'function') return given.toUTCString().replace('GMT', '+0000')
  if (typeof value !== 'string') return value ?? undefined
  return value.replace(/\p{Surrogate}/gu, '\ufffd')
}

/** The name of a mail server, if addresses can have it, or of this host. */
const hostOf = (mta) =>
  /^[a-z\d.-]+$/i.test(mta?.name ?? '') ? mta.name : require('os').hostname()

module.exports = function writeReportOf(backend, isDsn, statusOf) {
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
    const host = hostOf(report?.reporting_mta)
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
