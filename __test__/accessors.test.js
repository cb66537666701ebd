'use strict'

// Protects the accessors that haraka-dsn does not have: their values, and that plugins can still use
// their names as properties.

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { inspect } = require('node:util')

const DSN = require('..')
const original = require('haraka-dsn')

const { ACCESSORS } = require('./support/implementations')

test('the prototype has four more accessors than the original', () => {
  const added = Reflect.ownKeys(DSN.prototype).filter(
    (key) => !Object.hasOwn(original.prototype, key),
  )
  assert.deepEqual(added, ACCESSORS)
  for (const name of ACCESSORS) {
    const { get, enumerable, configurable } = Object.getOwnPropertyDescriptor(DSN.prototype, name)
    assert.equal(typeof get, 'function')
    assert.deepEqual({ enumerable, configurable }, { enumerable: false, configurable: true })
  }
})

const valuesOf = (dsn) => ACCESSORS.map((name) => dsn[name])

test('status is the enhanced status code, and exactly one of the others is true', () => {
  assert.deepEqual(valuesOf(DSN.addr_rcpt_ok()), ['2.1.5', true, false, false])
  assert.deepEqual(valuesOf(DSN.mbox_full()), ['4.2.2', false, true, false])
  assert.deepEqual(valuesOf(DSN.no_such_user()), ['5.1.1', false, false, true])
  assert.deepEqual(valuesOf(DSN.create(421, 'x', 7, 500)), ['4.7.500', false, true, false])
  assert.deepEqual(valuesOf(DSN.parse('550 5.0.0 x')), ['5.0.0', false, false, true])
  assert.deepEqual(valuesOf(DSN.parse('550 x')), [null, false, false, true])
})

test('is_success, is_transient and is_permanent are false for an invalid class', () => {
  assert.deepEqual(valuesOf(new DSN(undefined, 'x', 354, 1, 1)), ['3.1.1', false, false, false])
  assert.deepEqual(valuesOf(new DSN(undefined, 'x', 'none', 1, 1)), [
    'NaN.1.1',
    false,
    false,
    false,
  ])
})

test('the accessors follow the fields', () => {
  const dsn = DSN.no_such_user()
  Object.assign(dsn, { cls: 4, sub: 7, det: 1 })
  assert.deepEqual(valuesOf(dsn), ['4.7.1', false, true, false])
  for (const cls of ['2', '4', '5']) {
    dsn.cls = cls
    assert.deepEqual(valuesOf(dsn), [`${cls}.7.1`, false, false, false], 'a class is a number')
  }
  // The class has 1 in place of the class of such a code.
  Object.assign(dsn, { code: 'abc', cls: 1 })
  assert.deepEqual(valuesOf(dsn), ['1.7.1', false, false, false])
})

test('a DSN of a reply without status has one as soon as it is given one', () => {
  for (const [name, status] of [
    ['sub', '5.1.0'],
    ['det', '5.0.1'],
  ]) {
    const dsn = DSN.parse('550 x')
    assert.equal(dsn.status, null)
    dsn[name] = 1
    assert.equal(dsn.status, status)
  }
})

test('the prototype itself has no status', () => {
  assert.deepEqual(valuesOf(DSN.prototype), [undefined, false, false, false])
  assert.deepEqual(valuesOf(Object.create(DSN.prototype)), [undefined, false, false, false])
})

test('a subclass inherits the accessors and can override them', () => {
  class Mine extends DSN {
    get status() {
      return `my ${super.status}`
    }
  }
  assert.equal(new Mine(550, 'x', 0, 1, 1).status, 'my 5.1.1')
  assert.equal(new Mine(550, 'x', 0, 1, 1).is_permanent, true)
})

test('own properties, JSON, copies and util.inspect are the same as the original', () => {
  const [a, b] = [DSN, original].map((Class) => Class.no_such_user('x'))
  assert.deepEqual(Reflect.ownKeys(a), Reflect.ownKeys(b))
  assert.equal(JSON.stringify(a), JSON.stringify(b))
  assert.deepEqual({ ...a }, { ...b })
  assert.deepEqual(structuredClone(a), structuredClone(b))
  for (const options of [{}, { depth: null }, { getters: true }]) {
    assert.equal(inspect(a, options), inspect(b, options))
  }
  // Accessors are shown only with showHidden.
  assert.match(inspect(a, { showHidden: true }), /\[status\]: \[Getter/)
  const seen = []
  for (const key in a) seen.push(key)
  assert.deepEqual(seen, Object.keys(b))
})

test('a plugin can still give a DSN properties of these names', () => {
  for (const name of ACCESSORS) {
    const [a, b] = [DSN, original].map((Class) => Class.no_such_user('x'))
    for (const dsn of [a, b]) dsn[name] = 'mine'
    assert.equal(a[name], 'mine')
    assert.deepEqual(
      Object.getOwnPropertyDescriptor(a, name),
      Object.getOwnPropertyDescriptor(b, name),
    )
    assert.equal(JSON.stringify(a), JSON.stringify(b))
    assert.equal(typeof Object.getOwnPropertyDescriptor(DSN.prototype, name).get, 'function')

    class Mine extends DSN {
      constructor() {
        super()
        this[name] = 'mine'
      }
    }
    assert.equal(new Mine()[name], 'mine')
  }
})
