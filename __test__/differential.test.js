'use strict'

// Protects parity: random calls of the class and of the binary return what haraka-dsn returns. A failure
// is shrunk to the shortest call.

const { strict: assert } = require('node:assert')
const fc = require('fast-check')
const { count } = require('./support/compare')
const properties = require('./support/properties')
const { test } = require('./support/test')

// The seed is fixed, so that an unrelated change cannot fail; `npm run fuzz` has a new one each time.
const { FUZZ_ROUNDS: rounds = 30, FUZZ_SEED: given = '1' } = process.env
const seed = given === 'new' ? undefined : Number(given)

for (const { claim, runs, property } of properties) {
  test(claim, () => {
    fc.assert(property, { seed, numRuns: runs * rounds, includeErrorInReport: true })
  })
}

test('each round had at least a thousand calls', () => {
  assert.ok(count.calls >= rounds * 1000, `${count.calls} calls`)
})
