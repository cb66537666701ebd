'use strict'

const fc = require('fast-check')
const { coercible, coercibles, anyCoercible, changes } = require('./coercions')
const { isV8 } = require('./runtime')
const { foreign, revoked, throwing, watched, withGetter } = require('./exotic-objects')
const { make } = require('./blueprint')
const { anyString } = require('./strings')

// Arrays of lines, including exotic ones: subclasses, proxies, own methods, getters, holes.

class Lines extends Array {}

const withOwn = (array, key, value) =>
  Object.defineProperty(array, key, { value, configurable: true })

const ODD = [null, undefined, 0, -0, NaN, 1e21, 5n, true, ['a', ['b', null]]]
ODD.push({ toString: () => 'x\ny' })

// What an array's own `map` returns: anything iterable, and values that are not.
const RESULTS = [
  ...[undefined, null, 5, 'a😀\nb', ['a\r\nb', '\x7f', 'c\0'], new Set(['x', 1, null]), ODD],
  ...[['first', Symbol('second'), 'third'], Object.assign(Array(3), { 1: 'one' })],
  { [Symbol.iterator]: () => ({ next: () => 1 }) },
]

// Own `map` methods.
const MAPS = [
  ...RESULTS.map((result) => () => () => result),
  (world) =>
    function map(...args) {
      world.log(`map with ${args.map((arg) => typeof arg)} on ${Array.isArray(this)}`)
      const results = Array.from(this, (line, i) => args[0](line, i, this))
      world.log(`the callback returned ${results.map((result) => typeof result)}`)
      return results
    },
  () => (callback) => ODD.map((value) => callback(value)),
  () => (callback) => [callback(Symbol('tab\t'))],
  () => (callback) => [callback(), callback()],
  () => (callback) => {
    const isNew = !('seen' in callback)
    callback.seen = true
    return [callback.name, callback.length, isNew, Object.getOwnPropertyNames(callback).join()]
  },
  (world) => () => {
    const lines = ['line 1', 'line 2', Symbol('no line')].values()
    const iterator = { next: () => lines.next(), return: world.logging('return', {}) }
    return { [Symbol.iterator]: world.logging('iterator', watched(world, iterator)) }
  },
  (world) =>
    function* map() {
      yield 'one'
      throw world.name('thrown by a generator', new Error('no more'))
    },
  () => throwing('a string'),
  (world) => () => [String(world.DSN.mbox_full('inner')), 'outer'],
]

/** Traps of proxies that give one of these values for a property. */
const lying = (key, ...values) =>
  values.map((value) => ({
    get: (target, asked, proxy) => (asked === key ? value : Reflect.get(target, asked, proxy)),
  }))

const TRAPS = [
  ...[{ has: () => false }, { has: () => true }, { has: throwing(Symbol.iterator) }],
  { get: throwing('a trap') },
  { get: (target, key) => (/^\d+$/.test(String(key)) ? `${key}\n` : target[key]) },
  ...lying('length', 0, 4, -1, '2', NaN, 1n),
  // V8 throws, JavaScriptCore iterates over all of it.
  ...(isV8 ? lying('length', 2 ** 53) : []),
  ...lying('map', undefined, 'map'),
  ...lying('constructor', undefined, null, 5, Set, Lines),
  ...lying('constructor', { [Symbol.species]: null }, { [Symbol.species]: 'Array' }),
]

function withGetters(items, world) {
  for (const [i, item] of items.entries()) withGetter(items, i, world.logging(`get ${i}`, item))
  return items
}

// Functions that make such an array from a plain one.
const KINDS = [
  ...[Object.freeze, Object.seal, Object.preventExtensions, revoked, withGetters],
  (items) => delete items[0] && Object.assign(items, { length: 40 }),
  (items) => items.concat(items),
  (items) => [items, items],
  (items) => Object.assign(items, { 1: items }),
  (items) => foreign.array(...items),
  (items) => Lines.from(items),
  ...[null, Object.prototype, { __proto__: Array.prototype, map: () => ['a map'] }].map(
    (prototype) => (items) => Object.setPrototypeOf(items, prototype),
  ),
  (items) => Object.setPrototypeOf(Array(3), { __proto__: Array.prototype, ...items }),
  (items) => withOwn(items, Symbol.iterator, () => [].values()),
  (items) => withOwn(items, 'index', 5),
  (items) => withOwn(items, 'constructor', Lines),
  (items) => withGetter(items, 'constructor', throwing(undefined)),
  (items, world) => withGetter(items, 1, throwing(world.name('thrown', new RangeError('no')))),
  (items, world) => watched(world, items),
  (items, world) => watched(world, Object.freeze(items)),
  (items, world) => watched(world, watched(world, items)),
  ...MAPS.map((mapOf) => (items, world) => withOwn(items, 'map', mapOf(world))),
  ...TRAPS.map((traps) => (items, world) => watched(world, items, traps)),
]

// The world knows the array before it is read, so that elements can modify it during iteration.
function arrayOf(elements, kind = (items) => items) {
  return (world) => {
    const items = elements.map((element) => make(element, world))
    world.array = kind(items, world)
    return world.array
  }
}

const lines = ['first line', 'second\nline', '']
const [x, y, z] = lines
const odd = [...ODD, 550, {}, [], [[]], /a/, () => () => {}]

const arrays = [
  ...[[], [x], [z], lines, odd, Array(50).fill(y)].map((elements) => arrayOf(elements)),
  arrayOf([arrayOf([x, y]), arrayOf([]), z]),
  arrayOf([x, Symbol('a\nline'), y]),
  arrayOf(coercibles.slice(0, 8)),
  ...changes.map((action) => arrayOf([coercible(['toString'], [action]), x, y])),
  ...KINDS.map((kind) => arrayOf(lines, kind)),
  arrayOf([], (items) => Object.setPrototypeOf(items, null)),
]

const anyKind = fc.oneof(fc.constant(undefined), fc.constantFrom(...KINDS))
const arrayWith = (line) =>
  fc.tuple(fc.array(line, { maxLength: 6 }), anyKind).map((args) => arrayOf(...args))
const anyLine = [{ weight: 4, arbitrary: anyString }, fc.constantFrom(...odd), anyCoercible]
const anyArray = arrayWith(fc.oneof(...anyLine, arrayWith(fc.oneof(...anyLine))))

// The documented use: strings only.
const plainLines = fc.array(anyString, { maxLength: 8 }).map((elements) => arrayOf(elements))

module.exports = { anyArray, arrays, plainLines }
