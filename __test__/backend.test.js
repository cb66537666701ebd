'use strict'

// Protects the contract between class and backend in docs/design.md: what the functions of `unbound` pass
// to their maker, and each rule.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const original = require('haraka-dsn')
const backend = require('../binding')

const { rules, unbound } = backend
const statuses = backend.statuses()

/** The arguments that a function passes to the maker it is bound to; asserts that it returns its result. */
function passedBy(name, ...args) {
  let passed
  const result = {}
  const maker = (...values) => {
    passed = values
    return result
  }
  assert.equal(unbound[name].call(maker, ...args), result)
  return passed
}

const object = {}
const lines = ['a\n']
const long = 'x'.repeat(5000)

/** Lengths at which a backend changes how it reads a text, and far beyond. */
const LENGTHS = [
  ...[0, 1, 509, 510, 511, 512, 513, 2045, 2046, 2047, 2048, 5000],
  ...[32_767, 32_768, 32_769, 65_536, 100_000],
]

test('unbound has one function for all helpers, create, parse and parse_report', () => {
  const plain = { ...backend, helper: backend.no_such_user }
  const names = Object.keys(unbound)
  assert.deepEqual(names.sort(), ['create', 'helper', 'parse', 'parse_report'])
  for (const name of names) {
    assert.equal(typeof unbound[name], 'function', name)
    assert.equal(unbound[name].length, plain[name].length, name)
    assert.equal(unbound[name].name, name)
    assert.notEqual(unbound[name], plain[name])
  }
})

test('a helper passes message, text, code and class', () => {
  const none = undefined
  const symbol = Symbol('x')
  for (const [args, expected] of [
    [[], [none, none, none, none]],
    [['x'], ['x', 'x', none, none]],
    [[''], ['', '', none, none]],
    [['a\r\nb'], ['a\r\nb', 'ab', none, none]],
    [['\u010a\n'], ['\u010a\n', '\u010a', none, none]],
    [[`${long}\n`], [`${long}\n`, long, none, none]],
    [['\ud800\x7f'], ['\ud800\x7f', '\ud800', none, none]],
    [[5], [5, '5', none, none]],
    [[-0], [-0, '0', none, none]],
    [[lines], [lines, none, none, none]],
    [[object], [object, none, none, none]],
    [[symbol], [symbol, none, none, none]],
    [[5n], [5n, none, none, none]],
    [[null], [null, none, none, none]],
    [
      ['x', none],
      ['x', 'x', none, none],
    ],
    [
      ['x', null],
      ['x', 'x', null, none],
    ],
    [
      ['x', 250],
      ['x', 'x', 250, 2],
    ],
    [
      ['x', 599],
      ['x', 'x', 599, 5],
    ],
    [
      ['x', '421'],
      ['x', 'x', '421', 4],
    ],
    [
      ['x', '550 5.1.1'],
      ['x', 'x', '550 5.1.1', 5],
    ],
    [
      ['x', `450${long}`],
      ['x', 'x', `450${long}`, 4],
    ],
    [
      ['x', '354'],
      ['x', 'x', '354', none],
    ],
    [
      ['x', '55'],
      ['x', 'x', '55', none],
    ],
    [
      ['x', ''],
      ['x', 'x', '', none],
    ],
    [
      ['x', 5501],
      ['x', 'x', 5501, null],
    ],
    [
      ['x', 450.5],
      ['x', 'x', 450.5, null],
    ],
    [
      ['x', 354],
      ['x', 'x', 354, null],
    ],
    [
      ['x', NaN],
      ['x', 'x', NaN, null],
    ],
    [
      ['x', 550n],
      ['x', 'x', 550n, null],
    ],
    [
      ['x', object],
      ['x', 'x', object, null],
    ],
    [
      ['x', symbol],
      ['x', 'x', symbol, null],
    ],
    [
      ['x', true],
      ['x', 'x', true, null],
    ],
    [
      ['x', 550, 'more', 1],
      ['x', 'x', 550, 5],
    ],
  ]) {
    assert.deepEqual(passedBy('helper', ...args), expected)
  }
})

test('create passes message, text, code, row index or key, subject and detail', () => {
  const none = undefined
  const without = (...args) =>
    passedBy('create', ...args).filter((_, index) => index !== 3 && index !== 4)
  assert.deepEqual(without(), [none, none, none, none, none])
  assert.deepEqual(without(550, 'a\n', 7, 1), ['a\n', 'a', 550, 7, 1])
  assert.deepEqual(without('550x', lines, 7, 1), [lines, none, '550x', 7, 1])
  assert.deepEqual(without('x', 5, 7), [5, '5', none, 7, none])
  assert.deepEqual(without(null, object, null, none), [object, none, none, null, none])
  assert.deepEqual(without(421, 'x', 9, 999), ['x', 'x', 421, 9, 999])
})

test('create passes null for the row index if JavaScript has to convert an argument', () => {
  for (const [code, subject, detail] of [
    ...[
      [5501, 1, 1],
      [object, 1, 1],
      [550, '1', 1],
      [550, 1, '1'],
      [550, 1000, 1],
      [550, 1, 1000],
    ],
    ...[
      [550, -1, 1],
      [550, 1, 1.5],
      [550, object, 1],
      [550, 1, NaN],
      [550, 65_537, 1],
    ],
  ]) {
    const [msg, text, passedCode, row_index, key, ...numbers] = passedBy(
      ...['create', code, 'x\n', subject, detail],
    )
    assert.deepEqual([msg, passedCode, row_index, ...numbers], ['x\n', code, null, subject, detail])
    assert.deepEqual([text, key], [null, null])
  }
})

const threeDigits = (number) => String(number).padStart(3, '0')
const keyOf = (code, ...numbers) => Number(String(code)[0] + numbers.map(threeDigits).join(''))

test('each registered status has a row index in each class, each other status a key', () => {
  const indices = []
  for (const code of [250, 450, 550]) {
    for (let subject = 0; subject <= 9; subject++) {
      for (let detail = 0; detail <= 40; detail++) {
        const [, , , row_index, key] = passedBy('create', code, 'x', subject, detail)
        const isRegistered = backend.lookup(subject, detail) !== undefined
        assert.equal(row_index === undefined, !isRegistered)
        assert.equal(rules.row_index_of(code, 'x', subject, detail), row_index)
        if (isRegistered) indices.push(row_index)
        else assert.equal(key, keyOf(code, subject, detail))
      }
    }
    for (const [subject, detail] of [
      [0, 999],
      [999, 0],
      [999, 999],
      [1, 100],
      [10, 1],
      [100, 1],
    ]) {
      const [, , , , key] = passedBy('create', code, 'x', subject, detail)
      assert.equal(key, keyOf(code, subject, detail))
    }
  }
  assert.equal(indices.length, statuses.length * 3)
  assert.equal(new Set(indices).size, indices.length)
  for (const index of indices) assert.ok(Number.isInteger(index))
})

test('parse passes the seven properties and whether there was a status, or returns null', () => {
  assert.deepEqual(passedBy('parse', '550 5.1.1 x\u010a\t'), [
    ...[550, 'x\u010a\t', 5, 1, 1, 'Bad destination mailbox address', '5.1.1 x\u010a', true],
  ])
  assert.deepEqual(passedBy('parse', '450-a\r\n450 b'), [
    ...[450, ['a', 'b'], 4, 0, 0, 'Other undefined status', ['4.0.0 a', '4.0.0 b'], false],
  ])
  const unused = () => assert.fail('the maker was called')
  for (const value of ['', '354 x', undefined, 550, lines]) {
    assert.equal(unbound.parse.call(unused, value), null)
  }
})

test('texts of any length are parsed', () => {
  for (const length of LENGTHS) {
    const text = `ж${'x'.repeat(length)}`
    const [, msg, , , , , reply] = passedBy('parse', `550 5.1.1 ${text}\n`)
    assert.deepEqual([msg, reply], [text, `5.1.1 ${text}`])
  }
})

test('parse_report passes what parse passes for each recipient, and returns a report of the results', () => {
  const report = [
    ...['Reporting-MTA: dns; a.example', 'X-B: 1', 'X-A: \ud83d\ude00', 'X-B: \ud800', ''],
    ...['Final-Recipient: rfc822; b@example.org', 'Action: failed', 'Status: 5.1.1 (unknown)'],
    ...['Diagnostic-Code: smtp; 550-x', ' 550 y', ''],
    ...['Final-Recipient: c@example.org', 'Action: delivered', 'Status: 2.0.0', ''],
    ...['Final-Recipient: d@example.org', 'Diagnostic-Code: smtp; 354 x', ''],
  ].join('\r\n')
  const calls = []
  const maker = (...values) => calls.push(values)
  const { recipients, ...message } = unbound.parse_report.call(maker, report)
  assert.deepEqual(calls, [
    [550, ['x', 'y'], 5, 1, 1, statuses[2].message, ['5.1.1 x', '5.1.1 y'], true],
    [250, '', 2, 0, 0, statuses[0].message, '2.0.0 ', true],
  ])
  assert.deepEqual(
    recipients.map(({ dsn }) => dsn),
    [1, 2, null],
  )
  assert.deepEqual(message, {
    original_envelope_id: null,
    reporting_mta: { type: 'dns', name: 'a.example' },
    dsn_gateway: null,
    received_from_mta: null,
    arrival_date: null,
    extensions: { 'X-A': ['\u{1f600}'], 'X-B': ['1', '\ufffd'] },
  })
  const [{ final_recipient, status, status_comment, diagnostic }, { final_recipient: untyped }] =
    recipients
  assert.deepEqual(final_recipient, { type: 'rfc822', address: 'b@example.org' })
  assert.deepEqual([status, status_comment], ['5.1.1', 'unknown'])
  assert.deepEqual(diagnostic, { type: 'smtp', text: '550-x 550 y' })
  assert.deepEqual(untyped, { type: null, address: 'c@example.org' })
  for (const value of ['', undefined, 550, lines]) {
    assert.equal(unbound.parse_report.call(maker, value), null)
  }
})

// The rules

test('the classes and the fallback code are the same as the original', () => {
  const { fallback_code, success, transient, permanent } = rules
  assert.equal(fallback_code, original.create().code)
  assert.deepEqual([success, transient, permanent], [2, 4, 5])
})

test('is_basic_code accepts the same codes as the original', () => {
  for (const text of [
    '550',
    '250x',
    '4500',
    '354',
    '199',
    '600',
    '55',
    '',
    ' 550',
    '5x0',
    '５５０',
    long,
  ]) {
    assert.equal(rules.is_basic_code(text), original.mbox_full('x', text).code === text, text)
  }
  assert.equal(rules.is_basic_code(), false)
})

test('class_of is the first digit', () => {
  for (const text of ['550', '0', '9x', 'x9', '', '/', ':', '５', long]) {
    const first = text.charAt(0)
    assert.equal(rules.class_of(text), /\d/.test(first) ? Number(first) : NaN, text)
  }
  assert.equal(rules.class_of(), NaN)
})

test('strip_controls removes control characters and returns a clean string unchanged', () => {
  assert.equal(rules.strip_controls('a\r\nb\x7f\0'), 'ab')
  assert.equal(rules.strip_controls('\u010a\x1f\u017f'), '\u010a\u017f')
  assert.equal(rules.strip_controls('\x80\x9f\ud800'), '\x80\x9f\ud800')
  assert.equal(rules.strip_controls(''), '')
  for (const length of LENGTHS) {
    const clean = 'x'.repeat(length)
    assert.equal(rules.strip_controls(clean), clean)
    assert.equal(rules.strip_controls(`${clean}\n`), clean)
    assert.equal(rules.strip_controls(`ж${clean}\n`), `ж${clean}`)
    assert.equal(rules.strip_controls(`\t\ud800${clean}`), `\ud800${clean}`)
  }
  assert.equal(rules.strip_controls(object), object)
})

test('status and prefix join three strings without control characters', () => {
  assert.equal(rules.status('5', '1', '1'), '5.1.1')
  assert.equal(rules.prefix('5', '1', '1'), '5.1.1 ')
  assert.equal(rules.status('NaN', '1\r\n', ''), 'NaN.1.')
  assert.equal(rules.prefix('\u010a\n', long, '\x7f'), `\u010a.${long}. `)
})

test('row_index_of is undefined if the constructor has to convert or strip something', () => {
  const { row_index_of } = rules
  const index = row_index_of(550, 'x', 7, 1)
  assert.equal(typeof index, 'number')
  for (const msg of [undefined, null, '', 5, object, lines, long]) {
    assert.equal(row_index_of('550 x', msg, 7, 1), index)
  }
  for (const args of [
    ...[[], [550, 'a\n', 7, 1], ['x', 'x', 7, 1], [undefined, 'x', 7, 1], [5501, 'x', 7, 1]],
    ...[
      [550, 'x', 9, 99],
      [550, 'x', '7', 1],
      [550, 'x', 7, object],
      [550, `${long}\n`, 7, 1],
    ],
  ]) {
    assert.equal(row_index_of(...args), undefined)
  }
})

test('status_index is the position of a record', () => {
  for (const [index, { status, subject, detail }] of statuses.entries()) {
    assert.equal(rules.status_index(status), index)
    assert.equal(rules.status_index(subject, detail), index)
  }
  for (const args of [[], ['5.9.9'], [9, 9], [1, '1'], [1.5, 1], [null, 1]]) {
    assert.equal(rules.status_index(...args), undefined)
  }
})
