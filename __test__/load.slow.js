'use strict'

// Protects concurrent sessions: a real Haraka with many clients at once. `npm run load` is the same on a
// larger scale.

const assert = require('node:assert/strict')
const { before, test } = require('node:test')

const { packages, round } = require('../bench/load/round')
const { installExample } = require('../scripts/haraka/server')

before(() => installExample())

for (const name of Object.keys(packages)) {
  test(`concurrent clients get byte-identical replies to haraka-dsn's: ${name}`, async () => {
    const { problems } = await round(name, { clients: 20, recipients: 1000 })
    assert.deepEqual(problems, [])
  })
}
