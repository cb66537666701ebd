'use strict'

const vm = require('node:vm')
const fc = require('fast-check')
const { cleanReply } = require('./control')
const { Recipe, constant, quoted } = require('./recipe')

// Objects whose string conversion returns anything, throws anything, differs the next time, modifies the
// array that contains the object, or calls the implementation again.

const foreign = vm.runInNewContext(`({
  array: (...items) => [...items],
  string: (text) => new String(text),
  error: (text) => new TypeError(text),
  object: () => ({}),
  withoutPrototype: () => { function Target() {}; Target.prototype = null; return Target },
})`)

const answers = ['', '550', '421 x', '450', 'ok', 'a\r\nb', '7', '1', '0', 'length', 'lone \ud800']
  .concat([550, 1, 0, -0, NaN, 450n, true, false, null, undefined])
  .concat([Symbol('an answer\n'), Symbol.iterator])
  .map((value) => ({ label: quoted(value), act: () => value }))

const objectAnswers = [
  { label: 'an object', act: () => ({}) },
  { label: 'an array', act: () => [] },
  { label: 'a function', act: () => () => {} },
]

const raise = (label, make) => ({
  label: `throw ${label}`,
  act(world) {
    const value = make(world)
    if (Object(value) === value) world.name(`thrown ${label}`, value)
    throw value
  },
})

const exceptions = [
  raise('an Error', () => new Error('an error of the caller')),
  raise('a TypeError', () => new TypeError('Cannot convert a Symbol value to a string')),
  raise('a frozen object', () => Object.freeze({ code: 550 })),
  raise('a function', () => () => {}),
  raise('an error of another realm', () => foreign.error('from elsewhere')),
  raise('a DSN', ({ DSN }) => DSN.mbox_full('thrown')),
  ...['a string', '', undefined, null, 0, NaN, 450n, Symbol.iterator].map((value) =>
    raise(quoted(value), () => value),
  ),
]

const reenter = (label, call) => ({
  label,
  act(world) {
    // The call may convert the same object again: limit the recursion.
    if (world.depth >= 2) return 'deep enough'
    world.depth += 1
    try {
      const lines = [cleanReply(call(world).reply)].flat()
      world.log(`inner result: ${JSON.stringify(lines)}`)
      return lines.join('\n')
    } finally {
      world.depth -= 1
    }
  },
})

const reentries = [
  reenter('call a helper', ({ DSN }) => DSN.mbox_full('inner', 452)),
  reenter('call a helper with lines', ({ DSN }) => DSN.sec_unauthorized(['one', 'two'], '554')),
  reenter('call create', ({ DSN }) => DSN.create('250', 'inner', 1, 5)),
  reenter('call new', ({ DSN }) => new DSN(undefined, 'inner', 550, 7, 1)),
  reenter('call a helper with itself', ({ DSN, args }) => DSN.no_such_user(args[0], args[1])),
  reenter('call create with itself', ({ DSN, args }) => DSN.create(...args)),
]

const change = (label, edit) => ({
  label,
  act(world) {
    if (world.array) edit(world.array)
    return label
  },
})

const changes = [
  change('empty the array', (array) => {
    array.length = 0
  }),
  change('shrink the array', (array) => {
    array.length -= array.length > 1
  }),
  change('grow the array', (array) => {
    // Limited, or reading the array while it grows would never end.
    if (array.length < 20) array.push('a late line')
  }),
  change('change the last line', (array) => {
    array[array.length - 1] = 'a changed\nline'
  }),
  change('replace map', (array) => {
    array.map = () => ['a replaced map']
  }),
  change('put a getter on the array', (array) => {
    Object.defineProperty(array, 1, { get: () => 'from a getter', configurable: true })
  }),
]

const METHODS = ['toString', 'valueOf', Symbol.toPrimitive]

// An object with the given methods, which perform the actions in turn; the last one is repeated.
function coercible(methods, actions, prototype = Object.prototype) {
  const label = () => {
    const names = methods.map((method) => String(method).replace('Symbol(Symbol.', '@@'))
    return `{ ${names.join(', ').replace(')', '')}: ${actions.map((a) => a.label).join(', then ')} }`
  }
  return new Recipe(label, (world) => {
    const name = world.next('object')
    const object = Object.create(prototype)
    let calls = 0
    for (const method of methods) {
      object[method] = function answer(...args) {
        world.log(
          `${name}.${String(method)}(${args.map(String)})${this === object ? '' : ' of another'}`,
        )
        const action = actions[Math.min(calls, actions.length - 1)]
        calls += 1
        return action.act(world)
      }
    }
    return object
  })
}

const action = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...answers) },
  { weight: 2, arbitrary: fc.constantFrom(...changes) },
  { weight: 2, arbitrary: fc.constantFrom(...reentries) },
  { weight: 2, arbitrary: fc.constantFrom(...exceptions) },
  { weight: 1, arbitrary: fc.constantFrom(...objectAnswers) },
)

const anyCoercible = fc
  .tuple(
    fc.oneof(
      fc.constant(['toString']),
      fc.uniqueArray(fc.constantFrom(...METHODS), { minLength: 1 }),
    ),
    fc.array(action, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(Object.prototype, Object.prototype, null),
  )
  .map(([methods, actions, prototype]) => coercible(methods, actions, prototype))

const actions = [...answers, ...objectAnswers, ...exceptions, ...reentries, ...changes]
const by = Object.fromEntries(actions.map((a) => [a.label, a]))

const coercibles = [
  ...actions.map((a) => coercible(['toString'], [a])),
  ...actions.filter((_, i) => i % 4 === 0).map((a) => coercible(METHODS, [a])),
  coercible(['toString', 'valueOf'], [by['an object'], by['"ok"']]),
  coercible(['toString', 'valueOf'], [by['an object'], by['throw an Error']]),
  coercible(['valueOf'], [by['"ok"']]),
  coercible(['valueOf'], [by['"ok"']], null),
  coercible([Symbol.toPrimitive], [by['an object']]),
  // The code is converted twice: to check its form, and to read its first character.
  coercible(['toString'], [by['"550"'], by['"421 x"']]),
  coercible(['toString'], [by['"550"'], by['"ok"']]),
  coercible(['toString'], [by['"550"'], by['""']]),
  coercible(['toString'], [by['"550"'], by['throw an Error']]),
  coercible(['toString'], [by['"7"'], by['"1"'], by['"0"'], by['"550"']]),
  constant(
    Object.freeze({ toString: null, valueOf: null }),
    'an object that cannot be converted to a string',
  ),
  constant(
    Object.freeze({ [Symbol.toPrimitive]: 1 }),
    'an object with a broken Symbol.toPrimitive',
  ),
  new Recipe('an object whose toString is a getter', (world) => {
    const name = world.next('object')
    return {
      get toString() {
        world.log(`get ${name}.toString`)
        return () => '550 by a getter'
      },
    }
  }),
  new Recipe('an object whose toString getter throws', () => ({
    get toString() {
      throw 'no string'
    },
  })),
]

module.exports = { anyCoercible, changes, coercible, coercibles, foreign }
