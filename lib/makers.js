'use strict'

// Makes the instances of the class.
//
// Native code interprets a call and passes the result to a maker, the function that it is bound to,
// because JavaScript creates an object faster than Node-API. Values that native code does not
// convert (objects as codes, Symbols, subjects that are not numbers) go through `convert`.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { defineProperty } = Object
const { apply } = Reflect
const { add, has } = WeakSet.prototype

/** How many rows of unregistered statuses are cached. */
const MAX_UNREGISTERED = 256

/** Lines are joined and checked together below this length, which native code reads without an allocation. */
const MAX_JOINED = 2047

/**
 * The callback for `map`: anonymous and new for each array, like haraka-dsn's, because an array's
 * own `map` can examine it. `map` keeps holes, which become "undefined".
 */
const lineText = () => (line) => String(line ?? '')

/** The default texts, by subject and detail in arrays of arrays like haraka-dsn's. */
function defaultTextsOf(statuses) {
  const defaultTexts = []
  for (let index = 0; index < statuses.length; index++) {
    const { subject, detail, message } = statuses[index]
    // Defined, not assigned: Array.prototype may have setters.
    if (detail === 0) defineProperty(defaultTexts, subject, { __proto__: null, value: [] })
    if (message) defineProperty(defaultTexts[subject], detail, { __proto__: null, value: message })
  }
  return defaultTexts
}

module.exports = function makersOf(backend, DSN) {
  const { create, rules, statuses } = backend
  const { class_of, fallback_code, is_basic_code, prefix, strip_controls } = rules

  /**
   * Sets the properties in haraka-dsn's order without running the class's constructor. All instances
   * are made here and so share a hidden class; the name is what debuggers show.
   */
  const Fields = function DSN(code, msg, cls, sub, det, default_msg, reply) {
    this.code = code
    this.msg = msg
    this.cls = cls
    this.sub = sub
    this.det = det
    this.default_msg = default_msg
    this.reply = reply
  }
  Fields.prototype = DSN.prototype

  let defaultTexts

  /**
   * Sets the seven properties of `this` from any values. Conversions happen in haraka-dsn's order
   * and as often as there, because they can run the caller's code, which may throw, return
   * something else each time or change the other arguments. The core interprets the results.
   */
  function convert(code, msg, def, subject, detail) {
    if (defaultTexts === undefined) defaultTexts = defaultTextsOf(statuses())
    this.code = is_basic_code(`${code}`) ? code : def || fallback_code
    this.msg = msg
    this.cls = class_of(String(this.code))
    this.sub = subject || 0
    this.det = detail || 0
    // Any key of an array works as a detail: create(550, '', 'length', 'toString').
    this.default_msg = (defaultTexts[this.sub] ? defaultTexts[this.sub][this.det] : '') || ''

    // All three are read before the first is converted.
    const prefixOf = ({ cls, sub, det }) => prefix(`${cls}`, `${sub}`, `${det}`)
    if (isArray(this.msg)) {
      this.reply = []
      for (const line of this.msg.map(lineText())) {
        this.reply.push(prefixOf(this) + strip_controls(`${line}`))
      }
    } else {
      this.reply = prefixOf(this) + strip_controls(String(this.msg || this.default_msg))
    }
  }

  /** Makes an instance from arbitrary values. */
  function makeConverted(args) {
    // Own properties: setters on Object.prototype are not called.
    const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
    apply(convert, fields, args)
    const { code, msg, cls, sub, det, default_msg, reply } = fields
    return new Fields(code, msg, cls, sub, det, default_msg, reply)
  }

  /** What all replies with one status and class share, from a reply of the core without a message. */
  function rowOf({ code, msg, cls, sub, det, default_msg, reply }) {
    const prefixOfLines = prefix(`${cls}`, `${sub}`, `${det}`)
    return { code, own_message: msg, cls, sub, det, default_msg, reply, prefix: prefixOfLines }
  }

  /** Makes an instance from a row; `text` is the message without control characters if it is a string. */
  function makeFromRow(row, code, msg, text) {
    let message = msg
    let reply
    if (!msg) {
      if (row.own_message !== undefined) message = row.own_message
      reply = row.reply
    } else if (typeof text === 'string') {
      // Both are free of control characters; V8 joins them without a copy.
      reply = row.prefix + text
    } else if (isArray(msg)) {
      reply = { msg, linesOf }.linesOf(row.prefix)
    } else {
      reply = row.prefix + strip_controls(String(msg))
    }
    return new Fields(code, message, row.cls, row.sub, row.det, row.default_msg, reply)
  }

  /** The lines of the reply to an array, `this.msg`, as V8's error messages quote it. */
  function linesOf(prefixOfLines) {
    const lines = []
    let joined = ''
    for (const line of this.msg.map(lineText())) {
      const text = `${line}`
      if (joined.length + text.length < MAX_JOINED) {
        joined += text
        lines.push(prefixOfLines + text)
      } else {
        lines.push(prefixOfLines + strip_controls(text))
      }
    }
    // One call for all lines is faster than a call for each.
    if (strip_controls(joined) === joined) return lines
    for (let index = 0; index < lines.length; index++) lines[index] = strip_controls(lines[index])
    return lines
  }

  function helperMaker(helper) {
    let defaultRow // made at the first call, as the others
    let rows // by class
    return (msg, text, code, cls) => {
      if (defaultRow === undefined) defaultRow = rowOf(helper())
      if (cls === undefined) return makeFromRow(defaultRow, defaultRow.code, msg, text)
      if (cls === null) {
        const { code: def, own_message, sub, det } = defaultRow
        return makeConverted([code, own_message ? msg || own_message : msg, def, sub, det])
      }
      if (rows === undefined) rows = { __proto__: null }
      let row = rows[cls]
      if (row === undefined) row = rows[cls] = rowOf(helper(undefined, code))
      return makeFromRow(row, code, msg, text)
    }
  }

  /** Instances parsed from replies without an enhanced status code. A property would be visible. */
  const withoutStatus = new WeakSet()

  const registered = { __proto__: null }
  let unregistered = { __proto__: null }
  let unregisteredCount = 0

  const statusRow = (code, subject, detail) => rowOf(create(code, undefined, subject, detail))

  function registeredRow(row_index, code, subject, detail) {
    let row = registered[row_index]
    if (row === undefined) row = registered[row_index] = statusRow(code, subject, detail)
    return row
  }

  function unregisteredRow(key, code, subject, detail) {
    const row = unregistered[key]
    if (row !== undefined) return row
    if (unregisteredCount === MAX_UNREGISTERED) {
      unregistered = { __proto__: null }
      unregisteredCount = 0
    }
    unregisteredCount++
    unregistered[key] = statusRow(code, subject, detail)
    return unregistered[key]
  }

  function makeCreated(msg, text, code, row_index, key, subject, detail) {
    if (row_index === null) return makeConverted([code, msg, null, subject, detail])
    const row =
      row_index === undefined
        ? unregisteredRow(key, code, subject, detail)
        : registeredRow(row_index, code, subject, detail)
    return makeFromRow(row, code === undefined ? fallback_code : code, msg, text)
  }

  /** For the constructor, which passes only strings that need no stripping. */
  const makeConstructed = (row_index, code, msg, subject, detail) =>
    makeFromRow(registeredRow(row_index, code, subject, detail), code, msg, msg)

  function makeParsed(code, msg, cls, sub, det, default_msg, reply, has_status) {
    const dsn = new Fields(code, msg, cls, sub, det, default_msg, reply)
    if (!has_status) apply(add, withoutStatus, [dsn])
    return dsn
  }

  /** Whether an instance was parsed from a reply without an enhanced status code, and has not got one since. */
  const lacksStatus = (dsn) => apply(has, withoutStatus, [dsn]) && dsn.sub === 0 && dsn.det === 0

  return { convert, helperMaker, lacksStatus, makeConstructed, makeCreated, makeParsed }
}
