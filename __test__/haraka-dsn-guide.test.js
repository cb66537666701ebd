'use strict'

// Protects the names, codes, statuses and texts in the guide that plugin authors copied from.

const { strict: assert } = require('node:assert')
const { test } = require('./support/runtime')
const guide = require('./data/guide.json')
const { ours: DSN, original } = require('./support/implementations')

// data/guide.json is the table of the guide: function, default code, status and default text, as printed
// except for `sender"s`, which is `sender's`.

// The guide has 220, the code of the greeting. The original has always replied with 250.
const WRONG_CODES_OF_THE_GUIDE = { addr_rcpt_ok: 250 }

test('the guide has 54 functions with different names', () => {
  assert.equal(guide.length, 54)
  assert.equal(new Set(guide.map(({ name }) => name)).size, 54)
})

for (const { name, code, status, text } of guide) {
  const expected = WRONG_CODES_OF_THE_GUIDE[name] ?? code

  test(`${name} replies with ${expected} ${status} ${text}`, () => {
    const dsn = DSN[name]()
    const [, sub, det] = status.split('.').map(Number)
    const cls = Number(String(expected)[0])
    assert.deepEqual(
      { code: dsn.code, cls: dsn.cls, sub: dsn.sub, det: dsn.det, reply: dsn.reply },
      { code: expected, cls, sub, det, reply: `${cls}.${sub}.${det} ${text}` },
    )
    assert.equal(String(dsn), dsn.reply)
  })
}

test('addr_rcpt_ok replies with 250, like the original, and not with 220, as in the guide', () => {
  assert.equal(guide.find(({ name }) => name === 'addr_rcpt_ok').code, 220)
  assert.equal(original.addr_rcpt_ok().code, 250)
  assert.equal(DSN.addr_rcpt_ok().code, 250)
  assert.equal(DSN.addr_rcpt_ok('fine', 220).code, 220)
})
