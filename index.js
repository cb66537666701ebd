'use strict'

const backend = require('./binding')
const { converterOf } = require('./lib/convert')
const makersOf = require('./lib/makers')
const { isUint8Array } = require('util').types

// Captured, because plugins can replace them later.
const { freeze } = Object
const { apply, defineProperty } = Reflect

const { rules } = backend
const convert = converterOf(backend, allStatuses)

class DSN {
  constructor(code, msg, def, subject, detail) {
    if (new.target === DSN) {
      const given = code === undefined ? def || rules.fallback_code : code
      const row_index = rules.row_index_of(given, msg, subject, detail)
      // biome-ignore lint/correctness/noConstructorReturn: all makers' instances share a hidden class
      if (row_index !== undefined) return makeConstructed(row_index, given, msg, subject, detail)
    }
    apply(convert, this, [code, msg, def, subject, detail])
  }

  toString() {
    return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
  }

  // What follows is not in haraka-dsn.

  static lookup(status) {
    const index = attempt(() => {
      const { status_index } = rules
      if (lacksStatus(status)) return undefined
      return isDsn(status)
        ? status_index(Number(status.sub), Number(status.det))
        : status_index(status)
    })
    return index === undefined ? undefined : allStatuses()[index]
  }

  static parse(reply) {
    const text = attempt(() => textOfReply(reply))
    return parse(text)
  }

  static parse_report(report) {
    const text = attempt(() => textOf(report))
    return parseReport(text)
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
    if (this.cls === undefined) return undefined
    if (lacksStatus(this)) return null
    return rules.status(`${this.cls}`, `${this.sub}`, `${this.det}`)
  }

  set status(value) {
    shadow(this, 'status', value)
  }

  get is_success() {
    return this.cls === rules.success
  }

  set is_success(value) {
    shadow(this, 'is_success', value)
  }

  get is_transient() {
    return this.cls === rules.transient
  }

  set is_transient(value) {
    shadow(this, 'is_transient', value)
  }

  get is_permanent() {
    return this.cls === rules.permanent
  }

  set is_permanent(value) {
    shadow(this, 'is_permanent', value)
  }
}

/**
 * Lets an accessor be assigned to: plugins can add a property of that name to a DSN of haraka-dsn.
 * One that cannot be extended stays as it is.
 */
function shadow(target, name, value) {
  const flags = { writable: true, enumerable: true, configurable: true }
  defineProperty(target, name, { __proto__: null, value, ...flags })
}

/** `undefined` for a value that throws when it is read, as a proxy or a getter can. */
function attempt(read) {
  try {
    return read()
  } catch {
    return undefined
  }
}

let statuses

/** The registry, which nobody can change; it is made when it is first read. */
function allStatuses() {
  if (statuses === undefined) statuses = frozen(backend.statuses())
  return statuses
}

function frozen(records) {
  for (let at = 0; at < records.length; at++) {
    const { basic_codes, helpers, references } = freeze(records[at])
    for (let i = 0; i < helpers.length; i++) freeze(helpers[i])
    freeze(basic_codes)
    freeze(helpers)
    freeze(references)
  }
  return freeze(records)
}

/** The text of a reply; `undefined` if the value is neither a string, an array of strings nor bytes. */
const textOfReply = (reply) => (Array.isArray(reply) ? joinLines(reply) : textOf(reply))

function joinLines(lines) {
  let text = ''
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
    text += `${line}\n` // Empty lines between others are not read.
  }
  return text
}

/** A text; `undefined` if the value is neither a string nor bytes. */
function textOf(received) {
  if (typeof received === 'string') return received
  if (!isUint8Array(received)) return undefined
  return Buffer.from(received.buffer, received.byteOffset, received.byteLength).toString()
}

// Other copies of this package, and haraka-dsn itself, make DSNs as well; Haraka, too, tells a DSN
// by the name of its class.
const isDsn = (value) => value instanceof DSN || value.constructor.name === 'DSN'

const makers = makersOf(backend, DSN, convert)
const { helperMaker, lacksStatus, makeConstructed, makeCreated, makeParsed } = makers
const { create, parse: parseText, parse_report, ...helpers } = backend.unbound
const parse = parseText.bind(makeParsed)
const parseReport = parse_report.bind(makeParsed)

/** Adds a function of the backend as a method of the class. */
function addStatic(name, value) {
  defineProperty(value, 'name', { __proto__: null, value: name })
  defineProperty(DSN, name, { __proto__: null, value, writable: true, configurable: true })
}

// V8 keeps the properties of a prototype in a hash table until it is used, to which many are added in
// a fifth of the time.
Object.create(DSN)
addStatic('create', create.bind(makeCreated))
for (const name of Object.keys(helpers)) {
  addStatic(name, helpers[name].bind(helperMaker(backend[name])))
}

module.exports = DSN
