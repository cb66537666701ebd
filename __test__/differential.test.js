'use strict'

// Protects parity: random calls of the class and of the binary return what haraka-dsn returns. A failure
// is shrunk to the shortest call.

const { strict: assert } = require('node:assert')
const fc = require('fast-check')
const { assertBareParity } = require('./support/bare-parity')
const { assertParity, difference, fail } = require('./support/parity')
const { callOf, names, isBinary } = require('./support/implementations')
const { test } = require('./support/runtime')
const { code, key, message, number, plainLines, text } = require('./support/values')

// The seed is fixed, so that an unrelated change cannot fail; `npm run fuzz` has a new one each time.
const { FUZZ_ROUNDS: rounds = 30, FUZZ_SEED: given = '1' } = process.env
const seed = given === 'new' ? undefined : Number(given)
const check = (runs, property) =>
  fc.assert(property, { seed, numRuns: runs * rounds, includeErrorInReport: true })

/** A call with some of these arguments: plugins omit trailing ones, but usually pass all of them. */
const callWith = (name, ...args) =>
  fc
    .tuple(name, fc.tuple(...args), fc.nat({ max: args.length + 4 }))
    .map(([called, list, count]) => [called, list.slice(0, count)])

const helper = fc.constantFrom(...names)

const anyCall = fc.oneof(
  { weight: 20, arbitrary: callWith(helper, message, code) },
  { weight: 10, arbitrary: callWith(fc.constant('create'), code, message, key, key) },
  { weight: 10, arbitrary: callWith(fc.constant('new DSN'), code, message, code, key, key) },
  { weight: 3, arbitrary: callWith(helper, plainLines, code) },
)

// Inspecting a result takes more time than everything else in a comparison, so only one run in ten does it.
const styles = fc.nat({ max: 9 }).map((chance) => (chance === 9 ? undefined : []))

test('any call behaves like the original for any arguments', () => {
  let taken = 0
  const compare = ([name, args], styles) => {
    const { original } = assertParity(name, args, callOf(name), styles)
    // The binary may refuse values that only the class converts; the WebAssembly module takes no messages.
    if (isBinary && name !== 'new DSN') taken += assertBareParity(name, args, original)
  }
  check(960, fc.property(anyCall, styles, compare))
  assert.ok(taken > 300 * rounds || !isBinary, `the binary took ${taken} calls`)
})

// Modifications of a result, or of the lines that were passed, must not affect any other result.
const ofResult = [
  ({ value: { reply } }) => Array.isArray(reply) && reply.splice(0, 1, 'changed', 'added'),
  ({ value }) => Object.assign(value, { reply: 'replaced', code: 999, cls: '9', default_msg: 'x' }),
  ({ value }) => delete value.sub,
  ({ value }) => Object.freeze(value),
  ({ value }) => Object.setPrototypeOf(value, null),
]
const ofArgument = ({ world: { args } }) =>
  Array.isArray(args[0]) && args[0].splice(0, 1, 'changed', 'added')

// Strings and numbers only: results of other values can change when these values change.
const plainCall = callWith(helper, fc.oneof(text, plainLines, fc.constant(undefined)), number)
const change = fc.constantFrom(() => {}, ofArgument, ...ofResult)
const steps = fc.array(fc.tuple(plainCall, change), { minLength: 1, maxLength: 8 })

test('results are independent of each other and of modifications by callers', () => {
  const meddle = (steps, styles) => {
    const untouched = []
    for (const [[name, args], change] of steps) {
      const pair = Object.values(assertParity(name, args, callOf(name), styles))
      if (!ofResult.includes(change)) untouched.push({ name, args, pair })
      pair.forEach(change)
    }
    for (const { name, args, pair } of untouched) {
      const found = difference(...pair, styles)
      if (found) fail(`${name}, compared later`, args, found)
    }
  }
  check(40, fc.property(steps, styles, meddle))
})
