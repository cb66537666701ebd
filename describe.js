'use strict'

const native = require('./binding')

module.exports = function describer(statuses) {
  /** The default texts by subject and detail. */
  const texts = []
  for (const { sub, det, message } of statuses) {
    if (!texts[sub]) texts[sub] = []
    if (message) texts[sub][det] = message
  }

  /**
   * Fills `this` from any values that JavaScript can pass.
   *
   * Each conversion stands where haraka-dsn makes it and as often as haraka-dsn makes it, because
   * it can run the caller's code, which may throw, answer differently each time or change the other
   * arguments. What is a code, which class it has and what is stripped, the core decides.
   */
  return function describe(code, msg, def, subject, detail) {
    this.code = native.accepts(`${code}`) ? code : def || native.fallback_code
    this.msg = msg
    this.cls = native.leading_digit(String(this.code))
    this.sub = subject || 0
    this.det = detail || 0
    // The keys of arrays count too: create(550, '', 'length', 'toString') works in haraka-dsn.
    this.default_msg = (texts[this.sub] ? texts[this.sub][this.det] : '') || ''

    // All three are read before any of them is converted.
    const status = () => {
      const { cls, sub, det } = this
      return native.clean(`${cls}.${sub}.${det}`)
    }
    if (Array.isArray(this.msg)) {
      this.reply = []
      // map() keeps holes, which then read "undefined", while undefined itself reads "".
      for (const line of this.msg.map((line) => String(line ?? ''))) {
        this.reply.push(`${status()} ${native.clean(`${line}`)}`)
      }
    } else {
      this.reply = `${status()} ${native.clean(String(this.msg || this.default_msg))}`
    }
  }
}
