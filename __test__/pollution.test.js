'use strict'

// Protects replies and accessors from patched built-ins where haraka-dsn has nothing that they could
// reach: the caches of the class, and the descriptors that it uses. hostile-process.slow.js compares the
// others.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const DSN = require('..')
const backend = require('../binding')
const makeClass = require('../lib/class')
const { pollutions } = require('./support/pollutions')

test('integer keys on Object.prototype do not interfere with internal caches', (t) => {
  const calls = [
    ...[2, 4, 5].map((cls) => (DSN) => DSN.mbox_full('x', cls * 100 + 50)),
    ...[2, 4, 5].map((cls) => (DSN) => DSN.create(cls * 100 + 50, 'x', 7, 1)),
    ...[2, 4, 5].map((cls) => (DSN) => DSN.create(cls * 100 + 50, 'x', 9, 99)),
    (DSN) => new DSN(550, 'x', 450, 0, 0),
    (DSN) => new DSN(550, 'x', 450, 7, 30),
  ]
  const resultsOf = (DSN) => calls.map((call) => ({ ...call(DSN) }))
  const results = (DSN) => {
    const first = resultsOf(DSN)
    // More than the class keeps.
    for (let detail = 100; detail < 400; detail++) DSN.create(550, 'x', 9, detail)
    return [first, resultsOf(DSN)]
  }
  const expected = results(DSN)
  const keys = [...Array(300).keys(), ...[2, 4, 5].map((cls) => cls * 1_000_000 + 9099)]
  t.after(() => {
    for (const key of keys) delete Object.prototype[key]
  })
  for (const key of keys) Object.prototype[key] = { code: 250, reply: 'polluted', prefix: '' }
  assert.deepEqual(results(makeClass(backend)), expected)
})

test('no patched built-in interferes with an assignment to an accessor', () => {
  for (const [name, pollute] of Object.entries(pollutions)) {
    const dsn = DSN.mbox_full()
    const undo = pollute()
    let thrown
    try {
      dsn.status = 'mine'
    } catch (error) {
      thrown = error
    }
    undo()
    assert.equal(thrown, undefined, name)
    assert.equal(dsn.status, 'mine', name)
  }
})

test('descriptors inherit nothing from Object.prototype when the class is made and first used', (t) => {
  const call = (Class) => ({ ...Class.create('450', '', '1', '1') })
  const expected = call(DSN)
  t.after(() => {
    delete Object.prototype.get
  })
  Object.prototype.get = 'polluted'
  const result = call(makeClass(backend))
  delete Object.prototype.get
  assert.deepEqual(result, expected)
})
