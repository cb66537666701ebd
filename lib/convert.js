'use strict'

// Conversions of values that native code does not convert: objects as codes, Symbols, subjects that
// are not numbers. They happen in haraka-dsn's order and as often as there, because they can run the
// caller's code, which may throw, return something else each time or change the other arguments. The
// core interprets the results.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { defineProperty } = Object

/**
 * The callback for `map`. It is anonymous and new for each array, like haraka-dsn's, because an array's
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

/** Returns the function that sets the seven properties of `this` from any values. */
function converterOf({ rules }, allStatuses) {
  const { class_of, fallback_code, is_basic_code, prefix, strip_controls } = rules
  let defaultTexts

  return function convert(code, msg, def, subject, detail) {
    if (defaultTexts === undefined) defaultTexts = defaultTextsOf(allStatuses())
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
}

module.exports = { converterOf, lineText }
