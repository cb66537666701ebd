'use strict'

const fc = require('fast-check')
const { coercible, coercibles, anyCoercible, changes, foreign } = require('./coercions')
const { isV8 } = require('./engine')
const { Recipe, constant } = require('./recipe')
const { anyString } = require('./strings')

// Arrays of lines, including exotic ones: subclasses, proxies, own methods, getters, holes.

class Lines extends Array {}

class LinesBySpecies extends Array {
  static get [Symbol.species]() {
    return Array
  }
}

class LinesWithIterator extends Array {
  *[Symbol.iterator]() {
    yield 'from an iterator\n'
    yield* super[Symbol.iterator]()
  }
}

class LinesWithMap extends Array {
  map() {
    return ['from a subclass']
  }
}

const withOwn = (array, key, value) =>
  Object.defineProperty(array, key, { value, configurable: true })

// Own `map` methods that return anything iterable, and values that are not.
const MAPS = {
  'control characters': () => () => ['a\r\nb', '\x7f', 'c\0'],
  'what the callback returns': (world) =>
    function map(...args) {
      world.log(`map with ${args.map((arg) => typeof arg)} on ${Array.isArray(this)}`)
      const results = []
      for (let i = 0, { length } = this; i < length; i++) results.push(args[0](this[i], i, this))
      world.log(`the callback returned ${results.map((result) => typeof result)}`)
      return results
    },
  'the callback of odd values': () => (callback) =>
    [undefined, null, 0, NaN, -0, 5n, { toString: () => 'x\ny' }, ['a', ['b']]].map((v) =>
      callback(v),
    ),
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
  'odd values': () => () => [null, undefined, 0, -0, 1e21, 5n, true, ['a', ['b', null]], {}],
  'a Symbol': () => () => ['first', Symbol('second'), 'third'],
  holes: () => () => Object.assign(Array(3), { 1: 'one' }),
  itself: () =>
    function map() {
      return this
    },
  'an iterator that is watched': (world) => () => {
    let turn = 0
    return {
      [Symbol.iterator]() {
        world.log('iterator')
        return this
      },
      next() {
        world.log('next')
        turn += 1
        return { done: turn > 3, value: turn === 3 ? Symbol('no line') : `line ${turn}` }
      },
      return() {
        world.log('return')
        return {}
      },
    }
  },
  'a generator that throws': (world) =>
    function* map() {
      yield 'one'
      throw world.name('thrown by a generator', new Error('no more'))
    },
  'an iterator of nonsense': () => () => ({ [Symbol.iterator]: () => ({ next: () => 1 }) }),
  'an exception': () => () => {
    throw 'a string'
  },
  'another call': (world) => () => [String(world.DSN.mbox_full('inner')), 'outer'],
}

// A proxy that logs every trap and forwards it to the target.
function watch(world, target, traps = {}) {
  const name = world.next('proxy')
  const handler = new Proxy(traps, {
    get(_, trap) {
      return (...args) => {
        const key = args.length > 1 && typeof args[1] !== 'object' ? ` ${String(args[1])}` : ''
        world.log(`${name}: ${trap}${key}`)
        return (traps[trap] ?? Reflect[trap])(...args)
      }
    },
  })
  return new Proxy(target, handler)
}

const answering = (key, value) => ({
  get: (target, asked, receiver) => (asked === key ? value : Reflect.get(target, asked, receiver)),
})

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
  'throws when read': {
    get() {
      throw 'a trap'
    },
  },
  'throws when asked for an index': {
    has() {
      throw Symbol.iterator
    },
  },
}

const KINDS = {
  'an array': (items) => items,
  'a frozen array': (items) => Object.freeze(items),
  'a sealed array': (items) => Object.seal(items),
  'an array that cannot grow': (items) => Object.preventExtensions(items),
  'a sparse array': (items) => {
    delete items[0]
    items.length += 1
    return items
  },
  'a long sparse array': (items) => {
    items.length += 40
    return items
  },
  'an array of shared lines': (items) => items.concat(items),
  'an array in an array': (items) => [items, items],
  'an array that contains itself': (items) => {
    items.push(items)
    return items
  },
  'an array of another realm': (items) => foreign.array(...items),
  'a subclassed array': (items) => Lines.from(items),
  'a subclassed array of plain species': (items) => LinesBySpecies.from(items),
  'a subclassed array with an iterator': (items) => {
    const lines = new LinesWithIterator()
    for (let i = 0; i < items.length; i++) lines[i] = items[i]
    return lines
  },
  'a subclassed array with a map': (items) => LinesWithMap.from(items),
  'an array without prototype': (items) => Object.setPrototypeOf(items, null),
  'an array with the prototype of objects': (items) =>
    Object.setPrototypeOf(items, Object.prototype),
  'an array with an own iterator': (items) =>
    withOwn(items, Symbol.iterator, function* iterate() {
      yield 'from an own iterator'
    }),
  'an array with an own length of index': (items) => withOwn(items, 'index', 5),
  'an array with an own constructor': (items) => withOwn(items, 'constructor', Lines),
  'an array with a constructor that throws': (items, world) =>
    Object.defineProperty(items, 'constructor', {
      get() {
        world.log('get constructor')
        throw undefined
      },
    }),
  'an array of getters': (items, world) => {
    items.forEach((item, index) => {
      const get = () => {
        world.log(`get ${index}`)
        return item
      }
      Object.defineProperty(items, index, { get, configurable: true, enumerable: true })
    })
    return items
  },
  'an array with a getter that throws': (items, world) =>
    Object.defineProperty(items, 1, {
      get() {
        throw world.name('thrown by a getter', new RangeError('not this one'))
      },
    }),
  'an array that inherits an element': (items) => {
    items.length += 1
    const inherited = { __proto__: Array.prototype, [items.length - 1]: 'inherited\n' }
    return Object.setPrototypeOf(items, inherited)
  },
  'a watched array': (items, world) => watch(world, items),
  'a watched frozen array': (items, world) => watch(world, Object.freeze(items)),
  'a watched watched array': (items, world) => watch(world, watch(world, items)),
  'a revoked proxy of an array': (items) => {
    const { proxy, revoke } = Proxy.revocable(items, {})
    revoke()
    return proxy
  },
}
for (const [name, map] of Object.entries(MAPS)) {
  KINDS[`an array whose map gives ${name}`] = (items, world) => withOwn(items, 'map', map(world))
}
for (const [name, traps] of Object.entries(LIES)) {
  KINDS[`an array that ${name}`] = (items, world) => watch(world, items, traps)
}

// The world knows the array before it is read, so that elements can modify it during iteration.
function arrayOf(elements, kind = 'an array') {
  const label = () => {
    const list = `[${elements.map((element) => element.label).join(', ')}]`
    return kind === 'an array' ? list : `${kind}: ${list}`
  }
  return new Recipe(label, (world) => {
    world.array = KINDS[kind](
      elements.map((element) => element.make(world)),
      world,
    )
    return world.array
  })
}

const [x, y, z] = ['first line', 'second\nline', ''].map((line) => constant(line))
const odd = [
  ...[undefined, null, 0, -0, NaN, 550, 5n, true, {}, [], [[]], [null, [1, [2]]], /a/, () => {}],
]

const arrays = [
  arrayOf([]),
  arrayOf([x]),
  arrayOf([z]),
  arrayOf([x, y, z]),
  arrayOf([arrayOf([x, y]), arrayOf([]), z]),
  arrayOf(odd.map((value) => constant(value))),
  arrayOf([x, constant(Symbol('a\nline'), 'a Symbol'), y]),
  arrayOf(Array(50).fill(y)),
  arrayOf(coercibles.slice(0, 8)),
  ...changes.map((action) => arrayOf([coercible(['toString'], [action]), x, y])),
  ...Object.keys(KINDS).map((kind) => arrayOf([x, y, z], kind)),
  ...['an array', 'an array without prototype'].map((kind) => arrayOf([], kind)),
]

const kinds = Object.keys(KINDS)
const { anyArray } = fc.letrec((tie) => ({
  line: fc.oneof(
    { maxDepth: 2, depthIdentifier: 'line' },
    { weight: 8, arbitrary: anyString },
    { weight: 2, arbitrary: fc.constantFrom(...odd.map((value) => constant(value))) },
    { weight: 2, arbitrary: anyCoercible },
    { weight: 1, arbitrary: tie('anyArray') },
  ),
  anyArray: fc
    .tuple(
      fc.array(tie('line'), { maxLength: 6, depthIdentifier: 'line' }),
      fc.oneof(
        { weight: 2, arbitrary: fc.constant('an array') },
        { weight: 3, arbitrary: fc.constantFrom(...kinds) },
      ),
    )
    .map(([elements, kind]) => arrayOf(elements, kind)),
}))

// Not among the others: with a long subject, each line would be long. The largest has more lines than a
// call can have arguments.
const manyLines = [127, 128, 129, 1000, 200_000].map((count) => {
  const recipe = arrayOf(Array(count).fill(y))
  return new Recipe(`${count} lines`, recipe.make)
})

// The documented use: strings only.
const plainLines = fc.array(anyString, { maxLength: 8 }).map((elements) => arrayOf(elements))

module.exports = { anyArray, arrays, manyLines, plainLines }
