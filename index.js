'use strict'

const native = require('./binding')
const { clean } = native

// Taken now: whatever a plugin does to these later, replies are made and the catalogue is frozen.
const { apply } = Reflect
const { freeze } = Object
const parseJson = JSON.parse

class DSN {
  constructor(code, msg, def, subject, detail) {
    const given = code === undefined ? def || native.fallback_code : code
    const at = new.target === DSN ? native.locate(given, msg, subject, detail) : -1
    // biome-ignore lint/correctness/noConstructorReturn: of what native code knows, DSNs are made
    if (at >= 0) return make(rowAt(at), given, msg, msg)
    apply(describe, this, [code, msg, def, subject, detail])
  }

  toString() {
    return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
  }

  // What follows is not in haraka-dsn.

  static lookup(status) {
    return attempt(() => {
      const at = native.find(nameOf(status))
      return at < 0 ? undefined : allStatuses()[at]
    }, undefined)
  }

  static parse(reply) {
    return attempt(() => parseText(textOfReply(reply)), null)
  }

  static get statuses() {
    return allStatuses()
  }

  static set statuses(value) {
    // biome-ignore lint/complexity/noThisInStatic: a subclass can be assigned to as well
    shadow(this, 'statuses', value)
  }

  get status() {
    // The prototype itself has no fields.
    return this.cls === undefined ? undefined : `${this.cls}.${this.sub}.${this.det}`
  }

  set status(value) {
    shadow(this, 'status', value)
  }

  get is_success() {
    return this.cls === 2
  }

  set is_success(value) {
    shadow(this, 'is_success', value)
  }

  get is_transient() {
    return this.cls === 4
  }

  set is_transient(value) {
    shadow(this, 'is_transient', value)
  }

  get is_permanent() {
    return this.cls === 5
  }

  set is_permanent(value) {
    shadow(this, 'is_permanent', value)
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

/**
 * The status in one class at a place that native code names, read when it is first needed. The
 * object has no prototype: what stands on those of others is neither set nor read.
 */
const rows = Object.create(null)
function rowAt(at) {
  if (rows[at] === undefined) rows[at] = parseJson(native.row(at))
  return rows[at]
}

/** Makes a DSN of a status in one class and of a message that needs no conversion. */
function make({ cls, sub, det, message, prefix }, code, msg, text) {
  let reply
  if (!msg) reply = prefix + message
  else if (typeof text === 'string') reply = prefix + text
  else reply = apply(linesOf, { msg }, [prefix])
  return new Fields(code, msg, cls, sub, det, message, reply)
}

/**
 * What `map` gets of an array that may have a `map` of its own: so one without a name, and a new one
 * for each array. map() keeps holes, which then read "undefined", while undefined itself reads "".
 */
const toText = () => (line) => String(line ?? '')

/** The reply to an array, `this.msg`: V8's messages quote it by the name that haraka-dsn has for it. */
function linesOf(prefix) {
  const reply = []
  for (const line of this.msg.map(toText())) reply.push(prefix + clean(`${line}`))
  return reply
}

/** Makes a DSN of any values that JavaScript can pass. */
function makeAny(...args) {
  // Properties of its own: what stands on Object.prototype is neither set nor read.
  const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
  apply(describe, fields, args)
  const { code, msg, cls, sub, det, default_msg, reply } = fields
  return new Fields(code, msg, cls, sub, det, default_msg, reply)
}

/** The default texts by subject and detail, read when they are first needed. */
let texts

/**
 * Fills `this` from any values that JavaScript can pass.
 *
 * Each conversion stands where haraka-dsn makes it and as often as haraka-dsn makes it, because it
 * can run the caller's code, which may throw, answer differently each time or change the other
 * arguments. What is a code, which class it has and what is stripped, the core decides.
 */
function describe(code, msg, def, subject, detail) {
  if (texts === undefined) texts = parseJson(native.texts())
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
    return clean(`${cls}.${sub}.${det}`)
  }
  if (Array.isArray(this.msg)) {
    this.reply = []
    for (const line of this.msg.map(toText())) {
      this.reply.push(`${status()} ${clean(`${line}`)}`)
    }
  } else {
    this.reply = `${status()} ${clean(String(this.msg || this.default_msg))}`
  }
}

/** What native code says of a helper, and the row of its code's class. */
function helperAt(place) {
  const { own, code, at, first } = parseJson(native.helper_record(place))
  return { own, code, first, row: rowAt(first + at) }
}

/**
 * The helper at a place among all names: a native function bound to one that makes what it finds
 * out. It passes a negative `at` for values that only JavaScript can convert.
 */
function bindHelper(place) {
  // Read at the first call: of most helpers there is none.
  let helper
  return native.helper.bind((msg, text, given, at) => {
    if (helper === undefined) helper = helperAt(place)
    let { own, code, row } = helper
    if (at !== undefined) {
      if (at < 0) return makeAny(given, own ? msg || own : msg, code, row.sub, row.det)
      row = rowAt(helper.first + at)
      code = given
    }
    return own && !msg ? make(row, code, own, own) : make(row, code, msg, text)
  })
}

function makeCreated(msg, text, code, at, prefix, sub, det) {
  if (at < 0) return makeAny(code, msg, null, sub, det)
  if (prefix === undefined) return make(rowAt(at), code, msg, text)
  // Of a status that is not registered, `at` is the class itself.
  return make({ cls: at, sub: sub || 0, det: det || 0, message: '', prefix }, code, msg, text)
}

const makeParsed = (code, msg, cls, sub, det, default_msg, reply) =>
  new Fields(code, msg, cls, sub, det, default_msg, reply)
const parseText = native.parse.bind(makeParsed)

/** For JSON.parse, which passes it each part after the parts in it: all callers get the same. */
const freezePart = (_key, part) => freeze(part)

let catalogue
function allStatuses() {
  if (catalogue === undefined) catalogue = parseJson(native.catalogue(), freezePart)
  return catalogue
}

// Other copies of this package, and haraka-dsn itself, make DSNs as well; Haraka, too, tells a DSN
// by the name of its class.
const isDsn = (value) => value instanceof DSN || value?.constructor?.name === 'DSN'
const nameOf = (value) => (isDsn(value) ? `X.${value.sub}.${value.det}` : value)

/** For a value that throws when it is read, as a proxy or a getter can, the answer is `otherwise`. */
function attempt(read, otherwise) {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The text of a reply; `undefined`, which parses to `null`, for what has none. */
function textOfReply(reply) {
  if (typeof reply === 'string') return reply
  if (Array.isArray(reply)) return joinLines(reply)
  if (!require('util').types.isUint8Array(reply)) return undefined
  return Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength).toString()
}

function joinLines(lines) {
  let text = ''
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
    text += line.endsWith('\n') ? line : `${line}\n`
  }
  return text
}

/**
 * Lets an accessor be assigned to: what was never there in haraka-dsn, plugins may add to a DSN or
 * to the class under the same name.
 */
function shadow(target, name, value) {
  const flags = { writable: true, enumerable: true, configurable: true }
  Object.defineProperty(target, name, { __proto__: null, value, ...flags })
}

// Without a prototype, because descriptors take what stands on Object.prototype for their own; made
// once, because `require` waits for it.
const fixed = { __proto__: null, value: undefined }
const open = { __proto__: null, value: undefined, writable: true, configurable: true }

function addStatic(name, fn) {
  fixed.value = name
  Object.defineProperty(fn, 'name', fixed)
  open.value = fn
  Object.defineProperty(DSN, name, open)
}

// What is bound to something takes over its length.
Object.defineProperty(native.create, 'length', { __proto__: null, value: 4 })
Object.defineProperty(native.helper, 'length', { __proto__: null, value: 2 })

// V8 keeps a prototype as a hash table until it is used: so the many properties are added to the
// class in a fifth of the time.
Object.create(DSN)
addStatic('create', native.create.bind(makeCreated))
const { names } = native
for (let place = 0; place < names.length; place++) addStatic(names[place], bindHelper(place))

module.exports = DSN
