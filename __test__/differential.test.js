'use strict'

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { fuzz } = require('./support/fuzz')
const properties = require('./support/properties')

// Random calls, run on both implementations. A failure names the shortest call that shows it. The
// seed is fixed, so that no unrelated change fails; `npm run fuzz` takes others.
const seed = 1
const rounds = 200

let calls = 0

for (const property of properties) {
  test(property.claim, () => {
    const endless = fuzz([property], seed)
    for (let round = 0; round < rounds; round++) calls += endless.next().value.calls
  })
}

test('these were two hundred thousand calls', () => {
  assert.ok(calls >= 200_000, `${calls} calls`)
})
