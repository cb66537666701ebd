'use strict'

// Protects the speed and the memory of a mail server: the class asks the core once for what all
// replies of one kind share, and keeps a bounded number of statuses that are not registered.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const backend = require('../binding')
const { freshClass } = require('./support/fresh')

/** A class, and how often it has called each function of its backend that makes finished objects. */
function counted() {
  const calls = {}
  const counting = { ...backend }
  for (const [name, value] of Object.entries(backend)) {
    if (typeof value !== 'function') continue
    counting[name] = (...args) => {
      calls[name] = (calls[name] ?? 0) + 1
      return value(...args)
    }
  }
  return { DSN: freshClass(counting), calls }
}

const twice = (call) => [call(), call()]

test('the core is asked for nothing before it is needed', () => {
  assert.deepEqual(counted().calls, {})
})

test('the core is asked once for each helper and each class of it', () => {
  const { DSN, calls } = counted()
  twice(() => DSN.no_such_user())
  twice(() => DSN.no_such_user('x'))
  assert.deepEqual(calls, { no_such_user: 1 })
  for (const [code, expected] of [
    [550, 2],
    [599, 2],
    ['451', 3],
    [250, 4],
    [450, 4],
  ]) {
    twice(() => DSN.no_such_user('x', code))
    assert.deepEqual(calls, { no_such_user: expected }, `${code}`)
  }
  twice(() => DSN.no_such_user(Symbol('x'), 5501))
  assert.equal(calls.no_such_user, 4)
})

test('the core is asked once for each registered status in each class', () => {
  const { DSN, calls } = counted()
  for (const [call, expected] of [
    [() => DSN.create(550, 'x', 1, 1), 1],
    [() => DSN.create('551', '', 1, 1), 1],
    [() => new DSN(550, 'x', 450, 1, 1), 1],
    [() => new DSN(undefined, 'x', 550, 1, 1), 1],
    [() => DSN.create(450, 'x', 1, 1), 2],
    [() => DSN.create(undefined, 'x', 1, 1), 2],
    [() => new DSN(550, 'x', 450, 7, 1), 3],
  ]) {
    twice(call)
    assert.deepEqual(calls, { create: expected }, `${call}`)
  }
})

test('the core is asked once for each of 256 statuses that are not registered, then anew', () => {
  const { DSN, calls } = counted()
  const create = (detail) => twice(() => DSN.create(550, 'x', 9, detail))
  for (let detail = 100; detail < 356; detail++) create(detail)
  assert.deepEqual(calls, { create: 256 })
  for (let detail = 100; detail < 356; detail++) create(detail)
  assert.deepEqual(calls, { create: 256 }, 'they are kept')
  create(356)
  assert.deepEqual(calls, { create: 257 })
  create(100)
  assert.deepEqual(calls, { create: 258 }, 'they are forgotten')
})

test('the core is asked once for the registry, and once for the texts that conversions need', () => {
  const { DSN, calls } = counted()
  twice(() => DSN.lookup('5.1.99'))
  assert.deepEqual(calls, {})
  twice(() => DSN.statuses)
  twice(() => DSN.lookup('5.1.1'))
  assert.deepEqual(calls, { statuses: 1 })
  twice(() => DSN.create(550, 'x', '1', '1'))
  assert.deepEqual(calls, { statuses: 2 })
})

test('a message is stripped once, in native code, and lines that are clean are stripped together', () => {
  const stripped = []
  const strip_controls = (text) => {
    stripped.push(text)
    return backend.rules.strip_controls(text)
  }
  const DSN = freshClass({ ...backend, rules: { ...backend.rules, strip_controls } })
  const strippedBy = (call) => {
    call()
    return stripped.splice(0)
  }
  for (const [call, expected] of [
    [() => DSN.mbox_full(), []],
    [() => DSN.mbox_full('a\n', 452), []],
    [() => DSN.create(550, 'a\n', 9, 9), []],
    [() => new DSN(550, 'a', 450, 7, 1), []],
    [() => DSN.mbox_full(true), ['true']],
    [() => DSN.mbox_full(['a', 'b']), ['ab']],
    [() => DSN.mbox_full(['a', 'b\n']), ['ab\n', '4.2.2 a', '4.2.2 b\n']],
    [() => DSN.mbox_full(['x'.repeat(2048), 'b']), ['x'.repeat(2048), 'b']],
  ]) {
    assert.deepEqual(strippedBy(call), expected, `${call}`)
  }
})

test('the default texts that conversions need are collected once', () => {
  let reads = 0
  const watched = (record) =>
    Object.defineProperty({ ...record }, 'subject', {
      get() {
        reads++
        return record.subject
      },
    })
  const statuses = () => backend.statuses().map(watched)
  const DSN = freshClass({ ...backend, statuses })
  const convert = () => DSN.create(550, '', '1', '1').reply
  const expected = [convert(), reads]
  assert.ok(reads > 0)
  assert.deepEqual([convert(), reads], expected)
})
