'use strict'

const { inspect } = require('node:util')
const { toStringMethod } = require('fast-check')

/**
 * How to make a value. Iterators, proxies and objects that count their conversions are consumed by the first
 * implementation that gets them, so each gets its own value, in its own world.
 */
class Recipe {
  /** `label` can be a function, because most labels are never read, and some are expensive. */
  constructor(label, make) {
    this.describe = label
    this.make = make
  }

  get label() {
    return typeof this.describe === 'function' ? this.describe() : this.describe
  }

  [toStringMethod]() {
    return this.label
  }
}

const quoted = (value) => inspect(value, { maxStringLength: 80, breakLength: Infinity })

const constant = (value, label = () => quoted(value)) => new Recipe(label, () => value)

const constants = (...values) => values.map((value) => constant(value))

/** Recipes from functions that make a value, whose source is the label. */
const recipesOf = (...makers) =>
  makers.map((make) => new Recipe(() => `${make}`.replace(/\s+/g, ' '), make))

/**
 * The environment of one call: the class that is called, a log of everything the call did to its arguments,
 * and the roles of values, by which two worlds are compared.
 */
class World {
  entries = []
  args = []
  depth = 0
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

  /** Numbers the objects that write to the log, in the order of their creation. */
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

module.exports = { Recipe, World, constant, constants, quoted, recipesOf }
