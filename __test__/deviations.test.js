'use strict'

// Where this package deliberately differs from the original, in the order of the README. Control
// characters have tests of their own among those of parity, misspelt names among those of the guide.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const { ours, original } = require('./support/subjects')

test('the source text of a helper is that of a native function', () => {
  assert.match(String(ours.no_such_user), /^function [^{]*\{ \[native code\] \}$/)
})

test('new before a helper is a TypeError in other words', () => {
  assert.throws(() => new original.no_such_user(), /^TypeError: .* is not a constructor$/)
  assert.throws(() => new ours.no_such_user(), {
    name: 'TypeError',
    message: 'A helper of DSN is not a constructor',
  })
})

test('a helper can be the new.target of another constructor', () => {
  assert.throws(() => Reflect.construct(Object, [], original.no_such_user), TypeError)
  assert.equal(typeof Reflect.construct(Object, [], ours.no_such_user), 'object')
})

test('accessors on Object.prototype do not change replies', (t) => {
  const answer = ours.mbox_full('x').reply
  t.after(() => delete Object.prototype.code)
  Object.defineProperty(Object.prototype, 'code', {
    get: () => 250,
    set() {},
    configurable: true,
  })
  assert.equal(original.mbox_full('x').reply, '2.2.2 x')
  assert.equal(ours.mbox_full('x').reply, answer)
})
