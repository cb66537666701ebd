const native = require('./binding')

/** The default texts by subject and detail. */
const texts = []
for (const { subject, detail, message } of native.statuses) {
  if (!texts[subject]) texts[subject] = []
  texts[subject][detail] = message
}

/**
 * Fills `this` from any values that JavaScript can pass.
 *
 * Each conversion stands where haraka-dsn makes it, as often as haraka-dsn makes it, because it
 * can run the caller's code, and that can throw, answer differently each time or change other
 * arguments. What counts as a code, which class it has and what is stripped, the core decides.
 */
module.exports = function describe(code, msg, def, subject, detail) {
  this.code = native.accepts(`${code}`) ? code : def || native.fallback.code
  this.msg = msg
  this.cls = native.leading_digit(String(this.code))
  this.sub = subject || 0
  this.det = detail || 0
  // An array's own keys are reached too: create(550, '', 'length', 'toString') works in haraka-dsn.
  this.default_msg = (texts[this.sub] ? texts[this.sub][this.det] : '') || ''

  if (Array.isArray(this.msg)) {
    this.reply = []
    // A hole stays a hole and then reads "undefined"; an element undefined or null reads "".
    for (const line of this.msg.map((line) => String(line ?? ''))) {
      this.reply.push(native.clean(`${this.cls}.${this.sub}.${this.det} ${line}`))
    }
  } else {
    const prefix = `${this.cls}.${this.sub}.${this.det}`
    this.reply = native.clean(`${prefix} ${String(this.msg || this.default_msg)}`)
  }
}
