'use strict'

// Makes the instances of the class: from a row of the core and a message, or from any values, with
// JavaScript's conversions in haraka-dsn's order.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { apply } = Reflect

/**
 * The callback for `map`: anonymous and new for each array, like haraka-dsn's, because an array's
 * own `map` can examine it. `map` keeps holes, which become "undefined".
 */
const lineText = () => (line) => String(line ?? '')

module.exports = function repliesOf(backend, DSN, constants, defaultTexts) {
  const { class_of, is_basic_code, prefix, strip_controls } = backend
  const { fallback_code, max_joined } = constants

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

  /** An instance from a row, a code that needs no conversion, and any message. */
  function replyOfRow(row, code, msg) {
    let message = msg
    let reply
    if (!msg) {
      if (row.own_message !== undefined) message = row.own_message
      reply = row.reply
    } else if (typeof msg === 'string') {
      reply = row.prefix + strip_controls(msg)
    } else if (typeof msg === 'number') {
      reply = row.prefix + msg
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
      if (joined.length + text.length <= max_joined) {
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

  let texts

  /**
   * Sets the seven properties of `this` from any values. Conversions happen in haraka-dsn's order
   * and as often as there, because they can run the caller's code, which may throw, return
   * something else each time or change the other arguments. The core interprets the results.
   */
  function convert(code, msg, def, subject, detail) {
    if (texts === undefined) texts = defaultTexts()
    this.code = is_basic_code(`${code}`) ? code : def || fallback_code
    this.msg = msg
    this.cls = class_of(String(this.code))
    this.sub = subject || 0
    this.det = detail || 0
    // Any key of an array works as a detail: create(550, '', 'length', 'toString').
    this.default_msg = (texts[this.sub] ? texts[this.sub][this.det] : '') || ''

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

  /** An instance from any values. */
  function replyOfValues(...values) {
    // Own properties: setters on Object.prototype are not called.
    const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
    apply(convert, fields, values)
    const { code, msg, cls, sub, det, default_msg, reply } = fields
    return new Fields(code, msg, cls, sub, det, default_msg, reply)
  }

  /** An instance from a row, a code and lines of the core, one of which becomes a text. */
  function replyOfLines({ prefix, cls, sub, det, default_msg }, code, lines) {
    const isOne = lines.length === 1
    const reply = []
    for (let index = 0; index < lines.length; index++) reply.push(prefix + lines[index])
    const [msg, text] = isOne ? [lines[0], reply[0]] : [lines, reply]
    return new Fields(code, msg, cls, sub, det, default_msg, text)
  }

  return { convert, replyOfLines, replyOfRow, replyOfValues }
}
