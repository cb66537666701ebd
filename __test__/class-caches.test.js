'use strict'

// Protects the speed and the memory of a mail server: the class asks the core once for what all replies
// of one kind share, keeps a bounded number of such rows, and checks each message once.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const original = require('haraka-dsn')

const backend = require('../binding')
const makeClass = require('../lib/class')

/** A class, and a function that returns how often it has called these functions of its backend. */
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
  const DSN = makeClass(counting)
  return { DSN, calls, count: (...names) => names.map((name) => calls[name] ?? 0) }
}

const twice = (call) => [call(), call()]

test('the core is asked for its constants only before more is needed', () => {
  assert.deepEqual(counted().calls, { constants: 1 })
})

test('the core is asked once for each helper and each class of it', () => {
  const { DSN, count } = counted()
  for (const [code, expected] of [
    ...[
      [undefined, 1],
      [null, 1],
      [550, 2],
      [599, 2],
      ['551', 2],
      ['451', 3],
      [250, 4],
      [450, 4],
    ],
    ...[
      [354, 4],
      ['x', 4],
      [5501, 4],
      ['250 x', 4],
    ],
  ]) {
    twice(() => DSN.no_such_user('x', code))
    twice(() => DSN.no_such_user(undefined, code))
    assert.deepEqual(count('no_such_user'), [expected], `${code}`)
  }
})

test('the core is asked once for the class of each code', () => {
  const { DSN, count } = counted()
  for (const [code, expected] of [
    [550, 1],
    ['550', 2],
    [1, 3],
  ]) {
    twice(() => DSN.mbox_full('x', code))
    assert.deepEqual(count('is_basic_code'), [expected], `${code}`)
  }
})

test('the core is asked once for each registered status in each class', () => {
  const { DSN, count } = counted()
  for (const [call, expected] of [
    [() => DSN.create(550, 'x', 1, 1), 1],
    [() => DSN.create('551', '', 1, 1), 1],
    [() => new DSN(550, 'x', 450, 1, 1), 1],
    [() => new DSN(undefined, 'x', 550, 1, 1), 1],
    [() => DSN.parse('550 5.1.1 x'), 1],
    [() => DSN.create(450, 'x', 1, 1), 2],
    [() => DSN.create(undefined, 'x', 1, 1), 2],
    [() => new DSN(550, 'x', 450, 7, 1), 3],
  ]) {
    twice(call)
    assert.deepEqual(count('create'), [expected], `${call}`)
  }
})

test('the core is asked once for all registered statuses in all classes', () => {
  const { DSN, count } = counted()
  const { statuses } = DSN
  twice(() => {
    for (const code of [250, 450, 550])
      for (const { subject, detail } of statuses) DSN.create(code, 'x', subject, detail)
  })
  assert.deepEqual(count('create'), [3 * statuses.length])
})

test('at most 1024 rows of statuses are kept', () => {
  const { DSN, count } = counted()
  const useAll = (subject) => {
    for (let detail = 0; detail < 1000; detail++) DSN.create(550, 'x', subject, detail)
  }
  twice(() => useAll(9))
  assert.deepEqual(count('create'), [1000])
  useAll(10)
  assert.deepEqual(count('create'), [2000])
  useAll(9)
  useAll(10)
  const [asked] = count('create')
  assert.ok(asked - 2000 >= 2000 - 1024, `asked ${asked - 2000} times for 2000 statuses`)
})

test('a row is kept for one status, whatever other numbers have its place', () => {
  const { DSN } = counted()
  const numbers = [1, 1.5, 33, 513, 1025, -1023, 2 ** 32 + 1, 1]
  for (const code of [250, 450, 550]) {
    for (const subject of numbers) {
      for (const detail of numbers) {
        const [ours, theirs] = [DSN, original].map((one) => one.create(code, 'x', subject, detail))
        assert.deepEqual({ ...ours }, { ...theirs })
      }
    }
  }
})

test('the core is asked once for each of 300 codes that are texts, then anew', () => {
  const { DSN, count } = counted()
  const use = (code) => twice(() => DSN.mbox_full('x', code))
  const codes = Array.from({ length: 400 }, (_, index) => `${index + 200}`)
  const basic = codes.filter((code) => code[0] !== '3')
  assert.equal(basic.length, 300)
  for (const round of [1, 2]) {
    for (const code of basic) use(code)
    assert.deepEqual(count('class_of'), [300], `round ${round}`)
  }
  // No other text of three characters can be a code and take its place.
  for (const code of ['354', '2xx', '4e2', '٤50', '   ']) use(code)
  assert.deepEqual(count('class_of', 'is_basic_code'), [300, 310])
})

test('the core is asked once for the registry, and for a status once by each name', () => {
  const { DSN, count } = counted()
  twice(() => DSN.lookup('5.1.99'))
  assert.deepEqual(count('statuses', 'lookup'), [0, 2])
  twice(() => DSN.statuses)
  twice(() => DSN.lookup('5.1.1'))
  twice(() => DSN.lookup(DSN.no_such_user()))
  assert.deepEqual(count('statuses', 'lookup'), [1, 4])
  twice(() => DSN.create(550, 'x', '1', '1'))
  assert.deepEqual(count('statuses'), [1])
})

test('each message but a number is checked by the core, and lines without control characters together', () => {
  const checked = []
  const strip_controls = (text) => {
    checked.push(text)
    return backend.strip_controls(text)
  }
  const DSN = makeClass({ ...backend, strip_controls })
  const checkedBy = (call) => {
    call()
    return checked.splice(0)
  }
  const long = 'x'.repeat(2047)
  for (const [call, expected] of [
    [() => DSN.mbox_full(), []],
    [() => DSN.mbox_full(5), []],
    [() => DSN.mbox_full('a', 452), ['a']],
    [() => DSN.mbox_full('a', '452 x'), ['a']],
    [() => DSN.create(550, 'a\n', 9, 9), ['a\n']],
    [() => new DSN(550, 'a', 450, 7, 1), ['a']],
    [() => new (class extends DSN {})(550, 'a'), ['a']],
    [() => DSN.mbox_full(true), ['true']],
    [() => DSN.mbox_full(new String('b')), ['b']],
    [() => DSN.mbox_full(['a', 'b']), ['ab']],
    [() => DSN.mbox_full(['a', 'b\n']), ['ab\n', '4.2.2 a', '4.2.2 b\n']],
    [() => DSN.mbox_full([long.slice(1), 'b']), ['b', long.slice(1)]],
    [() => DSN.mbox_full([long, 'b']), [long, 'b']],
    [() => DSN.create(550, ['a', 'b'], '1', 1), ['a', 'b']],
  ]) {
    assert.deepEqual(checkedBy(call), expected, `${call}`)
  }
})
