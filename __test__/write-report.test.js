'use strict'

// Protects DSN.write_report: what it writes is read back the same, here and by nodemailer's mailparser, and
// a wrong value is a TypeError that names the field.

const assert = require('node:assert/strict')
const os = require('node:os')
const { test } = require('node:test')
const vm = require('node:vm')
const haraka_dsn = require('haraka-dsn')
const { simpleParser } = require('mailparser')

const DSN = require('..')
const records = require('../crates/smtp-status/tests/data/reports.json')
const { recipientsOf } = require('./support/read-with-mailparser')

const OPTIONS = { to: 'author@example.com' }

/** A recipient with an address and these other fields. */
const recipient = (address, action, fields) => ({ final_recipient: { address }, action, ...fields })

const anna = (fields) => recipient('anna@example.com', 'failed', { status: '5.1.1', ...fields })

const written = (recipients, options) =>
  DSN.write_report({ recipients }, { ...OPTIONS, ...options }).toString()

/** The report without what is not written: the returned message, and whether it was cut. */
const comparable = ({ returned: _returned, is_truncated: _is_truncated, ...report }) => report

test('a report that was read is written and read again as the same', () => {
  const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded']
  const has = ({ final_recipient, action, status }) =>
    final_recipient &&
    (final_recipient.type === 'utf-8' || /^[ -~]+$/.test(final_recipient.address)) &&
    actions.includes(action) &&
    status
  let count = 0
  for (const { about, report: lines, latin1 } of records) {
    const bytes = Buffer.from(lines.join('\n'), latin1 ? 'latin1' : 'utf8')
    const report = DSN.parse_report(bytes)
    // What RFC 3464 and RFC 6533 require is there.
    if (!report?.reporting_mta || JSON.stringify(report).includes('"type":null')) continue
    if (report.recipients.length === 0 || !report.recipients.every(has)) continue
    const again = DSN.parse_report(DSN.write_report(report, { ...OPTIONS, returned: bytes }))
    assert.deepEqual(comparable(again), comparable(report), about)
    count++
  }
  assert.ok(count > 10, `only ${count} reports`)
})

test('mailparser finds the same recipients, actions, statuses and diagnostics', async () => {
  const recipients = [
    anna({ dsn: DSN.no_such_user(['No such user', 'See https://example.com/']) }),
    recipient('ben@example.com', 'delayed', { dsn: DSN.create(421, 'Later', 4, 500) }),
    recipient('jürgen@example.com', 'failed', { dsn: DSN.create(550, 'Kein Jürgen', 7, 26) }),
    recipient('日本@例え.jp', 'failed', { status: '5.4.7' }),
  ]
  const message = DSN.write_report(
    { recipients },
    { to: 'Jürgen <author@example.com>', returned: 'Subject: Grüße\n\nHällo', subject: 'Ärger' },
  )
  const { to, from, subject, text, attachments } = await simpleParser(message)
  assert.deepEqual(to.value, [{ name: 'Jürgen', address: 'author@example.com' }])
  assert.equal(from.value[0].name, 'Mail Delivery System')
  assert.equal(subject, 'Ärger')
  assert.ok(text.includes('Your message to jürgen@example.com was not delivered.\n'), text)
  assert.ok(text.includes('The server said: 550 5.7.26 Kein Jürgen\n'), text)
  const [status, returned] = attachments
  assert.equal(status.contentType, 'message/global-delivery-status')
  assert.equal(returned.contentType, 'message/global')
  assert.equal(returned.content.toString(), 'Subject: Grüße\r\n\r\nHällo\r\n')
  assert.deepEqual(await recipientsOf(message), [
    {
      address: 'anna@example.com',
      action: 'failed',
      status: '5.1.1',
      diagnostic: 'smtp; 550-5.1.1 No such user 550 5.1.1 See https://example.com/',
    },
    {
      address: 'ben@example.com',
      action: 'delayed',
      status: '4.4.500',
      diagnostic: 'smtp; 421 4.4.500 Later',
    },
    {
      address: 'jürgen@example.com',
      action: 'failed',
      status: '5.7.26',
      diagnostic: 'smtp; 550 5.7.26 Kein Jürgen',
    },
    { address: '日本@例え.jp', action: 'failed', status: '5.4.7', diagnostic: '' },
  ])
})

test('what is not given has a default', () => {
  const before = Math.trunc(Date.now() / 1000) * 1000
  const texts = [written([anna()]), written([anna()])]
  const ids = texts.map((text) => /^Message-ID: <(\S+)>$/m.exec(text)[1])
  assert.notEqual(ids[0], ids[1])
  for (const text of texts) {
    const date = Date.parse(
      /^Date: (\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000)\r$/m.exec(text)[1],
    )
    assert.ok(date >= before && date <= Date.now())
    assert.match(text, /^Subject: Your message was not delivered\r$/m)
    assert.ok(text.includes(`\r\nReporting-MTA: dns; ${os.hostname()}\r\n`))
    assert.ok(text.startsWith(`From: Mail Delivery System <postmaster@${os.hostname()}>\r\n`))
  }
  const types = texts[0].match(/^Content-Type: [^;\r]+/gm)
  assert.deepEqual(types, [
    'Content-Type: multipart/report',
    'Content-Type: text/plain',
    'Content-Type: message/delivery-status',
  ])
  for (const [name, host] of [
    ['mail.example.com', 'mail.example.com'],
    ['mail example', os.hostname()],
    ['(mail)', os.hostname()],
    ['[192.0.2.1]', os.hostname()],
  ]) {
    const reporting_mta = { type: 'dns', name }
    const text = DSN.write_report({ reporting_mta, recipients: [anna()] }, OPTIONS).toString()
    assert.ok(text.startsWith(`From: Mail Delivery System <postmaster@${host}>\r\n`))
    const [, id] = /^Message-ID: <[\da-f-]+@(.+)>\r$/m.exec(text)
    assert.equal(id, host)
  }
})

test('options are used', () => {
  const returned = Buffer.from('Subject: x\r\n\r\nbody\r\n')
  const options = {
    from: 'postmaster@example.net',
    subject: 'Sorry',
    text: 'Hello\n\nSorry.',
    date: new Date('2026-11-27T18:30:00Z'),
    message_id: '<1@example.net>',
    returned,
  }
  const text = written([anna()], options)
  assert.ok(
    text.startsWith(
      'From: <postmaster@example.net>\r\nTo: <author@example.com>\r\nSubject: Sorry\r\n' +
        'Date: Fri, 27 Nov 2026 18:30:00 +0000\r\nMessage-ID: <1@example.net>\r\n',
    ),
  )
  assert.ok(text.includes('\r\n\r\nHello\r\n\r\nSorry.\r\n\r\n--'))
  assert.ok(
    text.includes(
      'message/rfc822\r\nContent-Transfer-Encoding: 7bit\r\n\r\nSubject: x\r\n\r\nbody\r\n\r\n--',
    ),
  )
  const header =
    'text/rfc822-headers\r\nContent-Transfer-Encoding: 7bit\r\n\r\nSubject: x\r\n\r\n--'
  assert.ok(written([anna()], { ...options, headers_only: true }).includes(header))
  assert.ok(written([anna()], { ...options, limit: 15 }).includes(header))
})

test('a message can be a string, bytes of any realm, or shared bytes', () => {
  const returned = Buffer.from('Subject: Gr\u{fc}\u{df}e\r\n\r\n\xfc\r\n')
  const options = { date: new Date(0), message_id: '<1@example.com>' }
  const expected = DSN.write_report({ recipients: [anna()] }, { ...OPTIONS, ...options, returned })
  assert.ok(Buffer.isBuffer(expected) && expected.includes(returned))
  const shared = new Uint8Array(new SharedArrayBuffer(returned.length))
  shared.set(returned)
  const foreign = vm.runInNewContext('new Uint8Array(returned)', { returned })
  for (const value of [returned.toString(), new Uint8Array(returned), shared, foreign]) {
    assert.equal(written([anna()], { ...options, returned: value }), expected.toString())
  }
  const latin1 = Buffer.from('Subject: x\r\n\r\n\xfc\r\n', 'latin1')
  const kept = DSN.write_report({ recipients: [anna()] }, { ...OPTIONS, returned: latin1 })
  assert.ok(kept.includes(latin1))
})

test('arguments can come from another realm, as those of plugins do', () => {
  const recipients = [anna({ dsn: DSN.no_such_user(), will_retry_until: new Date(0) })]
  const code = `({ report: { recipients: [{ final_recipient: { address: 'anna@example.com' },
    action: 'failed', dsn, will_retry_until: new Date(0) }] }, options: { to: 'author@example.com' } })`
  const { report, options } = vm.runInNewContext(code, { dsn: DSN.no_such_user() })
  const found = DSN.parse_report(DSN.write_report(report, options)).recipients
  assert.deepEqual(found, DSN.parse_report(written(recipients)).recipients)
  assert.equal(found[0].will_retry_until, 'Thu, 01 Jan 1970 00:00:00 +0000')
})

test('the reply is that of any DSN, and other fields have precedence', () => {
  for (const [dsn, status, diagnostic] of [
    [DSN.mbox_full(), '4.2.2', '450 4.2.2 Mailbox full'],
    [DSN.mbox_full(undefined, '552'), '5.2.2', '552 5.2.2 Mailbox full'],
    [DSN.mbox_full(['a', 'b']), '4.2.2', '450-4.2.2 a 450 4.2.2 b'],
    [DSN.parse('550 Not here'), '5.0.0', '550 Not here'],
    [DSN.parse('550-5.7.26 a\r\n550 5.7.26 b'), '5.7.26', '550-5.7.26 a 550 5.7.26 b'],
    [DSN.create(550, [null, 'x'], 7, 26), '5.7.26', '550-5.7.26  550 5.7.26 x'],
    [DSN.create('5501', 'x', 7, 26), '5.7.26', '550 5.7.26 x'],
    [haraka_dsn.no_such_user(), '5.1.1', '550 5.1.1 No such user'],
    [haraka_dsn.create(550, 'x', 7, 26), '5.7.26', '550 5.7.26 x'],
    [DSN.no_such_user('a\r\nFinal-Recipient: b'), '5.1.1', '550 5.1.1 aFinal-Recipient: b'],
  ]) {
    const [found] = DSN.parse_report(written([anna({ status: null, dsn })])).recipients
    assert.deepEqual([found.status, found.diagnostic.text], [status, diagnostic])
  }
  const diagnostic = { type: 'x-unix', text: 'exit status 1' }
  const fields = { status: '5.3.0', dsn: DSN.no_such_user(), diagnostic }
  const [found] = DSN.parse_report(written([anna(fields)])).recipients
  assert.deepEqual([found.status, found.diagnostic], ['5.3.0', diagnostic])
})

test('lone surrogates and control characters are replaced', () => {
  const [found] = DSN.parse_report(
    written([anna({ final_log_id: 'a\ud800b\r\nX: y\0', extensions: { 'X-A': ['\u2028b'] } })]),
  ).recipients
  assert.equal(found.final_log_id, 'a\ufffdb  X: y')
  assert.deepEqual({ ...found.extensions }, { 'X-A': ['b'] })
})

test('what is null is left out', () => {
  for (const extensions of [null, {}, { 'X-A': null, 'X-B': [] }]) {
    const [found] = DSN.parse_report(written([anna({ extensions, remote_mta: null })])).recipients
    assert.deepEqual({ ...found.extensions }, {})
    assert.equal(found.remote_mta, null)
  }
})

test('a wrong value is a TypeError that names the field', () => {
  const changed = (properties) => Object.assign(DSN.no_such_user(), properties)
  const cases = [
    ['recipients', [null, OPTIONS]],
    ['report', ['a text', OPTIONS]],
    ['to', [{ recipients: [anna()] }]],
    ['recipients', [{}, OPTIONS]],
    ['recipients', [{ recipients: [] }, OPTIONS]],
    ['recipients', [{ recipients: 'anna@example.com' }, OPTIONS]],
    ['recipients[1]', [{ recipients: [anna(), 'ben@example.com'] }, OPTIONS]],
    ['arrival_date', [{ arrival_date: 1, recipients: [anna()] }, OPTIONS]],
    ['arrival_date', [{ arrival_date: new Date(Number.NaN), recipients: [anna()] }, OPTIONS]],
    [
      'reporting_mta.type',
      [{ reporting_mta: { type: 1, name: 'x' }, recipients: [anna()] }, OPTIONS],
    ],
    ['extensions', [{ extensions: { 'Final-Recipient': ['x'] }, recipients: [anna()] }, OPTIONS]],
    ['extensions', [{ extensions: 'x', recipients: [anna()] }, OPTIONS]],
    ['extensions', [{ extensions: 5, recipients: [anna()] }, OPTIONS]],
    ['extensions', [{ extensions: true, recipients: [anna()] }, OPTIONS]],
    ['extensions', [{ extensions: () => {}, recipients: [anna()] }, OPTIONS]],
    ['extensions[0]', [{ extensions: ['x'], recipients: [anna()] }, OPTIONS]],
    ['recipients[0].dsn', [{ recipients: [anna({ dsn: changed({ cls: '4' }) })] }, OPTIONS]],
    ['recipients[0].dsn', [{ recipients: [anna({ dsn: changed({ code: 700 }) })] }, OPTIONS]],
    ['recipients[0].dsn', [{ recipients: [anna({ dsn: changed({ code: 'x' }) })] }, OPTIONS]],
    ['recipients[0].returned', [{ recipients: [anna({ returned: 1 })] }, OPTIONS]],
    ['recipients[0].dns', [{ recipients: [anna({ dns: DSN.no_such_user() })] }, OPTIONS]],
    [
      'recipients[0].diagnostic.cls',
      [{ recipients: [anna({ diagnostic: DSN.mbox_full() })] }, OPTIONS],
    ],
    ['subject', [{ recipients: [anna()] }, { ...OPTIONS, subject: DSN.no_such_user() }]],
    ['dsn', [{ dsn: 1, recipients: [anna()] }, OPTIONS]],
    ['dsn', [{ recipients: [anna()] }, { ...OPTIONS, dsn: 1 }]],
    ['status_comment', [{ recipients: [anna({ status_comment: 1n })] }, OPTIONS]],
    ['status_comment', [{ recipients: [anna({ status_comment: () => 'x' })] }, OPTIONS]],
    ['status_comment', [{ recipients: [anna({ status_comment: Symbol('x') })] }, OPTIONS]],
  ]
  const recipients = {
    final_recipient: [
      undefined,
      'anna@example.com',
      {},
      { address: '' },
      { address: 'a\n@b.example' },
    ],
    action: [undefined, 'expired', 1],
    status: [null, '5.1', 511, '2.1.5'],
    dsn: [{ code: 550, msg: 'x' }, 'x', Object.create(null), 0, ''],
    'extensions[0][1]': [{ 'X-A': [1] }],
    extensions: [{ 'X A': ['x'] }, { 'final-recipient': ['x'] }],
    diagnostic: ['x'],
    'diagnostic.text': [{ text: 1 }],
  }
  for (const [field, values] of Object.entries(recipients)) {
    const [key] = field.split(/[.[]/)
    for (const value of values) {
      cases.push([`recipients[0].${field}`, [{ recipients: [anna({ [key]: value })] }, OPTIONS]])
    }
  }
  const options = {
    to: [undefined, 'anna', 'a@b.example, c@d.example', 1],
    from: ['x'],
    date: ['\r\nX: y', new Date(Number.NaN), 1],
    message_id: ['x', '<ü@example.com>', '<a\u2028b@example.com>', '<1@example.com>\r\nX: y'],
    subject: [1],
    text: [{}],
    returned: [1, {}],
    headers_only: ['yes'],
    limit: [-1, '1', 1.5, Number.NaN, Number.POSITIVE_INFINITY],
  }
  for (const [field, values] of Object.entries(options)) {
    for (const value of values) {
      cases.push([field, [{ recipients: [anna()] }, { ...OPTIONS, [field]: value }]])
    }
  }
  for (const [field, args] of cases) {
    const isNamed = (error) => {
      assert.ok(error instanceof TypeError, error)
      assert.equal(error.message.split(': ')[0], field)
      return true
    }
    assert.throws(() => DSN.write_report(...args), isNamed, field)
  }
})
