'use strict'

// Delivery reports that are written: the class adds what needs a clock, randomness or the name of this
// host, and the core does the rest.

const { textOf } = require('./parse.js')

// Captured, because plugins can replace them later.
const { isArray } = Array
const { stringify } = JSON
const { toString: nameOf } = Object.prototype

const isDate = (value) => nameOf.call(value) === '[object Date]'

/** For JSON.stringify: dates as in messages, U+FFFD for lone surrogates. */
function jsonValue(key, value) {
  const given = this[key]
  if (isDate(given)) {
    if (Number.isNaN(given.getTime())) throw new TypeError(`${key}: must be a valid date`)
    return given.toUTCString().replace('GMT', '+0000')
  }
  return typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd') : value
}

/** The name of a mail server, if addresses can have it, or of this host. */
const hostOf = (mta) =>
  /^[a-z\d.-]+$/i.test(mta?.name ?? '') ? mta.name : require('os').hostname()

function assertObject(value, name) {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name}: must be an object`)
}

/** The bytes of a message that may be missing. */
function bytesOf(message) {
  const text = textOf(message ?? '')
  if (text === undefined) throw new TypeError('returned: must be a string or a Uint8Array')
  return typeof text === 'string' ? Buffer.from(text) : text
}

module.exports = function writeReportOf(backend, isDsn, statusOf) {
  /** A recipient with its reply as the core takes it. */
  function recipientOf(recipient, index) {
    const dsn = recipient?.dsn ?? null
    if (dsn === null) return recipient
    if (!isDsn(dsn)) throw new TypeError(`recipients[${index}].dsn: must be a DSN`)
    const { code, msg, default_msg } = dsn
    const lines = isArray(msg) ? msg : [msg || default_msg]
    const reply = {
      code: Number(`${code}`.slice(0, 3)),
      status: statusOf(dsn),
      lines: lines.map((line) => String(line ?? '')),
    }
    return { ...recipient, dsn: reply }
  }

  return function writeReport(report, options) {
    assertObject(report, 'report')
    assertObject(options, 'options')
    const { recipients } = report
    const host = hostOf(report.reporting_mta)
    const reporting_mta = report.reporting_mta ?? { type: 'dns', name: host }
    const json = {
      report: {
        ...report,
        reporting_mta,
        recipients: isArray(recipients) ? recipients.map(recipientOf) : recipients,
      },
      options: {
        ...options,
        from: options.from ?? `Mail Delivery System <postmaster@${host}>`,
        date: options.date ?? new Date(),
        message_id: options.message_id ?? `<${require('crypto').randomUUID()}@${host}>`,
        returned: null,
      },
    }
    const message = backend.write_report(stringify(json, jsonValue), bytesOf(options.returned))
    if (typeof message === 'string') throw new TypeError(message)
    return Buffer.from(message.buffer, message.byteOffset, message.length)
  }
}
