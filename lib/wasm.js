'use strict'

// The second backend: the same core as a WebAssembly module, for systems without a usable binary.
//
// This code only distinguishes the types of arguments; the core (src/wasm.rs) interprets texts and
// numbers. docs/design.md has the contract of both backends.

const fs = require('fs')
const { isProxy } = require('util').types
const { Core } = require('./wasm-core')

// Captured, because plugins can replace them later.
const { isArray } = Array
const { apply } = Reflect
const { hasOwnProperty: hasOwn } = Object.prototype

/**
 * The longest text to pass at once, in UTF-16 units, because an instance's memory never shrinks. Longer
 * texts are stripped in parts, or parsed by an instance of their own.
 */
const MAX_UNITS = 32768

/** One more than the length of the longest status: a longer text is not a status. */
const NAME_UNITS = 'X.999.999'.length + 1

/** Like the addon's functions, these are constructors that throw. */
function refuseConstruction(newTarget) {
  if (newTarget) throw new TypeError('A helper of DSN is not a constructor')
}

const needsClass = () =>
  new TypeError('Only the class DSN converts this value as haraka-dsn does: use index.js')

const isNullish = (value) => value === undefined || value === null

function stringOf(value) {
  if (typeof value === 'symbol') throw needsClass()
  return `${value}`
}

/** A subject or detail, 0 if there is none; -1, which the core rejects, if it is not a number. */
function numberOf(value) {
  if (isNullish(value)) return 0
  return typeof value === 'number' ? value : -1
}

const oneOrSeveral = (lines) => (lines.length === 1 ? lines[0] : lines)

module.exports = function wasmBackend(file) {
  const wasm = new WebAssembly.Module(fs.readFileSync(file))
  const core = new Core(wasm)
  const { exports } = core
  const { version, helpers, rules } = core.json(exports.about())

  // Rules

  function stripPart(text) {
    const kept = exports.strip(core.write(text))
    return kept === text.length ? text : core.read(kept)
  }

  function strip_controls(text) {
    if (typeof text !== 'string') return text
    if (text.length <= MAX_UNITS) return stripPart(text)
    let stripped = ''
    for (let start = 0; start < text.length; start += MAX_UNITS) {
      stripped += stripPart(text.slice(start, start + MAX_UNITS))
    }
    return stripped.length === text.length ? text : stripped
  }

  /** The basic code that a text begins with, 0 if there is none. */
  const basicCode = (text) => exports.basic_code(core.write(text.slice(0, 3)))

  function dotted(cls, sub, det, isPrefix) {
    core.write(cls + sub + det)
    return core.read(exports.dotted(cls.length, sub.length, det.length, isPrefix))
  }

  function status_index(status, detail) {
    const index =
      typeof status === 'string'
        ? exports.lookup(core.write(status.slice(0, NAME_UNITS)))
        : typeof status === 'number' && typeof detail === 'number'
          ? exports.get(status, detail)
          : -1
    return index < 0 ? undefined : index
  }

  // Arguments that JavaScript does not have to convert

  /** The class of a code; `undefined` if the default applies, `null` if only JavaScript can convert it. */
  function classOf(code) {
    if (typeof code === 'number') return exports.class_of_number(code) || null
    if (typeof code === 'string') return exports.class_of_number(basicCode(code)) || undefined
    return isNullish(code) ? undefined : null
  }

  /** The text of a message without control characters, `undefined` if only JavaScript can convert it. */
  function textOf(msg) {
    if (typeof msg === 'string') return strip_controls(msg)
    return typeof msg === 'number' ? `${msg}` : undefined
  }

  const fallbackClass = exports.class_of_number(rules.fallback_code)

  /** `{ cls, sub, det, row_index, key }` of a call of `create`; `undefined` if JavaScript has to convert something. */
  function statusOf(code, subject, detail) {
    const cls = classOf(code)
    if (cls === null) return undefined
    const status = [cls || fallbackClass, numberOf(subject), numberOf(detail)]
    const key = exports.key(...status)
    const index = exports.row_index(...status)
    return key ? { cls, key, row_index: index < 0 ? undefined : index } : undefined
  }

  function row_index_of(code, msg, subject, detail) {
    const status = statusOf(code, subject, detail)
    if (!status?.cls) return undefined
    return strip_controls(msg) === msg ? status.row_index : undefined
  }

  // Parsing

  /** The result of a parser of the core; `null` if the argument is not a text, or is not accepted. */
  function readReceived(name, text) {
    if (typeof text !== 'string') return null
    const reader = text.length > MAX_UNITS ? new Core(wasm) : core
    return reader.json(reader.exports[name](reader.write(text)))
  }

  /** The arguments of the maker of `parse`. The lines in `msg` are unchanged, those in `reply` stripped. */
  function dsnValues({ code, cls, sub, det, default_msg, prefix, has_status }, lines) {
    const reply = lines.map((line) => prefix + strip_controls(line))
    return [code, oneOrSeveral(lines), cls, sub, det, default_msg, oneOrSeveral(reply), has_status]
  }

  function parsed(text, make) {
    const found = readReceived('received', text)
    if (!found) return null
    return make(
      ...dsnValues(
        found,
        found.lines.map(([start, length]) => text.substr(start, length)),
      ),
    )
  }

  function parsedReport(text, make) {
    const report = readReceived('report', text)
    if (!report) return null
    for (const recipient of report.recipients) {
      const { dsn } = recipient
      recipient.dsn = dsn && make(...dsnValues(dsn, dsn.lines))
    }
    return report
  }

  // Functions that the class binds to a maker, their `this`

  const unbound = {
    helper: function helper(msg, code) {
      refuseConstruction(new.target)
      return this(msg, textOf(msg), code, classOf(code))
    },
    parse(text) {
      return parsed(text, this)
    },
    parse_report(text) {
      return parsedReport(text, this)
    },
    create: function create(code, msg, subject, detail) {
      refuseConstruction(new.target)
      const status = statusOf(code, subject, detail)
      if (!status) return this(msg, null, code, null, null, subject, detail)
      const { cls, row_index, key } = status
      return this(msg, textOf(msg), cls ? code : undefined, row_index, key, subject, detail)
    },
  }

  // Functions that return plain objects

  /** The basic code that the caller's code begins with, or 0. Converted twice, as in haraka-dsn. */
  function callerCode(code) {
    const found = basicCode(stringOf(code))
    if (found && basicCode(stringOf(code)) !== found) throw needsClass()
    return found
  }

  const lineText = (line) => (isNullish(line) ? '' : stringOf(line))

  function linesOf(msg) {
    // An own `map` could distinguish the callback from haraka-dsn's.
    if (apply(hasOwn, msg, ['map'])) throw needsClass()
    const { map } = msg
    if (typeof map !== 'function') throw needsClass()
    const lines = apply(map, msg, [lineText])
    if (!isArray(lines) || isProxy(lines)) throw needsClass()
    return Array.from(lines, (line) => stringOf(line)) // A subclass can have its own iterator.
  }

  /** The object for a row of the core and a message. */
  function plainReply({ cls, sub, det, default_msg, own_message, prefix, ...row }, code, msg) {
    // The prefix is the core's and needs no stripping.
    const withPrefix = (text) => prefix + strip_controls(text)
    let { reply } = row
    let message = msg
    if (!msg) {
      if (own_message !== null) message = own_message
    } else if (!isArray(msg)) {
      reply = withPrefix(stringOf(msg))
    } else if (isProxy(msg)) {
      throw needsClass()
    } else {
      reply = linesOf(msg).map(withPrefix)
    }
    return { code, msg: message, cls, sub, det, default_msg, reply }
  }

  const plainHelper = (index) =>
    function helper(msg, code) {
      refuseConstruction(new.target)
      const codeNumber = callerCode(code)
      const row = core.json(exports.helper_row(index, codeNumber))
      return plainReply(row, codeNumber ? code : row.code, msg)
    }

  function plainDsn(code, msg, cls, sub, det, default_msg, reply) {
    return { code, msg, cls, sub, det, default_msg, reply }
  }

  const backend = {
    version,
    statuses() {
      return core.json(exports.statuses())
    },
    lookup(status, detail) {
      const index = status_index(status, detail)
      return index === undefined ? undefined : core.json(exports.status(index))
    },
    rules: {
      ...rules,
      is_basic_code: (text) => typeof text === 'string' && basicCode(text) !== 0,
      class_of: (text) =>
        typeof text === 'string' ? exports.class_of(core.write(text.slice(0, 1))) : NaN,
      status_index,
      strip_controls,
      row_index_of,
      status: (cls, sub, det) => dotted(cls, sub, det, false),
      prefix: (cls, sub, det) => dotted(cls, sub, det, true),
    },
    unbound,
    parse(text) {
      return parsed(text, plainDsn)
    },
    parse_report(text) {
      return parsedReport(text, plainDsn)
    },
    create: function create(code, msg, subject, detail) {
      refuseConstruction(new.target)
      const codeNumber = callerCode(code)
      const applied = codeNumber || rules.fallback_code
      const [sub, det] = [numberOf(subject), numberOf(detail)]
      if (!exports.key(exports.class_of_number(applied), sub, det)) throw needsClass()
      return plainReply(
        core.json(exports.status_row(applied, sub, det)),
        codeNumber ? code : applied,
        msg,
      )
    },
  }
  for (const [name, index] of helpers) {
    backend[name] = Object.defineProperty(plainHelper(index), 'name', {
      __proto__: null,
      value: name,
    })
  }
  return backend
}
