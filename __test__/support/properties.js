'use strict'

// Properties of random calls, of the class and of the binary without it, with the number of runs in a round.

const { strict: assert } = require('node:assert')
const fc = require('fast-check')
const { isBinary } = require('./backend')
const { assertBareParity } = require('./bare')
const calls = require('./calls')
const { assertParity, assertSame, callLabel, observe } = require('./compare')
const { constant } = require('./recipe')
const { ours, original } = require('./subjects')
const values = require('./values')

// Plugins omit trailing arguments, but usually pass all of them.
const upTo = (...recipes) =>
  fc
    .tuple(fc.tuple(...recipes), fc.integer({ min: 0, max: recipes.length + 4 }))
    .map(([list, count]) => list.slice(0, count))

const { construct, create, helper } = calls
const onlyOurs = [calls.OLD_SPELLINGS, calls.additions].flatMap(Object.keys)
const anyHelper = fc.constantFrom(...calls.helpers, ...onlyOurs)

// Inspecting a result takes more time than everything else in a comparison, so only one run in ten does it.
const options = fc.nat({ max: 9 }).map((chance) => (chance === 9 ? {} : { inspect: [] }))

/** The same call of the class and of the binary, which may refuse values that only the class converts. */
function compareBoth(name, args, call, how) {
  const { original: theirs } = assertParity(name, args, call, how)
  // The functions of the WebAssembly module take no messages.
  if (isBinary) assertBareParity(name, args, theirs)
}

const compareHelper = (name, args, how) => compareBoth(name, args, helper(name), how)

const CHANGE_ARGUMENT = 'change the message that was passed'

const overwrite =
  (properties) =>
  ({ value }) =>
    Object.assign(value, properties)

// Modifications of a result, or of the lines that were passed, must not affect any other result.
const MEDDLING = {
  'add a line to the reply': ({ value }) => Array.isArray(value.reply) && value.reply.push('added'),
  'change the first line': ({ value }) => Array.isArray(value.reply) && value.reply.fill('x', 0, 1),
  'replace the reply': overwrite({ reply: 'replaced' }),
  'delete a property': ({ value }) => delete value.sub,
  'change the code': overwrite({ code: 999, cls: '9' }),
  'change the default text': overwrite({ default_msg: 'changed' }),
  'freeze the result': ({ value }) => Object.freeze(value),
  'remove the prototype': ({ value }) => Object.setPrototypeOf(value, null),
  [CHANGE_ARGUMENT]: ({ world: { args } }) =>
    Array.isArray(args[0]) && args[0].splice(0, 1, 'changed', 'added'),
}

// Strings and numbers only: results of other values can change when these values change.
const plain = fc.oneof(values.text, values.plainLines, fc.constant(constant(undefined)))
const steps = fc.array(
  fc.record({
    name: anyHelper,
    args: upTo(plain, values.number),
    meddling: fc.option(fc.constantFrom(...Object.keys(MEDDLING))),
  }),
  { minLength: 1, maxLength: 8 },
)

function meddle(steps, how) {
  const untouched = []
  for (const { name, args, meddling } of steps) {
    const label = () => callLabel(name, args)
    const pair = [ours, original].map((DSN) => observe(DSN, args, helper(name)))
    assertSame(...pair, label, how)
    if (meddling === null || meddling === CHANGE_ARGUMENT)
      untouched.push({ pair, label, reply: String(pair[0].value) })
    if (meddling !== null) pair.forEach(MEDDLING[meddling])
  }
  for (const { pair, label, reply } of untouched) {
    const later = () => `${label()}, compared later`
    assertSame(...pair, later, how)
    if (String(pair[0].value) !== reply) assert.equal(String(pair[0].value), reply, later())
  }
}

module.exports = [
  {
    claim: 'any helper behaves like the original for any arguments',
    runs: 400,
    property: fc.property(anyHelper, upTo(values.message, values.code), options, compareHelper),
  },
  {
    claim: 'create behaves like the original for any arguments',
    runs: 200,
    property: fc.property(
      upTo(values.code, values.message, values.key, values.key),
      options,
      (args, how) => compareBoth('create', args, create, how),
    ),
  },
  {
    claim: 'new DSN behaves like the original for any arguments',
    runs: 200,
    property: fc.property(
      upTo(values.code, values.message, values.code, values.key, values.key),
      options,
      (args, how) => void assertParity('new DSN', args, construct, how),
    ),
  },
  {
    claim: 'several lines of any text give the same reply as the original',
    runs: 60,
    property: fc.property(anyHelper, upTo(values.plainLines, values.code), options, compareHelper),
  },
  {
    claim: 'results are independent of each other and of modifications by callers',
    runs: 40,
    property: fc.property(steps, options, meddle),
  },
]
