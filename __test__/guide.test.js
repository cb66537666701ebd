'use strict'

const { strict: assert } = require('node:assert')
const { test } = require('./support/test')
const guide = require('./data/guide.json')
const { ours: DSN, original } = require('./support/subjects')

// The table that plugin authors copied from: function, default code, status and default text. Taken as
// it was printed, but for `sender"s`, which is `sender's`.

// The guide says 220, which is the code of the greeting. The original always answered 250.
const CODES_THE_GUIDE_HAS_WRONG = { addr_rcpt_ok: 250 }

test('the guide has 54 functions, each of its own name', () => {
  assert.equal(guide.length, 54)
  assert.equal(new Set(guide.map(({ name }) => name)).size, 54)
})

for (const { name, code, status, text } of guide) {
  const expected = CODES_THE_GUIDE_HAS_WRONG[name] ?? code

  test(`${name} gives ${expected} ${status} ${text}`, () => {
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

test('addr_rcpt_ok gives 250, as the original does, and not the 220 of the guide', () => {
  assert.equal(guide.find(({ name }) => name === 'addr_rcpt_ok').code, 220)
  assert.equal(original.addr_rcpt_ok().code, 250)
  assert.equal(DSN.addr_rcpt_ok().code, 250)
  assert.equal(DSN.addr_rcpt_ok('fine', 220).code, 220)
})
