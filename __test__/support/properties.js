'use strict'

const { strict: assert } = require('node:assert')
const fc = require('fast-check')
const { isBinary } = require('./backend')
const { assertBareParity } = require('./bare')
const calls = require('./calls')
const { assertParity, assertSame, callLabel, observe } = require('./compare')
const { constant } = require('./recipe')
const { ours, original } = require('./subjects')
const values = require('./values')

// Properties of random calls, of the class and of the binary without it. Each has the arbitraries of a run,
// the function that makes the run and returns the number of compared calls, and the number of runs in a
// round.

// Plugins omit trailing arguments, but usually pass all of them.
const upTo = (...recipes) =>
  fc
    .tuple(fc.tuple(...recipes), fc.integer({ min: 0, max: recipes.length + 4 }))
    .map(([list, count]) => list.slice(0, count))

const { construct, create, helper } = calls
const onlyOurs = [calls.OLD_SPELLINGS, calls.additions].flatMap(Object.keys)
const anyHelper = fc.constantFrom(...calls.helpers, ...onlyOurs)

// Inspecting a result takes more time than everything else in a comparison, so only one run in ten does it.
const options = fc.oneof(
  { weight: 9, arbitrary: fc.constant({ inspect: [] }) },
  { weight: 1, arbitrary: fc.constant({}) },
)

const classOnly = (name, args, call, how) => {
  assertParity(name, args, call, how)
  return 1
}

/** The same call of the class and of the binary, which may refuse values that only the class converts. */
const classAndBinary = (name, args, call, how) => {
  const { original: theirs } = assertParity(name, args, call, how)
  // The functions of the WebAssembly module take no messages.
  return isBinary ? 1 + assertBareParity(name, args, theirs) : 1
}

// Modifications of a result, or of the lines that were passed, must not affect any other result.
const MEDDLING = {
  'add a line to the reply': ({ value }) => Array.isArray(value.reply) && value.reply.push('added'),
  'change the first line': ({ value }) => {
    if (Array.isArray(value.reply)) value.reply[0] = 'changed'
  },
  'replace the reply': ({ value }) => {
    value.reply = 'replaced'
  },
  'delete a property': ({ value }) => delete value.sub,
  'change the code': ({ value }) => {
    value.code = 999
    value.cls = '9'
  },
  'change the default text': ({ value }) => {
    value.default_msg = 'changed'
  },
  'freeze the result': ({ value }) => Object.freeze(value),
  'remove the prototype': ({ value }) => Object.setPrototypeOf(value, null),
  'change the message that was passed': ({ world }) => {
    if (Array.isArray(world.args[0])) world.args[0].splice(0, 1, 'changed', 'added')
  },
}

// Strings and numbers only: results of other values can change when these values change.
const plain = fc.oneof(
  { weight: 3, arbitrary: values.text },
  { weight: 2, arbitrary: values.plainLines },
  { weight: 1, arbitrary: fc.constant(constant(undefined)) },
)
const step = fc.record({
  name: anyHelper,
  args: upTo(plain, values.number),
  meddling: fc.option(fc.constantFrom(...Object.keys(MEDDLING))),
})

function meddle(steps, how) {
  const untouched = []
  for (const { name, args, meddling } of steps) {
    const label = () => callLabel(name, args)
    const [a, b] = [ours, original].map((DSN) => observe(DSN, args, helper(name)))
    assertSame(a, b, label, how)
    if (meddling === null || meddling === 'change the message that was passed') {
      untouched.push({ a, b, label, reply: String(a.value) })
    }
    if (meddling !== null) for (const observation of [a, b]) MEDDLING[meddling](observation)
  }
  for (const { a, b, label, reply } of untouched) {
    const later = () => `${label()}, compared later`
    assertSame(a, b, later, how)
    if (String(a.value) !== reply) assert.equal(String(a.value), reply, later())
  }
  return steps.length
}

module.exports = [
  {
    claim: 'any helper behaves like the original for any arguments',
    runs: 400,
    arbitraries: [anyHelper, upTo(values.message, values.code)],
    compare: (name, args, how) => classAndBinary(name, args, helper(name), how),
  },
  {
    claim: 'create behaves like the original for any arguments',
    runs: 200,
    arbitraries: [upTo(values.code, values.message, values.key, values.key)],
    compare: (args, how) => classAndBinary('create', args, create, how),
  },
  {
    claim: 'new DSN behaves like the original for any arguments',
    runs: 200,
    arbitraries: [upTo(values.code, values.message, values.code, values.key, values.key)],
    compare: (args, how) => classOnly('new DSN', args, construct, how),
  },
  {
    claim: 'several lines of any text give the same reply as the original',
    runs: 60,
    arbitraries: [anyHelper, values.plainLines, fc.option(values.code)],
    compare: (name, lines, code, how) =>
      classAndBinary(name, code ? [lines, code] : [lines], helper(name), how),
  },
  {
    claim: 'results are independent of each other and of modifications by callers',
    runs: 40,
    arbitraries: [fc.array(step, { minLength: 1, maxLength: 8 })],
    compare: meddle,
  },
].map((property) => ({ ...property, arbitraries: [...property.arbitraries, options] }))
