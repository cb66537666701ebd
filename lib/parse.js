'use strict'

// Parses replies and reports: the core reads them, and the class gets its instances.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { join } = Array.prototype
const parseJson = JSON.parse
const { getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object
const { apply } = Reflect
const Bytes = Uint8Array
const getterOf = (prototype, key) => getOwnPropertyDescriptor(prototype, key)?.get
const typedArray = getPrototypeOf(Uint8Array.prototype)
const bufferOf = getterOf(typedArray, 'buffer')
const kindOf = getterOf(typedArray, Symbol.toStringTag)
const lengthOf = getterOf(ArrayBuffer.prototype, 'byteLength')
const { add, has } = WeakSet.prototype

// Both are true for values of any realm. Not every bundle has `require('util').types`.
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

module.exports = function parsersOf(backend, { classOf, statusRow }, { replyOfLines }) {
  /** The replies without an enhanced status code. A property would be visible. */
  const withoutStatus = new WeakSet()

  /** Whether an instance was received without an enhanced status code, and has not got one since. */
  const lacksStatus = (dsn) => dsn.sub === 0 && dsn.det === 0 && apply(has, withoutStatus, [dsn])

  /** Subject and detail are `null` without an enhanced status code, and 0 in the instance. */
  function replyOf({ code, subject, detail, lines }) {
    const row = statusRow(classOf(code), code, subject ?? 0, detail ?? 0)
    const dsn = replyOfLines(row, code, lines)
    if (subject === null) apply(add, withoutStatus, [dsn])
    return dsn
  }

  /** `null` if the value is not a reply. */
  function parse(reply) {
    const json = backend.parse(attempt(textOfReply, reply))
    return json === null ? null : replyOf(parseJson(json))
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
      if (recipient.dsn !== null) recipient.dsn = replyOf(recipient.dsn)
    }
    return report
  }

  return { lacksStatus, parse, parseReport }
}

module.exports.textOf = textOf
