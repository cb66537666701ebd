'use strict'

// A real Haraka with many clients at once. `npm run load` does the same on a larger scale.

const assert = require('node:assert/strict')
const { before, test } = require('node:test')

const { installExample, isInstalled } = require('../scripts/haraka/installation')
const { packages, round } = require('../scripts/load-test/round')

before(() => isInstalled() || installExample())

for (const who of Object.keys(packages)) {
  test(`clients at the same time get the bytes of haraka-dsn's replies: ${who}`, async () => {
    const { problems } = await round(who, { clients: 20, recipients: 1000 })
    assert.deepEqual(problems, [])
  })
}
