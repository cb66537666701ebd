'use strict'

// A plain name, not `node:util`: require() knows that prefix only since Node.js 14.18.
const { isUint8Array } = require('util').types

const native = require('./binding')

/** Adds to the class what haraka-dsn does not have. `Fields` makes a DSN of its own properties. */
module.exports = function addTo(DSN, Fields) {
  let catalogue
  const statuses = () => {
    if (catalogue === undefined) catalogue = deepFreeze(JSON.parse(native.catalogue()))
    return catalogue
  }

  // Other copies of this package, and haraka-dsn itself, make DSNs as well; Haraka, too, tells a
  // DSN by the name of its class.
  const isDsn = (value) => value instanceof DSN || value?.constructor?.name === 'DSN'
  const nameOf = (value) => (isDsn(value) ? `X.${value.sub}.${value.det}` : value)

  const parseText = native.parse.bind((...fields) => new Fields(...fields))

  addMethods(DSN, {
    lookup(status) {
      return attempt(() => statuses()[native.find(nameOf(status))], undefined)
    },
    parse(reply) {
      return attempt(() => parseText(textOf(reply)), null)
    },
  })
  addAccessors(DSN, {
    get statuses() {
      return statuses()
    },
  })
  addAccessors(DSN.prototype, {
    get status() {
      // The prototype itself has no fields.
      return this.cls === undefined ? undefined : `${this.cls}.${this.sub}.${this.det}`
    },
    get is_success() {
      return this.cls === 2
    },
    get is_transient() {
      return this.cls === 4
    },
    get is_permanent() {
      return this.cls === 5
    },
  })
}

function addMethods(target, methods) {
  for (const [name, value] of Object.entries(methods)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true })
  }
}

/**
 * Adds accessors that can be assigned to: what was never there in haraka-dsn, plugins may add to a
 * DSN or to the class under the same name.
 */
function addAccessors(target, accessors) {
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(accessors))) {
    const set = function (value) {
      const flags = { writable: true, enumerable: true, configurable: true }
      Object.defineProperty(this, name, { value, ...flags })
    }
    Object.defineProperty(target, name, { get, set, configurable: true })
  }
}

function deepFreeze(value) {
  if (typeof value !== 'object') return value
  for (const part of Object.values(value)) deepFreeze(part)
  return Object.freeze(value)
}

/** For a value that throws when it is read, as a proxy or a getter can, the answer is `otherwise`. */
function attempt(read, otherwise) {
  try {
    return read()
  } catch {
    return otherwise
  }
}

/** The text of a reply; `undefined`, which parses to `null`, for what has none. */
function textOf(reply) {
  if (typeof reply === 'string') return reply
  if (Array.isArray(reply)) return joinLines(reply)
  if (!isUint8Array(reply)) return undefined
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
