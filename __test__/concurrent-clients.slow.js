'use strict'

// Protects concurrent sessions: a real Haraka with many clients at once. `npm run load` is the same on a
// larger scale.

const { test } = require('node:test')

const { compare } = require('../bench/load')
const { installExample } = require('../scripts/haraka/server')

test("concurrent clients get byte-identical replies to haraka-dsn's", async () => {
  await installExample()
  await compare({ clients: 20, recipients: 50 })
})
