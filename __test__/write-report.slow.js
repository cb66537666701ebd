'use strict'

// Protects DSN.write_report: whatever is in the fields, the report has the recipients that were given, and
// readers in Python find them.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const { test } = require('node:test')
const fc = require('fast-check')

const DSN = require('..')
const { readInPython } = require('../bench/compare-readers')
const { recipientsOf } = require('./support/read-with-mailparser')

const ACTIONS = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']

const ENDS = ['\r\n', '\n', '\r', '\0', '\r\n\r\n', '\x0b', '\x0c', '\x1c', '\x85', '\u2028']
const PIECES = [
  ...ENDS,
  ...['Final-Recipient: rfc822; evil@example.com', 'Action: failed', 'Bcc: evil@example.com'],
  ...['--=_report_0', '=_report_', '--', ' ', '\t', '(', ')', '\\', '\\x{41}'],
  ...[
    '"',
    ';',
    ',',
    ':',
    '<',
    '>',
    '@',
    '=?utf-8?q?x?=',
    'ü',
    '日本',
    '\ud800',
    '550 5.1.1 x',
    'a',
  ],
  ...['x'.repeat(1200), ' '.repeat(1200), 'ü'.repeat(600), 'utf-8; '],
]
const hostile = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 6 })
  .map((pieces) => pieces.join(''))
const maybe = (arbitrary) => fc.option(arbitrary, { freq: 2 })
const typed = (key) =>
  maybe(fc.record({ type: fc.constantFrom(null, 'x-a', 'dns'), [key]: hostile }))

/** Local parts that SMTP allows, between which a number tells the recipients apart. */
const locals = ['anna', 'jürgen', '日本', 'a+b', '"a b"', '"a\\\\b"', '"<x>"', '"a;b"']
const dsn = fc
  .tuple(fc.constantFrom(250, 450, 550), fc.oneof(hostile, fc.array(hostile)), fc.nat(999))
  .map(([code, msg, detail]) => DSN.create(code, msg, 7, detail))

const failing = ['failed', 'delayed']
/** What no server says of a recipient that failed. */
const isContrary = ({ action, dsn }) => failing.includes(action) && dsn.is_success

const recipient = fc
  .record({
    local: fc.constantFrom(...locals),
    action: fc.constantFrom(...ACTIONS),
    dsn,
    status_comment: maybe(hostile),
    remote_mta: typed('name'),
    diagnostic: typed('text'),
    last_attempt_date: maybe(hostile),
    final_log_id: maybe(hostile),
    will_retry_until: maybe(hostile),
    extensions: fc.record({ 'X-A': fc.array(hostile, { maxLength: 2 }) }),
  })
  .map((to) => (isContrary(to) ? { ...to, action: 'relayed' } : to))

const report = fc.record({
  original_envelope_id: maybe(hostile),
  dsn_gateway: typed('name'),
  received_from_mta: typed('name'),
  arrival_date: maybe(hostile),
  extensions: fc.record({ 'X-B': fc.array(hostile, { maxLength: 2 }) }),
  recipients: fc.array(recipient, { minLength: 1, maxLength: 3 }),
})

const options = fc.record({
  to: fc.tuple(hostile, fc.constant('<author@example.com>')).map((parts) => parts.join('')),
  subject: maybe(hostile),
  text: maybe(hostile),
  returned: maybe(hostile),
  headers_only: fc.boolean(),
})

/** The same with an address for each recipient. */
const withAddresses = ({ recipients, ...fields }) => ({
  ...fields,
  recipients: recipients.map(({ local, ...to }, index) => ({
    ...to,
    final_recipient: { address: `${local}@host${index}.example.com` },
  })),
})

const summary = ({ final_recipient, action, status, dsn }) => ({
  address: final_recipient.address,
  action,
  status: status ?? dsn.status,
})

test('50,000 reports that are hostile in every field have the recipients that were given', () => {
  const property = fc.property(report, options, (fields, given) => {
    const expected = withAddresses(fields)
    const message = DSN.write_report(expected, given)
    const lines = message.toString('latin1').split('\r\n')
    assert.ok(lines.every((line) => line.length <= 998 && !/[\r\n\0]/.test(line)))
    const names = lines.slice(0, lines.indexOf('')).map((line) => /^[\w-]+(?=:)/.exec(line)?.[0])
    const others = ['Auto-Submitted', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding']
    const known = ['From', 'To', 'Subject', 'Date', 'Message-ID', ...others]
    const found = names.filter(Boolean)
    assert.deepEqual(found, known.slice(0, found.length))
    const { recipients } = DSN.parse_report(message)
    assert.deepEqual(recipients.map(summary), expected.recipients.map(summary))
  })
  fc.assert(property, { numRuns: 50_000 })
})

// Readers in Python

/** Why the test with Python cannot run, `false` if it can. */
function withoutPython() {
  const program = 'import sys, pip; print(sys.version_info >= (3, 11))'
  const { error, stdout } = spawnSync('python3', ['-c', program], { encoding: 'utf8' })
  return error || stdout.trim() !== 'True' ? 'needs python3 3.11 or later with pip' : false
}

test("Python's email package, flufl.bounce and mailparser find the same", {
  skip: withoutPython(),
}, async () => {
  const failed = (address, fields) => ({
    final_recipient: { address },
    action: 'failed',
    ...fields,
  })
  const said = ['No such user', 'See https://example.com/']
  const reports = [
    [
      failed('anna@example.com', { dsn: DSN.no_such_user(said) }),
      { ...failed('ben@example.com', { dsn: DSN.mbox_full() }), action: 'delayed' },
      failed('carla@example.com', { status: '5.4.7' }),
      failed('dora@example.com', { dsn: DSN.create(550, 'x'.repeat(2000), 7, 509) }),
    ],
    [
      failed('jürgen@example.com', { dsn: DSN.create(550, ['Kein Jürgen', 'hier'], 7, 26) }),
      { ...failed('日本@例え.jp', { status: '4.4.1' }), action: 'delayed' },
    ],
  ]
  const returned = 'Subject: Grüße\n\nHällo\n'
  const write = (recipients) =>
    DSN.write_report({ recipients }, { to: 'author@example.com', returned })
  const messages = reports.map(write)
  const found = readInPython(messages)
  for (const [index, { defects, recipients, text, types }] of found.entries()) {
    assert.ok(types.includes('message/global'))
    const again = DSN.parse_report(messages[index]).recipients
    const expected = again.map(({ final_recipient, action, status, diagnostic }) => ({
      address: final_recipient.address,
      action,
      status,
      diagnostic: diagnostic ? `smtp; ${diagnostic.text}` : '',
    }))
    assert.deepEqual(expected.map(summaryOf), reports[index].map(summary))
    const bare = (to) => ({ ...to, address: to.address.replace(/^[\w-]+; /, '') })
    assert.deepEqual(recipients.map(bare), expected)
    assert.deepEqual(await recipientsOf(messages[index]), expected)
    assert.deepEqual(defects, [])
    for (const { address } of expected)
      assert.ok(text.includes(`Your message to ${address} `), text)
  }
  assert.deepEqual(
    found.map(({ types }) => types[2]),
    ['message/delivery-status', 'message/global-delivery-status'],
  )
  // With whether the failure is permanent; flufl.bounce does not know the types of RFC 6533.
  assert.deepEqual(found[0].failures, [
    ['anna@example.com', true],
    ['ben@example.com', false],
    ['carla@example.com', true],
    ['dora@example.com', true],
  ])
})

const summaryOf = ({ address, action, status }) => ({ address, action, status })
