'use strict'

const fc = require('fast-check')
const { stripReply } = require('./control-characters')
const { foreign, throwing, withGetter } = require('./exotic-objects')
const { make } = require('./blueprint')

// Objects whose string conversion returns anything, throws anything, differs the next time, modifies the
// array that contains the object, or calls the implementation again. A blueprint says what it does.

const answers = [
  ...['', '550', '421 x', '450', 'ok', 'a\r\nb', '7', '1', '0', 'length', 'lone \ud800'],
  ...[550, 1, 0, -0, NaN, 450n, true, false, null, undefined],
  ...[Symbol('an answer\n'), Symbol.iterator, () => ({}), () => [], () => () => {}],
]

const exceptions = [
  ...[() => new Error('an error of the caller'), () => Object.freeze({ code: 550 })],
  () => new TypeError('Cannot convert a Symbol value to a string'),
  ...[() => () => {}, () => foreign.error('from elsewhere'), ({ DSN }) => DSN.mbox_full('thrown')],
  ...['a string', '', undefined, null, 0, NaN, 450n, Symbol.iterator],
].map(
  (exception) => (world) => throwing(world.name(world.next('thrown'), make(exception, world)))(),
)

const reentries = [
  ({ DSN }) => DSN.mbox_full('inner', 452),
  ({ DSN }) => DSN.sec_unauthorized(['one', 'two'], '554'),
  ({ DSN }) => DSN.create('250', 'inner', 1, 5),
  ({ DSN }) => new DSN(undefined, 'inner', 550, 7, 1),
  ({ DSN, args }) => DSN.no_such_user(args[0], args[1]),
  ({ DSN, args }) => DSN.create(...args),
].map((call) => (world) => {
  // The call may convert the same object again: limit the recursion.
  world.reentries += 1
  if (world.reentries > 3) return 'often enough'
  const reply = stripReply(call(world).reply)
  world.log(`inner result: ${JSON.stringify(reply)}`)
  return [reply].flat().join('\n')
})

const changes = [
  (array) => Object.assign(array, { length: 0 }),
  (array) => array.length > 1 && array.pop(),
  // Limited, or reading the array while it grows would never end.
  (array) => array.length < 20 && array.push('a late line'),
  (array) => Object.assign(array, { [array.length - 1]: 'a changed\nline' }),
  (array) => Object.assign(array, { map: () => ['a replaced map'] }),
  (array) => withGetter(array, 1, () => 'from a getter'),
].map((change) => (world) => `changed ${world.array && typeof change(world.array)}`)

const METHODS = ['toString', 'valueOf', Symbol.toPrimitive]

/** An object with the given methods, which do this in turn, and the last of it again and again. */
function coercible(methods, actions, prototype = Object.prototype) {
  const label = actions.map(String).join(', then ').replace(/\s+/g, ' ') // what failures show
  return (world) => {
    const name = world.next('object')
    const object = Object.create(prototype)
    const left = [...actions]
    for (const method of methods) {
      const answer = {
        [label](...args) {
          const receiver = this === object ? '' : ' of another'
          world.log(`${name}.${String(method)}(${args})${receiver}`)
          return make(left.length > 1 ? left.shift() : left[0], world)
        },
      }
      object[method] = answer[label]
    }
    return object
  }
}

const actions = [...answers, ...exceptions, ...reentries, ...changes]

const groups = [answers, answers, changes, reentries, exceptions]
const action = fc.oneof(...groups.map((some) => fc.constantFrom(...some)))

const anyCoercible = fc
  .tuple(
    fc.oneof(fc.constant(['toString']), fc.shuffledSubarray(METHODS, { minLength: 1 })),
    fc.array(action, { minLength: 1, maxLength: 4 }),
    fc.constantFrom(Object.prototype, Object.prototype, null),
  )
  .map((args) => coercible(...args))

const [object, coded, error] = [() => ({}), () => '550 by a getter', exceptions[0]]

const coercibles = [
  ...actions.map((each) => coercible(['toString'], [each])),
  ...actions.filter((_, i) => i % 4 === 0).map((each) => coercible(METHODS, [each])),
  ...['ok', error].map((each) => coercible(['toString', 'valueOf'], [object, each])),
  ...[Object.prototype, null].map((prototype) => coercible(['valueOf'], ['ok'], prototype)),
  coercible([Symbol.toPrimitive], [object]),
  // The code is converted twice: to check its form, and to read its first character.
  ...['421 x', 'ok', '', error].map((second) => coercible(['toString'], ['550', second])),
  coercible(['toString'], ['7', '1', '0', '550']),
  ...[Object.freeze({ toString: null, valueOf: null }), Object.freeze({ [Symbol.toPrimitive]: 1 })],
  (world) => withGetter({}, 'toString', world.logging('get toString', coded)),
  () => withGetter({}, 'toString', throwing('no string')),
]

module.exports = { anyCoercible, changes, coercible, coercibles }
