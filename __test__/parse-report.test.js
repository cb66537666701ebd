'use strict'

// Protects DSN.parse_report: it parses the delivery reports of many programs, returns null for anything
// else and never throws.

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const { test } = require('node:test')
const vm = require('node:vm')
const fc = require('fast-check')

const DSN = require('..')
const reports = require('../crates/smtp-status/tests/data/reports.json')
const { revoked } = require('./support/exotic-objects')

const REPORT_FIELDS = [
  'original_envelope_id',
  'reporting_mta',
  'dsn_gateway',
  'received_from_mta',
  'arrival_date',
  'extensions',
  'recipients',
  'returned',
  'is_truncated',
]
const RECIPIENT_FIELDS = [
  'original_recipient',
  'final_recipient',
  'action',
  'status',
  'status_comment',
  'remote_mta',
  'diagnostic',
  'last_attempt_date',
  'final_log_id',
  'will_retry_until',
  'extensions',
  'dsn',
]

/** Names and addresses have a comment, which is null where reports.json omits it. */
const commented = (value) =>
  value?.name === undefined && value?.address === undefined ? value : { comment: null, ...value }

/** An object with all of these fields; those that reports.json omits are null. */
const complete = (fields, expected) => ({
  ...expected,
  ...Object.fromEntries(fields.map((field) => [field, commented(expected[field]) ?? null])),
  extensions: { __proto__: null, ...expected.extensions },
})

const expectedOf = (expected) =>
  expected && {
    ...complete(REPORT_FIELDS, expected),
    recipients: expected.recipients.map((recipient) => complete(RECIPIENT_FIELDS, recipient)),
    returned: expected.returned
      ? {
          message_id: null,
          ...expected.returned,
          header: { __proto__: null, ...expected.returned.header },
        }
      : null,
    is_truncated: expected.is_truncated ?? false,
  }

const types = readFileSync(require.resolve('../index.d.ts'), 'utf8')

for (const [name, fields] of Object.entries({
  Report: REPORT_FIELDS,
  Recipient: RECIPIENT_FIELDS,
  // The message that was returned is an option of write_report.
  ReportInput: REPORT_FIELDS.filter((field) => !/^(returned|is_truncated)$/.test(field)),
  RecipientInput: RECIPIENT_FIELDS,
})) {
  test(`the type ${name} has each field`, () => {
    const [, content] = types.match(new RegExp(`^  interface ${name} \\{\n([^}]*)`, 'm'))
    const found = [...content.matchAll(/^ {4}(\w+)\??: /gm)].map(([, field]) => field)
    assert.deepEqual(found.sort(), [...fields].sort())
  })
}

test('a parsed report has each field of the core', () => {
  const fieldsOfCore = (report) => {
    let fields
    // The error for an unknown field lists those that the core knows.
    assert.throws(
      () => DSN.write_report(report, { to: 'author@example.com' }),
      ({ message }) => {
        fields = [...message.matchAll(/`(\w+)`/g)].map(([, field]) => field)
        return true
      },
    )
    return fields.slice(1)
  }
  assert.deepEqual(fieldsOfCore({ recipients: [], unknown: 'x' }), REPORT_FIELDS)
  const ofRecipient = fieldsOfCore({ recipients: [{ unknown: 'x' }] })
  assert.deepEqual([...ofRecipient, 'dsn'], RECIPIENT_FIELDS)
})

/** A report with its DSNs in the form of the records. */
const asRecord = (report) =>
  report && {
    ...report,
    recipients: report.recipients.map(({ dsn, ...recipient }) => ({
      ...recipient,
      dsn: dsn && { code: dsn.code, status: dsn.status, msg: dsn.msg },
    })),
  }

for (const { about, report, latin1, expected } of reports) {
  test(about, () => {
    for (const end of ['\r\n', '\n', '\r']) {
      const bytes = Buffer.from(report.join(end), latin1 ? 'latin1' : 'utf8')
      assert.deepEqual(asRecord(DSN.parse_report(bytes)), expectedOf(expected))
      assert.deepEqual(asRecord(DSN.parse_report(new Uint8Array(bytes))), expectedOf(expected))
      assert.deepEqual(asRecord(DSN.parse_report(bytes.toString())), expectedOf(expected))
    }
  })
}

const REPORT = `Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; anna@example.net
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 No such user

Final-Recipient: rfc822; ben@example.net
Diagnostic-Code: smtp; 550-No 550 such user
`

test('a report and its recipients are plain objects with all fields', () => {
  const report = DSN.parse_report(REPORT)
  assert.deepEqual(Reflect.ownKeys(report), REPORT_FIELDS)
  assert.equal(Object.getPrototypeOf(report), Object.prototype)
  for (const recipient of report.recipients) {
    assert.deepEqual(Reflect.ownKeys(recipient), RECIPIENT_FIELDS)
    assert.equal(Object.getPrototypeOf(recipient), Object.prototype)
  }
})

test('the dsn of a recipient is an ordinary DSN', () => {
  const [anna, ben] = DSN.parse_report(REPORT).recipients.map(({ dsn }) => dsn)
  assert.equal(Object.getPrototypeOf(anna), DSN.prototype)
  assert.deepEqual({ ...anna }, { ...DSN.parse('550 5.1.1 No such user') })
  assert.deepEqual({ ...ben }, { ...DSN.parse('550-No\r\n550 such user') })
  assert.deepEqual([anna.status, ben.status], ['5.1.1', null])
})

test('a field can have any name, such as __proto__', () => {
  const fields = '__proto__: a\nconstructor: b\n0: c\n0: d\ntoJSON: e'
  const report = DSN.parse_report(`Reporting-MTA: x\n${fields}\n\nFinal-Recipient: y\n${fields}`)
  for (const { extensions } of [report, report.recipients[0]]) {
    assert.equal(Object.getPrototypeOf(extensions), null)
    assert.deepEqual(Object.entries(extensions).sort(), [
      ['0', ['c', 'd']],
      ['__proto__', ['a']],
      ['constructor', ['b']],
      ['toJSON', ['e']],
    ])
  }
})

test('no control character of a report gets into the reply of a DSN', () => {
  for (let code = 0; code < 0x20; code++) {
    const char = String.fromCharCode(code)
    const report = DSN.parse_report(
      `Final-Recipient: x${char}\nAction: failed\nDiagnostic-Code: smtp; 550 5.1.1 a${char}b\x7fc\nX-A: ${char}`,
    )
    for (const { dsn } of report.recipients) assert.doesNotMatch(dsn.reply, /\p{Cc}/u)
    assert.doesNotMatch(Object.values(report.recipients[0].extensions).join(), /\p{Cc}/u)
    assert.doesNotMatch(report.recipients[0].final_recipient.address, /\p{Cc}/u)
  }
})

test('the fields of the returned message are there by name', () => {
  const report = DSN.parse_report(
    [
      'Content-Type: multipart/report; boundary=b',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      REPORT,
      '--b',
      'Content-Type: message/rfc822',
      '',
      'Message-ID: <1@example.com>',
      'Received: a',
      '__proto__: c',
      'Received: b',
      '',
      'Hello',
    ].join('\n'),
  )
  const { header, ...rest } = report.returned
  assert.deepEqual(rest, { message_id: '<1@example.com>', is_whole: true })
  assert.equal(Object.getPrototypeOf(header), null)
  assert.deepEqual(header.Received, ['a', 'b'])
  assert.deepEqual(Object.getOwnPropertyDescriptor(header, '__proto__').value, ['c'])
})

test('more recipients, fields or lines than are kept make a report truncated', () => {
  const truncated = (recipient, count) => {
    const report = DSN.parse_report(`Reporting-MTA: x\n\n${recipient.repeat(count)}`)
    return [report.recipients.length, report.is_truncated]
  }
  assert.deepEqual(truncated('Final-Recipient: x\n', 10_000), [10_000, false])
  assert.deepEqual(truncated('Final-Recipient: x\n', 10_001), [10_000, true])
  const lines = `Final-Recipient: x\nDiagnostic-Code: 550-a\n${' 550-a\n'.repeat(999)}\n`
  assert.deepEqual(truncated(lines, 20), [20, false])
  assert.deepEqual(truncated(lines, 21), [20, true])
})

test('the offset and length of bytes are respected, also of another realm', () => {
  const bytes = Buffer.from(`xx${REPORT}xx`)
  assert.equal(DSN.parse_report(bytes.subarray(2, -2)).recipients.length, 2)
  const foreign = vm.runInNewContext('new Uint8Array(bytes)', { bytes: Buffer.from(REPORT) })
  assert.equal(DSN.parse_report(foreign).recipients.length, 2)
})

test('parse_report returns null without throwing', () => {
  const values = [
    ...[undefined, null, '', 'hello', '550 5.1.1 x', 1, 1n, true, Symbol(REPORT), () => REPORT],
    ...[[REPORT], { toString: () => REPORT }, new String(REPORT), DSN.no_such_user()],
    ...[new ArrayBuffer(3), new Uint16Array(3), Buffer.alloc(0)],
    ...[revoked({}), revoked([]), revoked(Buffer.alloc(3))],
    Object.defineProperty(new Uint8Array(3), 'buffer', { get: () => assert.fail('it was read') }),
  ]
  for (const value of values) assert.equal(DSN.parse_report(value), null)
  assert.equal(DSN.parse_report(), null)
  const { parse_report } = DSN
  assert.equal(parse_report(REPORT).recipients.length, 2)
  assert.deepEqual([parse_report.name, parse_report.length], ['parse_report', 1])
  assert.throws(() => new parse_report(REPORT), TypeError)
})

test('parse_report never throws', () => {
  const seed = Number(process.env.FC_SEED ?? 1)
  const line = fc.oneof(
    fc.constantFrom('', '--b', '--b--', ' x', 'Content-Type: message/delivery-status'),
    fc.constantFrom(
      'Content-Type: multipart/report; boundary=b',
      'Status: 5.1.1',
      'Action: failed',
    ),
    fc.constantFrom(
      'Final-Recipient: rfc822; x',
      'Reporting-MTA: x',
      'Diagnostic-Code: smtp; 550-x',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
  )
  const text = fc.array(line, { maxLength: 20 }).map((lines) => lines.join('\n'))
  const value = fc.oneof(text, fc.anything({ withTypedArray: true, withNullPrototype: true }))
  const property = fc.property(value, (value) => {
    const report = DSN.parse_report(value)
    assert.ok(report === null || report.recipients.length > 0)
  })
  fc.assert(property, { seed, numRuns: 2000 })
})
