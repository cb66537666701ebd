'use strict'

const { strict: assert } = require('node:assert')
const { test } = require('./support/test')
const fc = require('fast-check')
const { construct, create, helper, helpers, OLD_SPELLINGS } = require('./support/calls')
const { assertParity, assertSame, callLabel, observe } = require('./support/compare')
const { constant } = require('./support/recipe')
const { ours, original } = require('./support/subjects')
const values = require('./support/values')

// Random calls, run on both implementations. A failure names the shortest call that shows it; to see
// it again, set FC_SEED to the seed that was printed. FC_RUNS is the number of calls a test. The
// default seed is fixed, so that no unrelated change fails.
const seed = Number(process.env.FC_SEED ?? 1)
const runs = Number(process.env.FC_RUNS ?? 4000)

function check(t, numRuns, ...property) {
  t.diagnostic(`FC_SEED=${seed} FC_RUNS=${runs}`)
  fc.assert(fc.property(...property), { seed, numRuns, includeErrorInReport: true })
}

// Plugins leave arguments out, from the end. More often than not there are all of them.
const upTo = (...recipes) =>
  fc
    .tuple(fc.tuple(...recipes), fc.integer({ min: 0, max: recipes.length + 4 }))
    .map(([list, count]) => list.slice(0, count))

const anyHelper = fc.constantFrom(...helpers, ...Object.keys(OLD_SPELLINGS))

const helperArguments = upTo(values.message, values.code)
const createArguments = upTo(values.code, values.message, values.key, values.key)
const newArguments = upTo(values.code, values.message, values.code, values.key, values.key)

test('any helper answers like the original, whatever it is given', (t) => {
  check(t, runs, anyHelper, helperArguments, (name, args) => {
    assertParity(name, args, helper(name))
  })
})

test('create answers like the original, whatever it is given', (t) => {
  check(t, runs, createArguments, (args) => {
    assertParity('create', args, create)
  })
})

test('new DSN answers like the original, whatever it is given', (t) => {
  check(t, runs, newArguments, (args) => {
    assertParity('new DSN', args, construct)
  })
})

test('several lines are several replies of the original, whatever their text', (t) => {
  check(t, runs, anyHelper, values.plainLines, fc.option(values.code), (name, lines, code) => {
    assertParity(name, code ? [lines, code] : [lines], helper(name))
  })
})

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

test('results are independent of each other, and of what callers do to them', (t) => {
  check(t, runs / 4, fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
    const untouched = []
    for (const { name, args, meddling } of steps) {
      const label = callLabel(name, args)
      const [a, b] = [ours, original].map((DSN) => observe(DSN, args, helper(name)))
      assertSame(a, b, label)
      if (meddling === null || meddling === 'change the message that was passed') {
        untouched.push({ a, b, label, reply: String(a.value) })
      }
      if (meddling !== null) for (const observation of [a, b]) MEDDLING[meddling](observation)
    }
    for (const { a, b, label, reply } of untouched) {
      assertSame(a, b, `${label}, seen later`)
      assert.equal(String(a.value), reply, `${label}, seen later`)
    }
  })
})
