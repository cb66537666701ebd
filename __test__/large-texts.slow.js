'use strict'

// Protects parsing from texts that are too long: it takes linear time and does not recurse.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const DSN = require('..')

// The tests of the core show by counting that the time is linear. A quadratic parser would not finish in
// reasonable time, and one that recurses for each line would overflow the stack.
test('ten megabytes of any text are parsed as a reply', () => {
  const parts = ['5', '.', '-', ' ', '#', '(', '\r', '\n', '5.', '5.1.1 ', '#5.1.1', '(#5.1.1) ']
  for (const part of [...parts, '250-\n', '550-5.1.1 x\r\n', '5.1.1 \n']) {
    const long = part.repeat(1e7 / part.length)
    for (const reply of [long, `550 ${long}`, `550-${long}`, `550 5.1.1 ${long}`, `${long}250 x`]) {
      const dsn = DSN.parse(reply)
      assert.ok(dsn === null || dsn instanceof DSN, part)
    }
  }
  assert.equal(DSN.parse(`${'250-\n'.repeat(1e6)}250 x`).msg.length, 1000)
})

// A quadratic parser would not finish in reasonable time, and one that recurses for each part would
// overflow the stack.
test('ten megabytes of any text are parsed as a report', () => {
  const parts = [
    '\n',
    '-',
    '--b\n',
    'a:\n',
    ' a\n',
    'Final-Recipient: a\n',
    'Status: 5.1.1\n\n',
    '\\x{',
  ]
  const starts = [
    '',
    'Content-Type: multipart/mixed; boundary=b\n\n',
    'Reporting-MTA: a\n\nFinal-Recipient: utf-8;',
  ]
  for (const start of starts) {
    for (const part of parts) {
      const report = DSN.parse_report(start + part.repeat(1e7 / part.length))
      assert.ok(report === null || report.recipients.length <= 10_000)
    }
  }
})
