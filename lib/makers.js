'use strict'

// Makers: the functions that native code is bound to. Native code decides what a call means and
// passes it on; a maker makes the instance, because JavaScript does that faster than Node-API can.

const { lineText } = require('./convert')

// Captured, because plugins can replace them later.
const { isArray } = Array
const { apply } = Reflect

/** Rows that `create` keeps, three for each registered status and some more. */
const MAX_ROWS = 512

/** Longer texts are checked line by line. */
const MAX_JOINED = 2048

module.exports = function makersOf(backend, DSN, convert) {
  const { fallback_code, prefix, strip_controls } = backend.rules

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
    for (let at = 0; at < lines.length; at++) {
      lines[at] = prefixOfLines + (isClean ? lines[at] : strip_controls(lines[at]))
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
    const rows = Object.create(null)
    return (msg, text, code, cls) => {
      if (defaultRow === undefined) defaultRow = rowOf(helper())
      if (cls === undefined) return make(defaultRow, defaultRow.code, msg, text)
      if (cls === null) {
        const { code: def, own_message, sub, det } = defaultRow
        return makeOfAny([code, own_message ? msg || own_message : msg, def, sub, det])
      }
      if (rows[cls] === undefined) rows[cls] = rowOf(helper(undefined, code))
      return make(rows[cls], code, msg, text)
    }
  }

  let rows = Object.create(null)
  let rowCount = 0

  function rowAt(key, code, subject, detail) {
    if (rowCount === MAX_ROWS) {
      rows = Object.create(null)
      rowCount = 0
    }
    rowCount++
    rows[key] = rowOf(backend.create(code, undefined, subject, detail))
    return rows[key]
  }

  function makeCreated(msg, text, code, key, subject, detail) {
    if (key === null) return makeOfAny([code, msg, null, subject, detail])
    const row = rows[key] || rowAt(key, code, subject, detail)
    return make(row, code === undefined ? fallback_code : code, msg, text)
  }

  /** For the constructor: `undefined` if it has to convert the arguments, or to take its default code. */
  function makeConstructed(msg, text, code, key, subject, detail) {
    if (key === null || code === undefined) return undefined
    return make(rows[key] || rowAt(key, code, subject, detail), code, msg, text)
  }

  const makeParsed = (code, msg, cls, sub, det, default_msg, reply) =>
    new Fields(code, msg, cls, sub, det, default_msg, reply)

  return { helperMaker, makeConstructed, makeCreated, makeParsed }
}
