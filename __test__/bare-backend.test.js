'use strict'

// Protects the backend without the class, whether binary or WebAssembly module: its functions return
// what haraka-dsn returns.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const { version } = require('../package.json')
const { arrays } = require('./support/arrays')
const { REFUSAL, assertBareParity } = require('./support/bare')
const { OLD_SPELLINGS, additions, asRecipe, helpers } = require('./support/calls')
const { foreign } = require('./support/coercions')
const { Recipe, constant } = require('./support/recipe')
const { CONTROLS, boundaries } = require('./support/strings')
const { ours: DSN, original } = require('./support/subjects')
const { everything } = require('./support/values')

const backend = require('../binding')

const names = [...helpers, ...Object.keys(OLD_SPELLINGS), ...Object.keys(additions)]
const functions = [...names, 'create', 'lookup', 'parse', 'parse_report', 'statuses']
const recipes = (...values) => values.map(asRecipe)

// The exports

test('the exports are one function for each helper, and what docs/design.md lists', () => {
  assert.equal(helpers.length, 71)
  const others = ['rules', 'unbound', 'version']
  assert.deepEqual(Object.keys(backend).sort(), [...functions, ...others].sort())
  assert.equal(new Set(functions.map((name) => backend[name])).size, functions.length)
  assert.equal(backend.version, version)
})

test('a function has the same name and length as the static method', () => {
  for (const name of functions) {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(backend, name)
    assert.deepEqual(flags, { writable: true, enumerable: true, configurable: true })
    assert.equal(typeof value, 'function', name)
    assert.equal(value.name, name)
    if (!['lookup', 'statuses'].includes(name)) assert.equal(value.length, DSN[name].length, name)
    for (const key of ['name', 'length']) {
      const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(value, key)
      assert.deepEqual([writable, enumerable, configurable], [false, false, true], `${name}.${key}`)
    }
  }
})

// Calling them

test('a helper ignores its receiver', () => {
  for (const name of names) {
    const helper = backend[name]
    const expected = helper('x', 521)
    class Static {}
    Static[name] = helper
    const object = { [name]: helper }
    for (const result of [
      backend[name]('x', 521),
      object[name]('x', 521),
      Static[name]('x', 521),
      class extends Static {}[name]('x', 521),
      helper.call(undefined, 'x', 521),
      helper.call(Static, 'x', 521),
      helper.apply(null, ['x', 521]),
      helper.bind(0, 'x')(521),
      Reflect.apply(helper, Object.freeze([]), ['x', 521, 'more']),
      new Proxy(helper, {})('x', 521),
      [['x', 521]].map((args) => helper(...args))[0],
    ]) {
      assert.deepEqual(result, expected, name)
      assert.notEqual(result, expected, 'a new object for each call')
    }
    assert.equal(assertBareParity(name, recipes('x', 521)), true)
  }
})

test('calling a function with new throws a TypeError', () => {
  for (const name of [...names, 'create']) {
    const expected = { name: 'TypeError', message: 'A helper of DSN is not a constructor' }
    assert.throws(() => new backend[name](), expected, name)
    assert.throws(() => new backend[name]('550 5.1.1 x', 550), expected, name)
    assert.throws(() => Reflect.construct(backend[name], []), expected, name)
    assert.throws(() => new (class extends backend[name] {})(), TypeError, name)
  }
})

// Results

const strings = [
  ...['', ' ', 'text', 'a\r\nb', CONTROLS.join(''), '\ud800', 'x\udc00\n', '\ud83d\ude00', 'ÿ\n'],
  ...CONTROLS.flatMap((control) => [`\u010a${control}`, `${control}Ā`, `ж${control}😀`]),
  ...['\u0100\n', '\n\u01ff', 'x'.repeat(511), 'ж'.repeat(600), `${'x\n'.repeat(10_000)}ж`],
]
const lines = [
  ...[[], [''], ['a'], ['a\n', 'b'], [undefined, null, 0, -0, 5n, true, {}, [['x', ['y']]]]],
  ...[
    Object.assign(Array(2), { 1: 'after a hole' }),
    [new Error('x\n'), new Date(NaN)],
    strings,
    Array(3),
    [[], [[]]],
  ],
]
const objects = [
  new Recipe('an Error', () => new Error('450 of the caller\n')),
  new Recipe('an error of another realm', () => foreign.error('421\r')),
  new Recipe('an object with a toString', () => ({ toString: () => '551 x\n' })),
  new Recipe('a boxed string', () => new String('552\n')),
  new Recipe('an array of another realm', () => foreign.array('a\n', undefined, ['b'])),
  new Recipe('an array of a subclass', () => class Lines extends Array {}.from(['a\n', null])),
]
const nothings = [undefined, null, false, 0, -0, NaN, 0n]
const numbers = [1, 550, 5501, 450.5, 199, 354, 600, 2.5e20, -550, 1e21, Infinity, 450n, -1n, true]
const values = [...nothings, ...numbers, ...strings, ...lines, ...objects].map(asRecipe)

for (const name of names) {
  test(`${name} of the backend returns what haraka-dsn returns`, () => {
    assert.equal(assertBareParity(name, []), true)
    for (const value of values) {
      assert.equal(assertBareParity(name, [value]), true, value.label)
      assert.equal(assertBareParity(name, [constant('x'), value]), true, value.label)
    }
  })
}

test('create of the backend returns what haraka-dsn returns', () => {
  for (const [subject, detail] of [
    [],
    [undefined, null],
    [0, 0],
    [-0, 1],
    [7],
    [7, 27],
    [9, 999],
  ]) {
    for (const value of values) {
      const numbersAfter = recipes(subject, detail)
      for (const args of [
        [constant(550), value, ...numbersAfter],
        [value, constant('x'), ...numbersAfter],
        [value, constant(undefined), ...numbersAfter],
      ]) {
        assert.equal(assertBareParity('create', args), true, value.label)
      }
    }
  }
  for (let count = 0; count <= 5; count++) {
    assert.equal(assertBareParity('create', recipes(421, 'x', 4, 500, 6).slice(0, count)), true)
  }
})

test('for any argument they return what haraka-dsn returns, or leave the conversion to the class', () => {
  for (const value of [...everything, ...arrays, ...boundaries]) {
    for (const name of ['no_such_user', 'mbox_full']) {
      assertBareParity(name, [value])
      assertBareParity(name, [constant('x'), value])
      assertBareParity(name, [value, value])
    }
    for (let position = 0; position < 4; position++) {
      const args = recipes(550, 'x', 1, 1)
      args[position] = value
      assertBareParity('create', args)
    }
  }
})

const ONLY_FOR_THE_CLASS = {
  'a Symbol': () => backend.mbox_full(Symbol('x')),
  'a Symbol for a code': () => backend.mbox_full('x', Symbol('550')),
  'a Symbol for the code of create': () => backend.create(Symbol('550')),
  'a Symbol for a line': () => backend.mbox_full(['x', Symbol('y')]),
  'a proxy of an array': () => backend.mbox_full(new Proxy(['x'], {})),
  'an array with an own map': () => backend.mbox_full(Object.assign(['x'], { map: () => [] })),
  'an array whose map is not a function': () =>
    backend.mbox_full(
      new (class extends Array {
        map = undefined
      })(),
    ),
  'an array without map': () => backend.mbox_full(Object.setPrototypeOf(['x'], null)),
  'an array whose map does not return an array': () =>
    backend.mbox_full(
      new (class extends Array {
        map() {
          return new Set(['x'])
        }
      })('x'),
    ),
  'a subject that is a string': () => backend.create(550, 'x', '1', 1),
  'a subject that is too large': () => backend.create(550, 'x', 1000, 1),
  'a subject below zero': () => backend.create(550, 'x', -1, 1),
  'a detail that is a fraction': () => backend.create(550, 'x', 1, 1.5),
  'a detail that is too large': () => backend.create(550, 'x', 1, 65_537),
  'a detail that is an object': () => backend.create(550, 'x', 1, {}),
  'a code that differs at the second conversion': () => {
    const codes = ['550', '450']
    return backend.mbox_full('x', { toString: () => codes.shift() })
  },
}

for (const [kind, call] of Object.entries(ONLY_FOR_THE_CLASS)) {
  test(`a value that only the class converts is a TypeError: ${kind}`, () => {
    assert.throws(call, { name: 'TypeError', message: REFUSAL })
  })
}

test('an exception of the caller is passed on unchanged', () => {
  for (const thrown of [new Error('x'), 'x', undefined, null, 5, Symbol.iterator, {}]) {
    const bad = {
      toString() {
        throw thrown
      },
    }
    for (const call of [
      () => backend.mbox_full(bad),
      () => backend.mbox_full('x', bad),
      () => backend.no_such_user(['x', bad]),
      () => backend.create(bad),
      () => backend.create(550, bad),
    ]) {
      let caught = 'nothing'
      try {
        call()
      } catch (error) {
        caught = error
      }
      assert.equal(caught, thrown)
    }
  }
})

// parse, lookup and statuses

test('parse of the backend returns the same properties as the class', () => {
  for (const text of [
    ...[
      '550 5.1.1 Who?',
      '550-5.7.26 one\r\n550 5.7.26 two',
      '421',
      '550 x\u010a\ty',
      '250 \u017f\0',
    ],
    ...['', 'x', '354 go on', '5', '550 5.1.1 \ud800', `451 ${'x'.repeat(5000)}`],
  ]) {
    const expected = DSN.parse(text)
    const result = backend.parse(text)
    assert.deepEqual(result, expected && { ...expected })
    assert.deepEqual(Object.keys(result ?? {}), Object.keys(expected ?? {}))
  }
  for (const value of [undefined, null, 550, {}, ['550 x'], new String('550 x'), Symbol('550 x')]) {
    assert.equal(backend.parse(value), null)
  }
})

test('lookup and statuses of the backend are the same as those of the class', () => {
  assert.deepEqual(backend.statuses(), DSN.statuses)
  const { lookup } = backend
  for (const record of DSN.statuses) {
    assert.deepEqual(lookup(record.status), record)
    assert.deepEqual(lookup(record.subject, record.detail), record)
  }
  const none = [
    ...[[], ['5.1.99'], [1], [1, '1'], [1, 1.5], [-1, 1], [65_537, 1], [null, 1], [{}, 1]],
    ...[
      [null, 0],
      [undefined, 0],
      [true, 1],
      [7n, 1],
      [[7], 1],
    ],
  ]
  for (const args of none) assert.equal(lookup(...args), undefined)
})
