'use strict'

const addTo = require('./additions')
const native = require('./binding')
const { clean } = native
// Taken now: whatever a plugin does to Function.prototype later, replies are made.
const { apply } = Reflect
const { classes: digits, statuses } = JSON.parse(native.table)
const describe = require('./describe')(statuses)

class DSN {
  constructor(code, msg, def, subject, detail) {
    const given = code === undefined ? def || native.fallback_code : code
    const at = new.target === DSN ? native.locate(given, msg, subject, detail) : -1
    // biome-ignore lint/correctness/noConstructorReturn: of what native code knows, DSNs are made
    if (at >= 0) return make(everyClass[at], given, msg, msg)
    apply(describe, this, [code, msg, def, subject, detail])
  }

  toString() {
    return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
  }
}

/**
 * Makes a DSN of its fields, in haraka-dsn's order, without running DSN's constructor. All DSNs
 * of helpers are made here and so share a hidden class; the name is what debuggers show.
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

/** Makes a DSN of a status in one class and of a message that needs no conversion. */
function make({ cls, sub, det, message, prefix }, code, msg, text) {
  let reply
  if (!msg) reply = prefix + message
  else if (typeof text === 'string') reply = prefix + text
  else reply = apply(linesOf, { msg }, [prefix])
  return new Fields(code, msg, cls, sub, det, message, reply)
}

/** Makes a DSN of any values that JavaScript can pass. */
function makeAny(...args) {
  // Properties of its own: what stands on Object.prototype is neither set nor read.
  const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
  apply(describe, fields, args)
  const { code, msg, cls, sub, det, default_msg, reply } = fields
  return new Fields(code, msg, cls, sub, det, default_msg, reply)
}

const textOf = (line) => String(line ?? '')

/** The reply to an array, `this.msg`: V8's messages quote it by the name that haraka-dsn has for it. */
function linesOf(prefix) {
  const reply = []
  for (const line of this.msg.map(textOf)) reply.push(prefix + clean(`${line}`))
  return reply
}

function bindHelper(classes, { code: defaultCode, at: defaultAt, own }) {
  const [{ sub, det }] = classes
  const makeHelper = own
    ? (msg, text, code = defaultCode, at = defaultAt) =>
        msg ? make(classes[at], code, msg, text) : make(classes[at], code, own, own)
    : (msg, text, code = defaultCode, at = defaultAt) => make(classes[at], code, msg, text)
  makeHelper.any = (msg, code) => makeAny(code, own ? msg || own : msg, defaultCode, sub, det)
  return native.helper.bind(makeHelper)
}

function bindCreate() {
  const makeCreated = (msg, text, code, at, prefix, sub, det) => {
    if (prefix === undefined) return make(everyClass[at], code, msg, text)
    const unregistered = { cls: digits[at], sub: sub || 0, det: det || 0, message: '', prefix }
    return make(unregistered, code, msg, text)
  }
  makeCreated.any = (code, msg, subject, detail) => makeAny(code, msg, null, subject, detail)
  return native.create.bind(makeCreated)
}

function addStatic(name, fn) {
  Object.defineProperty(fn, 'name', { value: name })
  Object.defineProperty(DSN, name, { value: fn, writable: true, configurable: true })
}

/** Every status in every class, as native functions count them. */
const everyClass = []

// What is bound to something takes over its length.
Object.defineProperty(native.create, 'length', { value: 4 })
Object.defineProperty(native.helper, 'length', { value: 2 })

addStatic('create', bindCreate())
for (const { sub, det, message, prefixes, helpers } of statuses) {
  const classes = digits.map((cls, at) => ({ cls, sub, det, message, prefix: prefixes[at] }))
  everyClass.push(...classes)
  for (const helper of helpers) {
    for (const name of helper.names) addStatic(name, bindHelper(classes, helper))
  }
}

addTo(DSN, Fields)

module.exports = DSN
