'use strict'

// The second backend: the same core as a WebAssembly module, for systems that have no usable binary.
//
// WebAssembly takes and returns numbers, so this file passes texts through the module's memory and
// asks JavaScript what kind of value it has. What texts and numbers mean, the core decides: see
// src/wasm.rs, and docs/design.md for the contract that both backends fulfil.

const fs = require('fs')
const { isProxy } = require('util').types

// Captured, because plugins can replace them later.
const { isArray } = Array
const { freeze } = Object
const { apply } = Reflect

/** Longer texts are stripped in parts, in UTF-16 units: the module's memory never shrinks. */
const MAX_UNITS = 32768

/** What the functions of the addon do, which are constructors as these are. */
function refuseConstruction(newTarget) {
  if (newTarget) throw new TypeError('A helper of DSN is not a constructor')
}

function instantiate(file) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(file)))
  return exports
}

module.exports = function wasmBackend(file) {
  const core = instantiate(file)
  let memory = Buffer.alloc(0)

  /** The module's memory: another object each time that it has grown. */
  function memoryNow() {
    if (memory.buffer !== core.memory.buffer) memory = Buffer.from(core.memory.buffer)
    return memory
  }

  /** Writes a text to the module's buffer and returns where that is. */
  function write(text) {
    const at = core.input(text.length)
    if (at === 0) throw new RangeError('Out of memory')
    memoryNow().write(text, at, 'utf16le')
    return at
  }

  const read = (at, length) => memoryNow().toString('utf16le', at, at + length * 2)

  /** The JSON that a call has made, of which it returned the length. */
  function readJson(length, reviver) {
    const at = core.output()
    return JSON.parse(memoryNow().toString('latin1', at, at + length), reviver)
  }

  const freezePart = (_key, part) => freeze(part)

  const { version, helpers, ...constants } = readJson(core.about())
  const statuses = readJson(core.statuses(), freezePart)

  // Rules

  function stripPart(text) {
    const at = write(text)
    const length = core.strip(text.length)
    return length === text.length ? text : read(at, length)
  }

  function strip_controls(text) {
    if (text.length <= MAX_UNITS) return stripPart(text)
    let stripped = ''
    for (let at = 0; at < text.length; at += MAX_UNITS) {
      stripped += stripPart(text.slice(at, at + MAX_UNITS))
    }
    return stripped.length === text.length ? text : stripped
  }

  /** The basic code that a text begins with, 0 if there is none. */
  function basicCode(text) {
    const start = text.slice(0, 3)
    write(start)
    return core.basic_code(start.length)
  }

  function class_of(text) {
    write(text.slice(0, 1))
    return core.class_of(text.length && 1)
  }

  function dotted(cls, sub, det, isPrefix) {
    write(cls + sub + det)
    const length = core.dotted(cls.length, sub.length, det.length, isPrefix)
    return read(core.input(length), length)
  }

  // What the arguments of a helper and of `create` mean where no conversion of JavaScript is needed.

  /** The class of a code; `undefined` if the default applies, `null` if only JavaScript can convert it. */
  function classOf(code) {
    if (typeof code === 'number') return core.class_of_number(code) || null
    if (typeof code === 'string') return core.class_of_number(basicCode(code)) || undefined
    return code === undefined || code === null ? undefined : null
  }

  /** The text of a message without control characters, `undefined` if only JavaScript can convert it. */
  function textOf(msg) {
    if (typeof msg === 'string') return strip_controls(msg)
    return typeof msg === 'number' ? `${msg}` : undefined
  }

  const fallbackClass = core.class_of_number(constants.fallback_code)

  /** A subject or detail, 0 if there is none; what is not a number is not one that the core takes. */
  const numberOf = (value) =>
    value === undefined || value === null ? 0 : typeof value === 'number' ? value : -1

  /** `{ cls, sub, det, index }` of a call of `create`; `undefined` if JavaScript has to convert something. */
  function statusOf(code, subject, detail) {
    const cls = classOf(code)
    if (cls === null) return undefined
    const [sub, det] = [numberOf(subject), numberOf(detail)]
    const index = core.row_index(cls || fallbackClass, sub, det)
    return index === -2 ? undefined : { cls, sub, det, index }
  }

  function row_index_of(code, msg, subject, detail) {
    const status = statusOf(code, subject, detail)
    if (!status?.cls || status.index < 0) return undefined
    return typeof msg !== 'string' || strip_controls(msg) === msg ? status.index : undefined
  }

  // Functions that are bound to a maker, `this`.
  const bound = {
    helper: function helper(msg, code) {
      refuseConstruction(new.target)
      return this(msg, textOf(msg), code, classOf(code))
    },
    create: function create(code, msg, subject, detail) {
      refuseConstruction(new.target)
      const status = statusOf(code, subject, detail)
      if (!status) return this(msg, null, code, null, null, subject, detail)
      const { cls, sub, det, index } = status
      const [row_index, key] =
        index < 0 ? [undefined, core.key(cls || fallbackClass, sub, det)] : [index, undefined]
      return this(msg, textOf(msg), cls ? code : undefined, row_index, key, subject, detail)
    },
    parse: function parse(text) {
      const fields = parsed(text)
      return fields && this(...fields)
    },
  }

  // Finished objects without a class.

  function needsClass() {
    return new TypeError('Only the class DSN converts this value as haraka-dsn does: use index.js')
  }

  function stringOf(value) {
    if (typeof value === 'symbol') throw needsClass()
    return `${value}`
  }

  /** The caller's code, 0 if it does not begin like one; it is converted twice, as by haraka-dsn. */
  function basicCodeOf(code) {
    const found = basicCode(stringOf(code))
    if (found && basicCode(stringOf(code)) !== found) throw needsClass()
    return found
  }

  function linesOf(msg) {
    const { map } = msg
    if (typeof map !== 'function') throw needsClass()
    const lines = apply(map, msg, [
      (line) => (line === undefined || line === null ? '' : stringOf(line)),
    ])
    if (!isArray(lines) || isProxy(lines)) throw needsClass()
    return Array.from(lines, stringOf)
  }

  /** The object of a row and a message; `code` is the caller's, if it is one. */
  function finish(row, code, msg) {
    const { cls, sub, det, default_msg, own_message, prefix } = row
    const fields = { code, msg, cls, sub, det, default_msg, reply: row.reply }
    // The core made the prefix and strips the text.
    const line = (text) => prefix + strip_controls(text)
    if (!msg) fields.msg = own_message === undefined ? msg : own_message
    else if (!isArray(msg)) fields.reply = line(stringOf(msg))
    else if (isProxy(msg)) throw needsClass()
    else fields.reply = linesOf(msg).map(line)
    return fields
  }

  const helperFor = (index) =>
    function helper(msg, code) {
      refuseConstruction(new.target)
      const basic = basicCodeOf(code)
      const row = readJson(core.helper_reply(index, basic))
      return finish(row, basic ? code : row.code, msg)
    }

  const plain = {
    create: function create(code, msg, subject, detail) {
      refuseConstruction(new.target)
      const basic = basicCodeOf(code)
      const [sub, det] = [numberOf(subject), numberOf(detail)]
      const applied = basic || constants.fallback_code
      if (core.row_index(core.class_of_number(applied), sub, det) === -2) throw needsClass()
      return finish(readJson(core.status_reply(applied, sub, det)), basic ? code : applied, msg)
    },
    parse(text) {
      const fields = parsed(text)
      if (!fields) return null
      const [code, msg, cls, sub, det, default_msg, reply] = fields
      return { code, msg, cls, sub, det, default_msg, reply }
    },
    lookup(status, detail) {
      const isText = typeof status === 'string'
      // One unit more than the longest name has: a longer text is no name.
      const name = isText ? status.slice(0, 10) : ''
      if (isText) write(name)
      const index = isText ? core.lookup(name.length) : core.get(numberOf(status), numberOf(detail))
      return statuses[index]
    },
  }

  /** The values of the seven properties of a reply that was received, `null` if the text is none. */
  function parsed(text) {
    if (typeof text !== 'string') return null
    write(text)
    const length = core.parsed(text.length)
    if (text.length > MAX_UNITS) core.release()
    if (length === 0) return null
    const { code, cls, sub, det, default_msg, prefix, lines } = readJson(length)
    // The text as it came, with control characters: only what is sent is stripped.
    const texts = lines.map(([at, length]) => text.substr(at, length))
    const reply = texts.map((line) => prefix + strip_controls(line))
    return texts.length === 1
      ? [code, texts[0], cls, sub, det, default_msg, reply[0]]
      : [code, texts, cls, sub, det, default_msg, reply]
  }

  const backend = {
    version,
    statuses,
    lookup: plain.lookup,
    rules: {
      ...constants,
      is_basic_code: (text) => basicCode(text) !== 0,
      class_of,
      strip_controls,
      row_index_of,
      status: (cls, sub, det) => dotted(cls, sub, det, false),
      prefix: (cls, sub, det) => dotted(cls, sub, det, true),
    },
    unbound: { parse: bound.parse, create: bound.create },
    parse: plain.parse,
    create: plain.create,
  }
  for (const [name, index] of helpers) {
    backend[name] = helperFor(index)
    backend.unbound[name] = bound.helper
  }
  return backend
}
