'use strict'

// Protects the difference between "this is no reply" and "this could not be read": only the first is null.

const assert = require('node:assert/strict')
const os = require('node:os')
const { test } = require('node:test')

const DSN = require('..')

const REPLY = '550 5.1.1 gone\r\n'
const REPORT =
  'Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.1.1\n\n'

/** How near the end of the stack a call is tried. */
const FRAMES = 400

/** What a call does at each depth near the end of the stack: the values it returned, and the errors. */
function outcomesNearTheEnd(call) {
  const values = []
  const errors = []
  function descend() {
    try {
      descend()
    } catch {
      // Here the stack ends, and each frame that returns leaves a little more of it.
    }
    if (values.length + errors.length >= FRAMES) return
    try {
      values.push(call())
    } catch (error) {
      errors.push(error)
    }
  }
  descend()
  return { values, errors }
}

test('near the end of the stack, a reply or a report is read, or a RangeError is thrown', () => {
  for (const call of [
    () => DSN.parse(REPLY),
    () => DSN.parse([REPLY]),
    () => DSN.parse(Buffer.from(REPLY)),
    () => DSN.parse_report(REPORT),
    () => DSN.parse_report(Buffer.from(REPORT)),
  ]) {
    call()
    const { values, errors } = outcomesNearTheEnd(call)
    assert.ok(values.length > 0)
    assert.ok(errors.length > 0)
    assert.ok(!values.includes(null), String(call))
    for (const error of errors) assert.ok(error instanceof RangeError, error)
  }
})

test('an array whose lines together are too long for a string is a RangeError', () => {
  const long = 'x'.repeat(2 ** 28)
  assert.throws(() => DSN.parse([`550-${long}`, `550 ${long}`]), RangeError)
})

const isSmall = os.totalmem() < 4 * 2 ** 30 && 'needs 4 GB of memory'
const isWasm = DSN.backend === 'wasm' && 'the module has 1 GB of memory'

test('bytes have no limit of 512 MB', { skip: isSmall || isWasm }, () => {
  const bytes = Buffer.alloc(2 ** 29 + 2 ** 20, 'X-Y: z\n')
  bytes.write(REPORT)
  assert.equal(DSN.parse_report(bytes).recipients[0].final_recipient.address, 'anna@example.com')
})

test('exceptions of the caller, and other values, are null', () => {
  const thrown = new Error('thrown by the caller')
  const refuse = () => {
    throw thrown
  }
  const lines = Object.defineProperty(['550 x'], 0, { get: refuse })
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  for (const value of [
    lines,
    proxy,
    new Proxy(['550 x'], { get: refuse }),
    {},
    null,
    undefined,
    550,
  ]) {
    assert.equal(DSN.parse(value), null)
    assert.equal(DSN.parse_report(value), null)
  }
})
