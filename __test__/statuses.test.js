'use strict'

// Protects the IANA registry in JavaScript: the added helpers, DSN.statuses and DSN.lookup.

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')
const fc = require('fast-check')

const DSN = require('..')
const original = require('haraka-dsn')
const { OLD_SPELLINGS } = require('./support/implementations')

// The helpers that the original does not have, and their replies. The crate's tests compare the table with
// the registry.

const NEW_HELPERS = {
  addr_relayed_non_compliant: '250 2.1.9',
  sys_priority_changed: '250 2.3.6',
  media_content_unavailable: '554 5.6.6',
  media_non_ascii_addr: '553 5.6.7',
  media_utf8_reply_required: '553 5.6.8',
  media_utf8_header_rejected: '550 5.6.9',
  sec_encryption_needed: '523 5.7.10',
  sec_account_disabled: '525 5.7.13',
  sec_trust_required: '535 5.7.14',
  sec_priority_too_low: '550 5.7.15',
  sec_msg_too_big_for_priority: '552 5.7.16',
  sec_mailbox_owner_changed: '550 5.7.17',
  sec_domain_owner_changed: '550 5.7.18',
  sec_rrvs_incomplete: '550 5.7.19',
  sec_mail_flood: '450 4.7.28',
  sec_arc_fail: '550 5.7.29',
  sec_requiretls_required: '550 5.7.30',
}

const ADDED = ['backend', 'lookup', 'parse', 'parse_report', 'statuses', 'write_report']

test('only old spellings, new helpers and the functions of the registry and parsing are added', () => {
  const names = Reflect.ownKeys(DSN).filter((key) => !Object.hasOwn(original, key))
  const expected = [...Object.keys(OLD_SPELLINGS), ...Object.keys(NEW_HELPERS)]
  assert.deepEqual(names.sort(), [...expected, ...ADDED].sort())
})

test('the documents have the right numbers of helpers and statuses', () => {
  const read = (file) => readFileSync(path.join(__dirname, '..', file), 'utf8')
  const helpers = DSN.statuses.flatMap((status) => status.helpers)
  const all = helpers.length + Object.keys(OLD_SPELLINGS).length
  const added = Object.keys(NEW_HELPERS).length
  for (const [file, text] of [
    ['README.md', `[${all - 1} more helpers]`],
    ['README.md', `has ${added} more helpers`],
    ['docs/differences.md', `and ${added} helpers`],
    ['CHANGELOG.md', `a helper, ${added} of which haraka-dsn lacks`],
    ['index.d.ts', `its ${DSN.statuses.length} codes`],
  ]) {
    assert.ok(read(file).includes(text), `${file}: ${text}`)
  }
})

for (const [name, status] of Object.entries(NEW_HELPERS)) {
  test(`${name} replies with ${status}`, () => {
    const dsn = DSN[name]()
    assert.equal(`${dsn.code} ${dsn.status}`, status)
    assert.equal(dsn.reply, `${dsn.status} ${dsn.default_msg}`)
    assert.equal(DSN[name]('x', '451').reply, `4.${dsn.sub}.${dsn.det} x`)
    const flags = { writable: true, enumerable: false, configurable: true }
    const { value, ...found } = Object.getOwnPropertyDescriptor(DSN, name)
    assert.deepEqual(found, flags)
    assert.deepEqual([value.name, value.length], [name, 2])
  })
}

test('the code of a new helper is one that the registry associates with its status, if any', () => {
  for (const { basic_codes, helpers } of DSN.statuses) {
    for (const { name, code } of helpers) {
      if (!(name in NEW_HELPERS) || basic_codes.length === 0) continue
      assert.ok(basic_codes.includes(code), name)
    }
  }
})

// DSN.statuses

test('statuses has the codes of the registry in order', () => {
  const file = path.join(
    __dirname,
    '../crates/smtp-status/tests/data/smtp-enhanced-status-codes.csv',
  )
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n')
  assert.deepEqual(
    DSN.statuses.map(({ status }) => status),
    lines.map((line) => line.split(',', 1)[0]),
  )
})

test('a record has all data of a status', () => {
  assert.deepEqual(DSN.lookup('X.1.1'), {
    status: 'X.1.1',
    subject: 1,
    detail: 1,
    message: 'Bad destination mailbox address',
    basic_codes: [451, 550],
    references: ['RFC 3463'],
    helpers: [
      { name: 'addr_bad_dest_mbox', code: 550, message: 'Bad destination mailbox address' },
      { name: 'no_such_user', code: 550, message: 'No such user' },
    ],
  })
  assert.deepEqual(DSN.lookup('X.6.10'), {
    status: 'X.6.10',
    subject: 6,
    detail: 10,
    message: '',
    basic_codes: [],
    references: ['RFC 6531'],
    helpers: [],
  })
})

test('records and helpers agree', () => {
  const listed = []
  for (const { status, subject, detail, message, helpers } of DSN.statuses) {
    assert.equal(status, `X.${subject}.${detail}`)
    assert.equal(DSN.create(550, undefined, subject, detail).default_msg, message)
    for (const { name, code, message: text } of helpers) {
      const dsn = DSN[name]()
      listed.push(name)
      assert.deepEqual([dsn.sub, dsn.det, dsn.code], [subject, detail, code], name)
      assert.equal(dsn.reply, `${dsn.status} ${text}`, name)
    }
  }
  const others = ['length', 'name', 'prototype', 'create', ...ADDED]
  const names = Object.getOwnPropertyNames(DSN).filter((name) => !others.includes(name))
  assert.deepEqual([...listed, ...Object.keys(OLD_SPELLINGS)].sort(), names.sort())
})

function assertFrozen(value) {
  if (typeof value !== 'object') return
  assert.ok(Object.isFrozen(value))
  Object.values(value).forEach(assertFrozen)
}

test('statuses is deeply frozen and always the same object', () => {
  assertFrozen(DSN.statuses)
  assert.equal(DSN.statuses, DSN.statuses)
  assert.equal(class extends DSN {}.statuses, DSN.statuses)
})

test('statuses can be stubbed, replaced and restored, and so can backend', (t) => {
  const { statuses } = DSN
  const descriptor = Object.getOwnPropertyDescriptor(DSN, 'statuses')
  const { enumerable, configurable } = descriptor
  assert.deepEqual({ enumerable, configurable }, { enumerable: false, configurable: true })

  const stub = t.mock.getter(DSN, 'statuses', () => [])
  assert.deepEqual(DSN.statuses, [])
  assert.equal(DSN.lookup('5.1.1'), statuses[2], 'lookup does not depend on it')
  stub.mock.restore()

  class Sub extends DSN {}
  Sub.statuses = ['mine']
  Sub.backend = 'mine'
  assert.deepEqual([Sub.statuses, Sub.backend], [['mine'], 'mine'])
  assert.equal(DSN.statuses, statuses)
  assert.match(DSN.backend, /^(?:native|wasm)$/)

  DSN.statuses = ['replaced']
  assert.deepEqual(DSN.statuses, ['replaced'])
  Object.defineProperty(DSN, 'statuses', descriptor)
  assert.equal(DSN.statuses, statuses)
})

// lookup

test('every status is found by each of its names and by a DSN', () => {
  for (const record of DSN.statuses) {
    const { subject, detail } = record
    for (const prefix of ['2.', '4.', '5.', 'X.', '']) {
      assert.equal(DSN.lookup(`${prefix}${subject}.${detail}`), record)
    }
    for (const Class of [DSN, original, class Mine extends DSN {}]) {
      assert.equal(DSN.lookup(Class.create(550, 'x', subject, detail)), record)
    }
    assert.equal(DSN.lookup(new (class Mine extends DSN {})(550, 'x', 0, subject, detail)), record)
  }
})

test('a DSN is looked up by its current fields', () => {
  const dsn = DSN.no_such_user()
  dsn.sub = '7'
  dsn.det = 26
  assert.equal(DSN.lookup(dsn).status, 'X.7.26')
  dsn.det = '27'
  assert.equal(DSN.lookup(dsn).status, 'X.7.27')
  assert.equal(DSN.lookup('2.5'), undefined)
  assert.equal(DSN.lookup('2.4').status, 'X.2.4')
  Object.assign(dsn, { sub: 1, det: 1004 })
  assert.equal(DSN.lookup(dsn), undefined, 'no status is found by numbers that add up to its own')
  assert.equal(DSN.lookup(DSN.create(550, 'x', 5.1, 1)), undefined)
})

test('lookup ignores Object.prototype', (t) => {
  Object.prototype[-1] = 'polluted'
  t.after(() => delete Object.prototype[-1])
  assert.equal(DSN.lookup('5.9.9'), undefined)
})

const throwing = { get: () => assert.fail('it was read'), getPrototypeOf: () => assert.fail() }

const NO_STATUSES = {
  'strings that are not a registered status': [
    '',
    '5',
    '9.9.9',
    'X.9.9',
    '5.1.99',
    '5.1.1000',
    '1.1.1.1',
  ],
  'strings that contain more than a status': [
    '5.1.1 ',
    ' 5.1.1',
    '5.1.1 No such user',
    '550 5.1.1',
    '5.1.1\n',
    '5.1.1\0',
  ],
  'other spellings': ['x.1.1', 'X1.1', '5.01.1', '5,1,1', '５.1.1', '+5.1.1', '3.1.1', '0.1.1'],
  'long strings': ['5.1.1'.padEnd(1e6), '5.'.repeat(1e6), `X.1.1${'0'.repeat(1e6)}`],
  'other values': [undefined, null, 5.1, 1.1, 511n, true, NaN, Symbol('5.1.1'), () => '5.1.1'],
  'other objects': [{}, [], ['5.1.1'], new String('5.1.1'), { sub: 1, det: 1 }, new Map()],
  'DSNs of unregistered statuses, and classes': [
    DSN,
    DSN.prototype,
    original,
    DSN.create(550, 'x', 9, 9),
    { constructor: DSN },
  ],
  'objects that throw': [
    new Proxy({}, throwing),
    new Proxy(DSN.no_such_user(), throwing),
    Object.defineProperty(DSN.no_such_user(), 'sub', { get: () => assert.fail('it was read') }),
    Object.assign(DSN.no_such_user(), { det: Symbol('1') }),
    Object.assign(DSN.no_such_user(), { det: { toString: () => assert.fail('it was read') } }),
  ],
}

for (const [kind, values] of Object.entries(NO_STATUSES)) {
  test(`lookup returns undefined without throwing: ${kind}`, () => {
    for (const value of values) assert.equal(DSN.lookup(value), undefined)
  })
}

test('lookup never throws', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => assert.equal(DSN.lookup(value), undefined)),
    { seed: 1, numRuns: 2000 },
  )
  assert.equal(DSN.lookup(), undefined)
})

test('lookup works detached and is not a constructor', () => {
  const { lookup } = DSN
  assert.equal(lookup('5.1.1'), DSN.statuses[2])
  assert.throws(() => new lookup('5.1.1'), TypeError)
  assert.deepEqual([lookup.name, lookup.length], ['lookup', 1])
})
