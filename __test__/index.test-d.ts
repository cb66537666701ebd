import { expectAssignable, expectError, expectNotAssignable, expectType } from 'tsd'

import DSN = require('..')

// Protects the types: every helper takes a text or lines, and a code as a number or a string.
expectType<DSN>(DSN.no_such_user())
expectType<DSN>(DSN.no_such_user('Never heard of her'))
expectType<DSN>(DSN.no_such_user(['Never heard', 'of her'] as const, 450))
expectType<DSN>(DSN.no_such_user(undefined, '451'))
expectType<DSN>(DSN.no_such_user(null, null))
expectError(DSN.no_such_user({ text: 'Never heard of her' }))
expectError(DSN.no_such_user('Never heard of her', [450]))
expectError(DSN.no_such_user('Never heard of her', 450, 'more'))
expectError(DSN.no_such_luck())

// A detached helper keeps its type.
const { relaying_denied } = DSN
expectType<DSN>(relaying_denied('Go away'))

// The misspelt names of an old guide.
expectType<DSN>(DSN.addr_bad_dest_mailbox())
expectType<DSN>(DSN.addr_mbox_mobed())
expectType<DSN>(DSN.proto_too_many_recipients())

// Any code and status.
expectType<DSN>(DSN.create())
expectType<DSN>(DSN.create(550, 'Sorry', 7, 26))
expectError(DSN.create(550, 'Sorry', '7', 26))
expectType<DSN>(new DSN())
expectType<DSN>(new DSN('451', ['Come', 'back'], 450, 4, 7))
expectError(DSN())

// Fields, which a plugin may overwrite.
const dsn = DSN.mbox_full('Full', 452)
expectType<DSN.Code>(dsn.code)
expectType<DSN.Message>(dsn.msg)
expectType<number>(dsn.cls)
expectType<number>(dsn.sub)
expectType<number>(dsn.det)
expectType<string>(dsn.default_msg)
expectType<string | string[]>(dsn.reply)
expectType<string>(dsn.toString())
dsn.code = '552'
dsn.reply = '5.2.2 Mailbox full'

expectAssignable<DSN.Code>('450')
expectNotAssignable<DSN.Code>(450n)
expectAssignable<DSN.Message>(['one', 'two'])
expectNotAssignable<DSN.Message>(550)

// Subclasses.
class Later extends DSN {
  constructor(readonly seconds: number) {
    super(450, `Try again in ${seconds} s`, 450, 4, 7)
  }
}
expectAssignable<DSN>(new Later(300))
expectType<DSN>(Later.no_such_user())

// Accessors can be assigned to, as at run time.
expectType<string | null>(dsn.status)
expectType<boolean>(dsn.is_success)
expectType<boolean>(dsn.is_transient)
expectType<boolean>(dsn.is_permanent)
dsn.status = '5.1.1'
dsn.is_success = 'anything'

// The catalogue is frozen.
expectType<readonly DSN.Status[]>(DSN.statuses)
// biome-ignore lint/suspicious/noAssignInExpressions: the assignment is the error under test
expectError((DSN.statuses[0].message = 'mine'))
expectError(DSN.statuses[0].basic_codes.push(550))
expectError(DSN.statuses.pop())
for (const { status, subject, detail, message, basic_codes, references, helpers } of DSN.statuses) {
  expectType<string>(status)
  expectType<number>(subject)
  expectType<number>(detail)
  expectType<string>(message)
  expectType<readonly number[]>(basic_codes)
  expectType<readonly string[]>(references)
  expectType<readonly DSN.Helper[]>(helpers)
  const [helper] = helpers
  expectType<string>(helper.name)
  expectType<number>(helper.code)
  expectType<string>(helper.message)
}

expectType<DSN.Status | undefined>(DSN.lookup('5.1.1'))
expectType<DSN.Status | undefined>(DSN.lookup(dsn))
expectType<DSN.Status | undefined>(DSN.lookup(undefined))
expectError(DSN.lookup(511))

expectType<DSN.Parsed | null>(DSN.parse('550 5.1.1 No such user'))
expectType<DSN.Parsed | null>(DSN.parse(['250-a', '250 b'] as const))
expectType<DSN.Parsed | null>(DSN.parse(new Uint8Array()))
expectType<DSN.Parsed | null>(DSN.parse(null))
expectError(DSN.parse(550))
expectType<DSN.Report | null>(DSN.parse_report('Reporting-MTA: dns; mx.example.com'))
expectType<DSN.Report | null>(DSN.parse_report(new Uint8Array()))
expectType<DSN.Report | null>(DSN.parse_report(null))
expectError(DSN.parse_report(['Reporting-MTA: dns; mx.example.com']))
for (const recipient of DSN.parse_report('')?.recipients ?? []) {
  expectType<string | undefined>(recipient.final_recipient?.address)
  expectType<DSN.Parsed | null>(recipient.dsn)
  expectType<string[] | undefined>(recipient.extensions['X-Postfix-Queue-ID'])
}

// A report that was parsed can be written; only recipients are required.
const report = DSN.parse_report('')
if (report) expectAssignable<Uint8Array>(DSN.write_report(report, { to: 'author@example.com' }))
const final_recipient = { address: 'anna@example.com' }
const recipient = { final_recipient, action: 'failed', dsn: DSN.no_such_user() }
DSN.write_report({ recipients: [recipient] }, { to: 'author@example.com', date: new Date() })
expectError(DSN.write_report({ recipients: [recipient] }, {}))
expectError(DSN.write_report({}, { to: 'author@example.com' }))
expectError(DSN.write_report({ recipients: [{ action: 'failed' }] }, { to: 'author@example.com' }))

const parsed = DSN.parse('550 5.1.1 No such user')
if (parsed) {
  expectAssignable<DSN>(parsed)
  expectType<number>(parsed.code)
  expectType<string | string[]>(parsed.msg)
  expectType<boolean>(parsed.is_permanent)
}
