'use strict'

const native = require('./binding')
const describe = require('./describe')

class DSN {
  constructor(code, msg, def, subject, detail) {
    if (new.target !== DSN) {
      describe.call(this, code, msg, def, subject, detail)
      return
    }
    // biome-ignore lint/correctness/noConstructorReturn: the native function returns a finished DSN
    return construct(code, msg, def, subject, detail)
  }

  toString() {
    return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
  }
}

/**
 * Makes a DSN of its fields, in haraka-dsn's order, without running DSN's constructor. Every DSN
 * is made here, so that all have the same hidden class; its name is what debuggers show.
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

/** Makes a DSN of a status in one class and of what a native function passes on. */
function make({ cls, sub, det, message, prefix }, code, msg, text) {
  const reply = Array.isArray(text) ? reply_lines(prefix, text) : prefix + (msg ? text : message)
  return new Fields(code, msg, cls, sub, det, message, reply)
}

/** Makes a DSN of any values that JavaScript can pass. */
function make_any(code, msg, def, subject, detail) {
  const dsn = new Fields()
  describe.call(dsn, code, msg, def, subject, detail)
  return dsn
}

const text_of = (line) => String(line ?? '')

function reply_lines(prefix, msg) {
  const reply = []
  for (const line of msg.map(text_of)) reply.push(`${prefix}${line}`)
  return native.are_clean(...reply) ? reply : reply.map(native.clean)
}

function bind_helper(classes, { code: default_code, at: default_at, message: own }) {
  const [{ sub, det }] = classes
  const make_helper = own
    ? (msg, text, code = default_code, at = default_at) =>
        msg ? make(classes[at], code, msg, text) : make(classes[at], code, own, own)
    : (msg, text, code = default_code, at = default_at) => make(classes[at], code, msg, text)
  make_helper.any = (msg, code) => make_any(code, own ? msg || own : msg, default_code, sub, det)
  return native.helper.bind(make_helper)
}

const every_class = native.statuses.flatMap((status) => status.classes)
const bind_any_status = (fn, any) => {
  const make_registered = (msg, text, code, at) => make(every_class[at], code, msg, text)
  make_registered.any = any
  return fn.bind(make_registered)
}

const construct = bind_any_status(native.construct, make_any)
const create = bind_any_status(native.create, (code, msg, subject, detail) =>
  make_any(code, msg, null, subject, detail),
)

function add_static(name, length, fn) {
  Object.defineProperty(fn, 'name', { value: name })
  Object.defineProperty(fn, 'length', { value: length })
  Object.defineProperty(DSN, name, { value: fn, writable: true, configurable: true })
}

add_static('create', 4, create)
for (const { classes, helpers } of native.statuses) {
  for (const helper of helpers) {
    for (const name of helper.names) add_static(name, 2, bind_helper(classes, helper))
  }
}

module.exports = DSN
