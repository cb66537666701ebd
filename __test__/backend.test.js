'use strict'

// Protects the contract between class and backend in docs/design.md, which binary and WebAssembly module
// share.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const DSN = require('..')
const { version } = require('../package.json')
const { callOf, helpers, names, isBinary, original } = require('./support/implementations')

const backend = require('../binding')

const long = 'x'.repeat(5000)

/** Lengths at which a backend changes how it reads a text, and far beyond. */
const LENGTHS = [
  ...[0, 1, 509, 510, 511, 512, 513, 2045, 2046, 2047, 2048, 5000],
  ...[32_767, 32_768, 32_769, 65_536, 100_000],
]

test('the exports are one function for each helper, and what docs/design.md lists', () => {
  const others = ['constants', 'statuses', 'lookup', 'parse', 'parse_report', 'strip_controls']
  others.push('is_basic_code', 'class_of', 'prefix', 'status', 'create', 'write_report')
  assert.equal(helpers.length, 71)
  assert.deepEqual(Object.keys(backend).sort(), [...names, ...others, 'kind', 'version'].sort())
  for (const name of [...names, ...others]) assert.equal(typeof backend[name], 'function', name)
  assert.deepEqual([backend.version, backend.kind], [version, isBinary ? 'native' : 'wasm'])
})

test('constants has the names of the helpers, the fallback code and the classes', () => {
  const { helpers: all, max_joined, ...constants } = JSON.parse(backend.constants())
  assert.deepEqual([...all].sort(), [...names].sort())
  const [success, transient, permanent] = [250, 450, 550].map((code) => original.create(code).cls)
  const fallback_code = original.create().code
  assert.ok(Number.isInteger(max_joined))
  assert.deepEqual(constants, { fallback_code, success, transient, permanent })
})

test('lookup returns the position of a record in statuses', () => {
  const statuses = JSON.parse(backend.statuses())
  assert.deepEqual(statuses, DSN.statuses)
  for (const [index, { status, subject, detail }] of statuses.entries()) {
    assert.equal(backend.lookup(status), index)
    assert.equal(backend.lookup(subject, detail), index)
  }
  for (const args of [['5.9.9'], ['X.1.1\ud800'], [9, 9], [1.5, 1], [-1, 1], [65_537, 1], [NaN, 1]])
    assert.equal(backend.lookup(...args), undefined)
})

// The rows

const assertRow = (row, expected) => {
  assert.deepEqual(row, { ...expected })
  assert.deepEqual(Object.keys(row), Object.keys(expected))
}

test('a helper returns what haraka-dsn returns without a message, with any code', () => {
  for (const name of names) {
    for (const code of [undefined, 250, 452, 599, '551', '421', 354, 199, '55', 'x']) {
      assertRow(backend[name](undefined, code), callOf(name)(original, [undefined, code]))
    }
  }
})

test('create returns what haraka-dsn returns without a message, with any code and status', () => {
  for (const code of [undefined, 250, 452, 599, '551', 354, 'x']) {
    const numbers = [
      [0, 0],
      [7, 1],
      [6, 10],
      [9, 99],
      [999, 999],
      [0, 999],
      [100, 0],
    ]
    for (const status of numbers) {
      const args = [code, undefined, ...status]
      assertRow(backend.create(...args), original.create(...args))
    }
  }
})

// The rules

test('is_basic_code accepts the same codes as the original', () => {
  const texts = ['550', '250x', '4500', '354', '199', '600', '55', '', ' 550', '5x0', '５５０']
  for (const text of [...texts, long]) {
    const accepted = original.mbox_full('x', text).code === text
    assert.equal(backend.is_basic_code(text), accepted, text)
  }
})

test('class_of is the first digit', () => {
  for (const text of ['550', '0', '9x', 'x9', '', '/', ':', '５', '\ud835', long]) {
    const first = text.charAt(0)
    assert.equal(backend.class_of(text), /\d/.test(first) ? Number(first) : NaN, text)
  }
})

test('strip_controls removes control characters', () => {
  const { strip_controls } = backend
  assert.equal(strip_controls('a\r\nb\x7f\0'), 'ab')
  assert.equal(strip_controls('\u010a\x1f\u017f'), '\u010a\u017f')
  assert.equal(strip_controls('\x80\x9f\ud800'), '\x80\x9f\ud800')
  assert.equal(strip_controls(''), '')
  for (const value of [undefined, 5, backend]) assert.equal(strip_controls(value), value)
  for (const length of LENGTHS) {
    const text = 'x'.repeat(length)
    assert.equal(strip_controls(text), text)
    assert.equal(strip_controls(`${text}\n`), text)
    assert.equal(strip_controls(`ж${text}\n`), `ж${text}`)
    assert.equal(strip_controls(`\n${text}😀\r\n${text}\x7f`), `${text}😀${text}`)
    assert.equal(strip_controls(`\t\ud800${text}`), `\ud800${text}`)
    assert.equal(strip_controls(`${text}\ud83d\n\ude00${text}`), `${text}😀${text}`)
  }
})

test('a text without control characters is not copied', () => {
  const text = 'ж'.repeat(1e6)
  text.charCodeAt(1)
  const before = process.memoryUsage()
  const results = Array.from({ length: 100 }, () => backend.strip_controls(text))
  const { heapUsed, external } = process.memoryUsage()
  assert.ok(heapUsed + external - before.heapUsed - before.external < 20e6)
  assert.ok(results.every((each) => each === text))
})

test('status and prefix join three strings without control characters', () => {
  const { prefix, status } = backend
  assert.equal(status('5', '1', '1'), '5.1.1')
  assert.equal(prefix('5', '1', '1'), '5.1.1 ')
  assert.equal(status('NaN', '1\r\n', ''), 'NaN.1.')
  assert.equal(prefix('\u010a\n', long, '\x7f'), `\u010a.${long}. `)
  for (const length of LENGTHS) {
    const text = `\ud800${'ж'.repeat(length)}`
    assert.equal(prefix('5', `${text}\n`, `\0${text}`), `5.${text}.${text} `)
  }
})

// Reports

test('write_report takes a report and a returned message of any length', () => {
  const recipients = Array.from({ length: 1000 }, (_, index) => ({
    final_recipient: { type: 'rfc822', address: `${index}@example.com` },
    action: 'failed',
    status: '5.1.1',
  }))
  const mail = {
    from: 'a@example.com',
    to: 'b@example.com',
    date: 'x',
    message_id: '1@example.com',
  }
  for (const [count, length] of [
    [1, 1],
    [1, 100_000],
    [1000, 1],
    [400, 90_000],
    [1000, 200_000],
  ]) {
    const report = { reporting_mta: { name: 'x' }, recipients: recipients.slice(0, count) }
    const json = JSON.stringify([report, { ...mail, limit: 1e6 }, []])
    const returned = Buffer.from(`A: b\n\n${'x\n'.repeat(length / 2)}`)
    const message = Buffer.from(backend.write_report(json, returned))
    assert.equal(message.toString().match(/^x\r$/gm)?.length ?? 0, Math.floor(length / 2))
    assert.equal(JSON.parse(backend.parse_report(message)).recipients.length, count)
  }
})

// The parsers

test('parse returns a code, subject and detail or null, and lines without control characters', () => {
  for (const [text, expected] of [
    ['550 5.1.1 x\u010a\t', { code: 550, subject: 1, detail: 1, lines: ['x\u010a '] }],
    ['450-a\r\n450 b', { code: 450, subject: null, detail: null, lines: ['a', 'b'] }],
    ['550 \ud800', { code: 550, subject: null, detail: null, lines: ['\ufffd'] }],
  ]) {
    assert.deepEqual(JSON.parse(backend.parse(text)), expected)
    assert.deepEqual(JSON.parse(backend.parse(Buffer.from(text))), expected)
  }
})

test('texts of any length are parsed', () => {
  for (const length of LENGTHS) {
    const text = `ж${'x'.repeat(length)}`
    for (const reply of [`550 5.1.1 ${text}\n`, Buffer.from(`550 5.1.1 ${text}\n`)]) {
      assert.deepEqual(JSON.parse(backend.parse(reply)).lines, [text])
    }
  }
})

test('parse_report returns a report whose replies are like those of parse', () => {
  const report = [
    ...['Reporting-MTA: dns; a.example', 'X-B: 1', 'X-A: 😀', 'X-B: \ud800', ''],
    ...['Final-Recipient: rfc822; b@example.org', 'Action: failed', 'Status: 5.1.1 (unknown)'],
    ...['Diagnostic-Code: smtp; 550-x', ' 550 y', ''],
    ...['Final-Recipient: c@example.org', 'Diagnostic-Code: smtp; 354 x', ''],
  ].join('\r\n')
  for (const text of [report, Buffer.from(report)]) {
    const { recipients, ...message } = JSON.parse(backend.parse_report(text))
    assert.deepEqual(
      recipients.map(({ dsn }) => dsn),
      [{ code: 550, subject: 1, detail: 1, lines: ['x', 'y'] }, null],
    )
    assert.deepEqual(message.reporting_mta, { type: 'dns', name: 'a.example', comment: null })
    assert.deepEqual(message.extensions, { 'X-A': ['😀'], 'X-B': ['1', '\ufffd'] })
    const [{ final_recipient, status, status_comment, diagnostic }, untyped] = recipients
    assert.deepEqual(final_recipient, { type: 'rfc822', address: 'b@example.org', comment: null })
    assert.deepEqual([status, status_comment], ['5.1.1', 'unknown'])
    assert.deepEqual(diagnostic, { type: 'smtp', text: '550-x 550 y' })
    assert.deepEqual(untyped.final_recipient, {
      type: null,
      address: 'c@example.org',
      comment: null,
    })
  }
})

test('the parsers return null for a text that is neither, and for undefined', () => {
  for (const text of ['', '354 x', 'x', Buffer.alloc(0), Buffer.from([0xff]), undefined]) {
    assert.equal(backend.parse(text), null)
    assert.equal(backend.parse_report(text), null)
  }
})
