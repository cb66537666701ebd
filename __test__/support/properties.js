'use strict'

const { strict: assert } = require('node:assert')
const fc = require('fast-check')
const { assertBareParity } = require('./bare')
const calls = require('./calls')
const { assertParity, assertSame, callLabel, observe } = require('./compare')
const { convertsOnce } = require('./engine')
const { constant } = require('./recipe')
const { ours, original } = require('./subjects')
const values = require('./values')

// What must hold for random calls, of the class and of the binary by itself. Each property has the
// arbitraries of one run, the function that makes the run and returns how many calls it compared, and
// the number of runs in a round.

// Plugins leave arguments out, from the end. More often than not there are all of them.
const upTo = (...recipes) =>
  fc
    .tuple(fc.tuple(...recipes), fc.integer({ min: 0, max: recipes.length + 4 }))
    .map(([list, count]) => list.slice(0, count))

const { construct, create, helper } = calls
const ofOurs = [calls.OLD_SPELLINGS, calls.additions].flatMap(Object.keys)
const anyHelper = fc.constantFrom(...calls.helpers, ...ofOurs)

// To show a result costs more than all the rest of a comparison, and a few times will do.
const options = fc.oneof(
  { weight: 9, arbitrary: fc.constant({ inspect: [] }) },
  { weight: 1, arbitrary: fc.constant({}) },
)

const one = (name, args, call, how) => {
  assertParity(name, args, call, how)
  return 1
}

/** The same call of the class and of the binary, which may refuse what only the class converts. */
const both = (name, args, call, how) => {
  const { original: theirs } = assertParity(name, args, call, how)
  return convertsOnce ? 1 + assertBareParity(name, args, theirs) : 1
}

// What callers do to a result, or to the lines they passed, must not be seen in any other result.
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
  'take the prototype away': ({ value }) => Object.setPrototypeOf(value, null),
  'change the message that was passed': ({ world }) => {
    if (Array.isArray(world.args[0])) world.args[0].splice(0, 1, 'changed', 'added')
  },
}

// Texts and numbers only: what came of other values changes with these values.
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
    const later = () => `${label()}, seen later`
    assertSame(a, b, later, how)
    if (String(a.value) !== reply) assert.equal(String(a.value), reply, later())
  }
  return steps.length
}

module.exports = [
  {
    claim: 'any helper answers like the original, whatever it is given',
    runs: 400,
    arbitraries: [anyHelper, upTo(values.message, values.code)],
    compare: (name, args, how) => both(name, args, helper(name), how),
  },
  {
    claim: 'create answers like the original, whatever it is given',
    runs: 200,
    arbitraries: [upTo(values.code, values.message, values.key, values.key)],
    compare: (args, how) => both('create', args, create, how),
  },
  {
    claim: 'new DSN answers like the original, whatever it is given',
    runs: 200,
    arbitraries: [upTo(values.code, values.message, values.code, values.key, values.key)],
    compare: (args, how) => one('new DSN', args, construct, how),
  },
  {
    claim: 'several lines are several replies of the original, whatever their text',
    runs: 60,
    arbitraries: [anyHelper, values.plainLines, fc.option(values.code)],
    compare: (name, lines, code, how) =>
      both(name, code ? [lines, code] : [lines], helper(name), how),
  },
  {
    claim: 'results are independent of each other, and of what callers do to them',
    runs: 40,
    arbitraries: [fc.array(step, { minLength: 1, maxLength: 8 })],
    compare: meddle,
  },
].map((property) => ({ ...property, arbitraries: [...property.arbitraries, options] }))
