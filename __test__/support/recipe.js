'use strict'

const { toStringMethod } = require('fast-check')

// Values with a memory (iterators, objects that count their conversions, proxies) are used up by the
// first implementation that gets them. Tests therefore pass around recipes: each implementation is
// given its own value, made by the same recipe, in a world of its own.
class Recipe {
  // `label` may be a function: most labels are never read, and some are costly to write.
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

// What one call can see and leave behind: the class that is called, a log of everything the call did
// to its arguments, and the parts that values play, by which two worlds can be compared.
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

  // Gives an object, function or symbol a name, so that its twin in the other world can be told.
  name(role, value) {
    if (!this.roles) this.roles = new Map()
    this.roles.set(value, role)
    return value
  }

  // Numbers the objects that write to the log, in the order of their making.
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

const constant = (value, label = () => show(value)) => new Recipe(label, () => value)

function show(value) {
  if (typeof value === 'string') return showString(value)
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  return String(value)
}

function showString(value) {
  // JSON.stringify leaves U+007F to U+009F as they are, which a terminal does not show.
  const quote = (text) =>
    JSON.stringify(text).replace(/[\u007f-\uffff]/g, (char) => {
      return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  if (value.length <= 80) return quote(value)
  return `${quote(value.slice(0, 40))} … ${quote(value.slice(-20))} (${value.length} characters)`
}

module.exports = { Recipe, World, constant, show }
