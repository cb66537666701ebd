'use strict'

// Protects parity: random calls of the class and of the binary return what haraka-dsn returns. A failure
// is shrunk to the shortest call.

const { strict: assert } = require('node:assert')
const { count } = require('./support/compare')
const { test } = require('./support/test')
const { fuzz } = require('./support/fuzz')
const properties = require('./support/properties')

// The seed is fixed, so that an unrelated change cannot fail; `npm run fuzz` uses others.
const seed = 1
const rounds = Number(process.env.FUZZ_ROUNDS ?? 30)

for (const property of properties) {
  test(property.claim, () => {
    const endless = fuzz([property], seed)
    for (let round = 0; round < rounds; round++) endless.next()
  })
}

test('each round had at least a thousand calls', () => {
  assert.ok(count.calls >= rounds * 1000, `${count.calls} calls`)
})
