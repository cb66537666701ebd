'use strict'

// Makers: the functions that native code is bound to. Native code decides what a call means and
// passes it on; a maker makes the instance, because JavaScript does that faster than Node-API can.

const { lineText } = require('./convert')

// Captured, because plugins can replace them later.
const { isArray } = Array
const { apply } = Reflect
const { add, has } = WeakSet.prototype

/** Statuses that are not registered, of which `create` keeps the rows. */
const MAX_UNREGISTERED = 256

/** Longer texts are checked line by line. */
const MAX_JOINED = 2048

module.exports = function makersOf(backend, DSN, convert) {
  const { create, rules } = backend
  const { fallback_code, prefix, strip_controls } = rules

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

  /** What all replies with one status and class share, from a reply that the core made without a message. */
  function rowOf({ code, msg, cls, sub, det, default_msg, reply }) {
    const prefixOfLines = prefix(`${cls}`, `${sub}`, `${det}`)
    return { code, own_message: msg, cls, sub, det, default_msg, reply, prefix: prefixOfLines }
  }

  /** Makes an instance of a row; `text` is the message without control characters if it is a string. */
  function make(row, code, msg, text) {
    let message = msg
    let reply
    if (!msg) {
      if (row.own_message !== undefined) message = row.own_message
      reply = row.reply
    } else if (typeof text === 'string') {
      // The core made the prefix and checked the text: V8 joins them without a copy.
      reply = row.prefix + text
    } else if (isArray(msg)) {
      reply = apply(linesOf, { msg }, [row.prefix])
    } else {
      reply = row.prefix + strip_controls(String(msg))
    }
    return new Fields(code, message, row.cls, row.sub, row.det, row.default_msg, reply)
  }

  /** The lines of the reply to an array, `this.msg`: V8's messages quote it by that name. */
  function linesOf(prefixOfLines) {
    const lines = []
    let all = ''
    for (const line of this.msg.map(lineText())) {
      const text = `${line}`
      lines.push(text)
      if (all.length < MAX_JOINED) all += text
    }
    // One call for all lines takes less time than a call for each.
    const isClean = all.length < MAX_JOINED && strip_controls(all) === all
    for (let index = 0; index < lines.length; index++) {
      lines[index] = prefixOfLines + (isClean ? lines[index] : strip_controls(lines[index]))
    }
    return lines
  }

  /** Makes an instance of any values that JavaScript can pass. */
  function makeOfAny(args) {
    // Own properties: setters on Object.prototype are not called.
    const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
    apply(convert, fields, args)
    const { code, msg, cls, sub, det, default_msg, reply } = fields
    return new Fields(code, msg, cls, sub, det, default_msg, reply)
  }

  function helperMaker(helper) {
    let defaultRow // made at the first call, as the others
    let rows // by class
    return (msg, text, code, cls) => {
      if (defaultRow === undefined) defaultRow = rowOf(helper())
      if (cls === undefined) return make(defaultRow, defaultRow.code, msg, text)
      if (cls === null) {
        const { code: def, own_message, sub, det } = defaultRow
        return makeOfAny([code, own_message ? msg || own_message : msg, def, sub, det])
      }
      if (rows === undefined) rows = { __proto__: null }
      if (rows[cls] === undefined) rows[cls] = rowOf(helper(undefined, code))
      return make(rows[cls], code, msg, text)
    }
  }

  /** Instances made of replies without enhanced status code: not a property, which would be seen. */
  const withoutStatus = new WeakSet()

  const registered = { __proto__: null }
  let unregistered = { __proto__: null }
  let unregisteredCount = 0

  const statusRow = (code, subject, detail) => rowOf(create(code, undefined, subject, detail))

  function registeredRow(row_index, code, subject, detail) {
    const row = registered[row_index]
    if (row !== undefined) return row
    registered[row_index] = statusRow(code, subject, detail)
    return registered[row_index]
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
    if (row_index === null) return makeOfAny([code, msg, null, subject, detail])
    const row =
      row_index === undefined
        ? unregisteredRow(key, code, subject, detail)
        : registeredRow(row_index, code, subject, detail)
    return make(row, code === undefined ? fallback_code : code, msg, text)
  }

  /** For the constructor, where a message is clean if it is a string. */
  const makeConstructed = (row_index, code, msg, subject, detail) =>
    make(registeredRow(row_index, code, subject, detail), code, msg, msg)

  function makeParsed(code, msg, cls, sub, det, default_msg, reply, has_status) {
    const dsn = new Fields(code, msg, cls, sub, det, default_msg, reply)
    if (!has_status) apply(add, withoutStatus, [dsn])
    return dsn
  }

  /** Whether it was made of a reply without enhanced status code, and has not been given one since. */
  const lacksStatus = (dsn) => apply(has, withoutStatus, [dsn]) && dsn.sub === 0 && dsn.det === 0

  return { helperMaker, lacksStatus, makeConstructed, makeCreated, makeParsed }
}
