'use strict'

const fc = require('fast-check')
const { coercible, coercibles, anyCoercible, changes } = require('./coercions')
const { isV8 } = require('./engine')
const { foreign, revoked, throwing, watched, withGetter } = require('./exotic')
const { Recipe, constant, constants } = require('./recipe')
const { anyString } = require('./strings')

// Arrays of lines, including exotic ones: subclasses, proxies, own methods, getters, holes.

const Lines = class Lines extends Array {}
const LinesBySpecies = Object.defineProperty(class extends Array {}, Symbol.species, {
  value: Array,
})

const withOwn = (array, key, value) =>
  Object.defineProperty(array, key, { value, configurable: true })

const ODD = [null, undefined, 0, -0, NaN, 1e21, 5n, true, ['a', ['b', null]]]
ODD.push({ toString: () => 'x\ny' })

// Own `map` methods, which return anything iterable, and values that are not.
const MAPS = {
  'control characters': () => () => ['a\r\nb', '\x7f', 'c\0'],
  'what the callback returns': (world) =>
    function map(...args) {
      world.log(`map with ${args.map((arg) => typeof arg)} on ${Array.isArray(this)}`)
      const results = Array.from(this, (line, i) => args[0](line, i, this))
      world.log(`the callback returned ${results.map((result) => typeof result)}`)
      return results
    },
  'the callback of odd values': () => (callback) => ODD.map((value) => callback(value)),
  'a Symbol through the callback': () => (callback) => [callback(Symbol('tab\t'))],
  'the callback without arguments': () => (callback) => [callback(), callback()],
  'what the callback is': () => (callback) => {
    const isNew = !('seen' in callback)
    callback.seen = true
    return [callback.name, callback.length, isNew, Object.getOwnPropertyNames(callback).join()]
  },
  nothing: () => () => undefined,
  null: () => () => null,
  'a string': () => () => 'a😀\nb',
  'a number': () => () => 5,
  'a Set': () => () => new Set(['x', 1, null, undefined]),
  'odd values': () => () => ODD,
  'a Symbol': () => () => ['first', Symbol('second'), 'third'],
  holes: () => () => Object.assign(Array(3), { 1: 'one' }),
  'an iterator that is watched': (world) => () => {
    const lines = ['line 1', 'line 2', Symbol('no line')].values()
    const iterator = { next: () => lines.next(), return: world.logging('return', {}) }
    return { [Symbol.iterator]: world.logging('iterator', watched(world, iterator)) }
  },
  'a generator that throws': (world) =>
    function* map() {
      yield 'one'
      throw world.name('thrown by a generator', new Error('no more'))
    },
  'an iterator of nonsense': () => () => ({ [Symbol.iterator]: () => ({ next: () => 1 }) }),
  'an exception': () => throwing('a string'),
  'another call': (world) => () => [String(world.DSN.mbox_full('inner')), 'outer'],
}

const answering = (key, value) => ({
  get: (target, asked, receiver) => (asked === key ? value : Reflect.get(target, asked, receiver)),
})

// Traps of proxies.
const LIES = {
  'has nothing': { has: () => false },
  'has everything': { has: () => true },
  'is empty': answering('length', 0),
  'is longer': answering('length', 4),
  'is of negative length': answering('length', -1),
  'is of length "2"': answering('length', '2'),
  'is of length NaN': answering('length', NaN),
  'is of length 1n': answering('length', 1n),
  // V8 throws for this length, JavaScriptCore iterates over all of it.
  ...(isV8 && { 'is too long': answering('length', 2 ** 53) }),
  'has no map': answering('map', undefined),
  'has a map that is not a function': answering('map', 'map'),
  'has no constructor': answering('constructor', undefined),
  'has null for a constructor': answering('constructor', null),
  'has a number for a constructor': answering('constructor', 5),
  'has Set for a constructor': answering('constructor', Set),
  'has Lines for a constructor': answering('constructor', Lines),
  'has a constructor of null species': answering('constructor', { [Symbol.species]: null }),
  'has a constructor of no species': answering('constructor', { [Symbol.species]: 'Array' }),
  'has lines that differ': {
    get: (target, key) => (/^\d+$/.test(String(key)) ? `${key}\n` : target[key]),
  },
  'throws when read': { get: throwing('a trap') },
  'throws when asked for an index': { has: throwing(Symbol.iterator) },
}

const KINDS = {
  'an array': (items) => items,
  'a frozen array': Object.freeze,
  'a sealed array': Object.seal,
  'an array that cannot grow': Object.preventExtensions,
  'a sparse array': (items) => delete items[0] && Object.assign(items, { length: 4 }),
  'a long sparse array': (items) => Object.assign(items, { length: 40 }),
  'an array of shared lines': (items) => items.concat(items),
  'an array in an array': (items) => [items, items],
  'an array that contains itself': (items) => Object.assign(items, { 1: items }),
  'an array of another realm': (items) => foreign.array(...items),
  'a subclassed array': (items) => Lines.from(items),
  'a subclassed array of plain species': (items) => LinesBySpecies.from(items),
  'a subclassed array with a map': (items) =>
    Object.setPrototypeOf(items, { __proto__: Array.prototype, map: () => ['from a subclass'] }),
  'an array without prototype': (items) => Object.setPrototypeOf(items, null),
  'an array with the prototype of objects': (items) =>
    Object.setPrototypeOf(items, Object.prototype),
  'an array with an own iterator': (items) => withOwn(items, Symbol.iterator, () => [].values()),
  'an array with an own length of index': (items) => withOwn(items, 'index', 5),
  'an array with an own constructor': (items) => withOwn(items, 'constructor', Lines),
  'an array with a constructor that throws': (items) =>
    withGetter(items, 'constructor', throwing(undefined)),
  'an array of getters': (items, world) => {
    for (const [i, item] of items.entries()) withGetter(items, i, world.logging(`get ${i}`, item))
    return items
  },
  'an array with a getter that throws': (items, world) =>
    withGetter(items, 1, throwing(world.name('thrown by a getter', new RangeError('no')))),
  'an array that inherits an element': (items) => {
    items.length = 4
    return Object.setPrototypeOf(items, { __proto__: Array.prototype, 3: 'inherited\n' })
  },
  'a watched array': (items, world) => watched(world, items),
  'a watched frozen array': (items, world) => watched(world, Object.freeze(items)),
  'a watched watched array': (items, world) => watched(world, watched(world, items)),
  'a revoked proxy of an array': revoked,
}
for (const [name, map] of Object.entries(MAPS)) {
  KINDS[`an array whose map gives ${name}`] = (items, world) => withOwn(items, 'map', map(world))
}
for (const [name, traps] of Object.entries(LIES)) {
  KINDS[`an array that ${name}`] = (items, world) => watched(world, items, traps)
}

// The world knows the array before it is read, so that elements can modify it during iteration.
function arrayOf(elements, kind = 'an array') {
  const label = () => `${kind} of ${elements.map((element) => element.label).join(', ')}`
  return new Recipe(label, (world) => {
    const items = elements.map((element) => element.make(world))
    world.array = KINDS[kind](items, world)
    return world.array
  })
}

const [x, y, z] = constants('first line', 'second\nline', '')
const odd = constants(...ODD, 550, {}, [], [[]], /a/, () => {})

const arrays = [
  ...[[], [x], [z], [x, y, z], odd, Array(50).fill(y)].map((elements) => arrayOf(elements)),
  arrayOf([arrayOf([x, y]), arrayOf([]), z]),
  arrayOf([x, constant(Symbol('a\nline')), y]),
  arrayOf(coercibles.slice(0, 8)),
  ...changes.map((action) => arrayOf([coercible(['toString'], [action]), x, y])),
  ...Object.keys(KINDS).map((kind) => arrayOf([x, y, z], kind)),
  arrayOf([], 'an array without prototype'),
]

const kind = fc.constantFrom(...Object.keys(KINDS))
const { anyArray } = fc.letrec((tie) => ({
  line: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'line' },
    { weight: 4, arbitrary: anyString },
    fc.constantFrom(...odd),
    anyCoercible,
    tie('anyArray'),
  ),
  anyArray: fc
    .tuple(fc.array(tie('line'), { maxLength: 6, depthIdentifier: 'line' }), fc.option(kind))
    .map(([elements, kind]) => arrayOf(elements, kind ?? undefined)),
}))

// Not among the others: with a long subject, each line would be long. The largest has more lines than a
// call can have arguments.
const manyLines = [127, 128, 129, 1000, 200_000].map((count) => {
  const { make } = arrayOf(Array(count).fill(y))
  return new Recipe(`${count} lines`, make)
})

// The documented use: strings only.
const plainLines = fc.array(anyString, { maxLength: 8 }).map((elements) => arrayOf(elements))

module.exports = { anyArray, arrays, manyLines, plainLines }
