'use strict'

// Protects parity: random calls of the class and of the binary return what haraka-dsn returns. A failure
// is shrunk to the shortest call.

const fc = require('fast-check')
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
