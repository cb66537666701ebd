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

/** Makes a DSN of its seven fields, in haraka-dsn's order, without DSN's constructor. */
function Fields(code, msg, cls, sub, det, default_msg, reply) {
  this.code = code
  this.msg = msg
  this.cls = cls
  this.sub = sub
  this.det = det
  this.default_msg = default_msg
  this.reply = reply
}
Fields.prototype = DSN.prototype

/** Makes a DSN of any values, the way the constructor of a subclass does. */
function describe_any(code, msg, def, subject, detail) {
  const dsn = new Fields()
  describe.call(dsn, code, msg, def, subject, detail)
  return dsn
}

/**
 * The function that a native helper is bound to. The helper calls it with the message, its text
 * without control characters, and, unless the default code stands, with the code and its class.
 */
function maker(status, helper) {
  const { subject, detail, message, prefixes } = status
  const own = helper.message
  const text_of_nothing = own || message

  const make = (msg, text, code = helper.code, cls = helper.cls) =>
    new Fields(
      code,
      own ? msg || own : msg,
      cls,
      subject,
      detail,
      message,
      prefixes[cls] + (msg ? text : text_of_nothing),
    )
  make.any = (msg, code) => describe_any(code, own ? msg || own : msg, helper.code, subject, detail)
  return make
}

const makers = native.statuses.map((status) => maker(status, native.fallback))
const make = (row, msg, text, code, cls) => makers[row](msg, text, code, cls)
const construct = native.construct.bind(Object.assign(make.bind(), { any: describe_any }))

function add_static(name, length, fn) {
  Object.defineProperty(fn, 'name', { value: name })
  Object.defineProperty(fn, 'length', { value: length })
  Object.defineProperty(DSN, name, { value: fn, writable: true, configurable: true })
}

const create_any = (code, msg, subject, detail) => describe_any(code, msg, null, subject, detail)
add_static('create', 4, native.create.bind(Object.assign(make.bind(), { any: create_any })))

for (const status of native.statuses) {
  for (const helper of status.helpers) {
    for (const name of helper.names) {
      add_static(name, 2, native.helper.bind(maker(status, helper)))
    }
  }
}

module.exports = DSN
