'use strict'

const { inspect } = require('node:util')

/**
 * A blueprint is a value, or a function that makes one in a world. Iterators, proxies and objects that count
 * their conversions are consumed by the first implementation that gets them, so each gets its own.
 */
const make = (blueprint, world) => (typeof blueprint === 'function' ? blueprint(world) : blueprint)

const quoted = (value) => inspect(value, { maxStringLength: 80, breakLength: Infinity })

/**
 * The environment of one call: the class that is called, a log of everything the call did to its arguments,
 * and the roles of values, by which two worlds are compared.
 */
class World {
  entries = []
  args = []
  reentries = 0
  made = 0

  constructor(DSN) {
    this.DSN = DSN
    this.roles = new Map([[DSN, 'the class']]).set(DSN.prototype, 'the prototype of the class')
  }

  log(entry) {
    this.entries.push(entry)
  }

  /** A function that logs its calls. */
  logging(entry, value) {
    return () => {
      this.log(entry)
      return value
    }
  }

  /** Names a value, so that it can be matched with its counterpart in the other world. */
  name(role, value) {
    this.roles.set(value, role)
    return value
  }

  /** Numbers what is made in a world, in order. */
  next(kind) {
    this.made += 1
    return `${kind} ${this.made}`
  }

  /** The role of an object, a function or a symbol. */
  roleOf(value) {
    if (Object(value) !== value && typeof value !== 'symbol') return undefined
    const index = this.args.indexOf(value)
    return index === -1 ? this.roles.get(value) : `argument ${index + 1}`
  }
}

module.exports = { World, make, quoted }
