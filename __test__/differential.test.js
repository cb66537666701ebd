'use strict'

const { strict: assert } = require('node:assert')
const { test } = require('./support/test')
const { convertsOnce } = require('./support/engine')
const { fuzz } = require('./support/fuzz')
const properties = require('./support/properties')

// Random calls of the class and of the binary by itself give what haraka-dsn gives. A failure names the
// shortest call that shows it. The seed is fixed, so that no unrelated change fails; `npm run fuzz`
// takes others.
const seed = 1
const rounds = Number(process.env.FUZZ_ROUNDS ?? 30)

let calls = 0

for (const property of properties) {
  test(property.claim, () => {
    const endless = fuzz([property], seed)
    for (let round = 0; round < rounds; round++) calls += endless.next().value.calls
  })
}

test('these were a thousand calls a round or more', () => {
  assert.ok(calls >= rounds * (convertsOnce ? 1500 : 1000), `${calls} calls`)
})
