'use strict'

// Properties of random calls, of the class and of the binary without it, with the number of runs in a round.

const fc = require('fast-check')
const { assertBareParity } = require('./bare')
const { callOf, names } = require('./calls')
const { assertParity, difference, fail } = require('./compare')
const { isBinary } = require('./subjects')
const { code, key, message, number, plainLines, text } = require('./values')

/** A call with some of these arguments: plugins omit trailing ones, but usually pass all of them. */
const callWith = (name, ...args) =>
  fc
    .tuple(name, fc.tuple(...args), fc.integer({ min: 0, max: args.length + 4 }))
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

/** The same call of the class and of the binary, which may refuse values that only the class converts. */
function compare([name, args], styles) {
  const { original: theirs } = assertParity(name, args, callOf(name), styles)
  // The functions of the WebAssembly module take no messages.
  if (isBinary && name !== 'new DSN') assertBareParity(name, args, theirs)
}

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
const steps = fc.array(
  fc.record({
    call: callWith(helper, fc.oneof(text, plainLines, fc.constant(undefined)), number),
    change: fc.constantFrom(() => {}, ofArgument, ...ofResult),
  }),
  { minLength: 1, maxLength: 8 },
)

function meddle(steps, styles) {
  const untouched = []
  for (const { call, change } of steps) {
    const [name, args] = call
    const pair = Object.values(assertParity(name, args, callOf(name), styles))
    if (!ofResult.includes(change)) untouched.push({ name, args, pair })
    pair.forEach(change)
  }
  for (const { name, args, pair } of untouched) {
    const found = difference(...pair, styles)
    if (found) fail(`${name}, compared later`, args, found)
  }
}

module.exports = [
  {
    claim: 'any call behaves like the original for any arguments',
    runs: 960,
    property: fc.property(anyCall, styles, compare),
  },
  {
    claim: 'results are independent of each other and of modifications by callers',
    runs: 40,
    property: fc.property(steps, styles, meddle),
  },
]
