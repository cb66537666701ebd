'use strict'

// Conversions of values that native code does not convert: objects as codes, Symbols, subjects that
// are not numbers. Each one is made where haraka-dsn makes it and as often, because it can run code of
// the caller, which may throw, answer differently each time or change the other arguments. What the
// texts mean, the core decides.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { defineProperty } = Object

/**
 * What haraka-dsn's `map` is called with: without a name, and new for each array, because an array
 * can have a `map` of its own that looks at it. `map` leaves holes, which then read "undefined".
 */
const lineText = () => (line) => String(line ?? '')

/** The default texts as haraka-dsn has them: arrays by subject and detail. */
function textsOf(statuses) {
  const texts = []
  for (let index = 0; index < statuses.length; index++) {
    const { subject, detail, message } = statuses[index]
    // Defined, not assigned: Array.prototype may have setters.
    if (detail === 0) defineProperty(texts, subject, { __proto__: null, value: [] })
    if (message) defineProperty(texts[subject], detail, { __proto__: null, value: message })
  }
  return texts
}

/** The function that sets the seven properties of `this` from any values. */
function converterOf({ rules }, allStatuses) {
  const { class_of, fallback_code, is_basic_code, prefix, strip_controls } = rules
  let texts

  return function convert(code, msg, def, subject, detail) {
    if (texts === undefined) texts = textsOf(allStatuses())
    this.code = is_basic_code(`${code}`) ? code : def || fallback_code
    this.msg = msg
    this.cls = class_of(String(this.code))
    this.sub = subject || 0
    this.det = detail || 0
    // Any key of an array is a detail: create(550, '', 'length', 'toString') works in haraka-dsn.
    this.default_msg = (texts[this.sub] ? texts[this.sub][this.det] : '') || ''

    // All three are read before the first of them is converted.
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
}

module.exports = { converterOf, lineText }
