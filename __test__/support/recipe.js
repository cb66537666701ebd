'use strict'

const { toStringMethod } = require('fast-check')

// Stateful values (iterators, objects that count their conversions, proxies) are consumed by the first
// implementation that gets them. Tests therefore use recipes: each implementation gets its own value, from
// the same recipe, in its own world.
class Recipe {
  // `label` can be a function, because most labels are never read, and some are expensive.
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

// The environment of one call: the class that is called, a log of everything the call did to its arguments,
// and the roles of values, by which two worlds are compared.
class World {
  constructor(DSN) {
    this.DSN = DSN
    this.entries = []
    this.args = []
    this.array = undefined
    this.depth = 0
    this.made = 0
    this.roles = undefined
  }

  log(entry) {
    this.entries.push(entry)
  }

  // Names an object, function or symbol, so that it can be matched with its counterpart in the other world.
  name(role, value) {
    if (!this.roles) this.roles = new Map()
    this.roles.set(value, role)
    return value
  }

  // Numbers the objects that write to the log, in the order of their creation.
  next(kind) {
    this.made += 1
    return `${kind} ${this.made}`
  }

  roleOf(value) {
    if (Object(value) !== value && typeof value !== 'symbol') return undefined
    const index = this.args.indexOf(value)
    if (index !== -1) return `argument ${index + 1}`
    if (value === this.DSN) return 'the class'
    if (value === this.DSN.prototype) return 'the prototype of the class'
    return this.roles?.get(value)
  }
}

const constant = (value, label = () => quoted(value)) => new Recipe(label, () => value)

function quoted(value) {
  if (typeof value === 'string') return showString(value)
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  return String(value)
}

function showString(value) {
  // JSON.stringify does not escape U+007F to U+009F, which a terminal does not show.
  const quote = (text) =>
    JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => {
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  if (value.length <= 80) return quote(value)
  return `${quote(value.slice(0, 40))} … ${quote(value.slice(-20))} (${value.length} characters)`
}

module.exports = { Recipe, World, constant, quoted }
