'use strict'

// Protects DSN.parse: it returns a DSN for a reply of a server and null for anything else, and never
// throws.

const { strict: assert } = require('node:assert')
const { isV8, test } = require('./support/runtime')
const vm = require('node:vm')
const { MessageChannel } = require('node:worker_threads')
const fc = require('fast-check')

const DSN = require('..')
const backend = require('../binding')
const makeClass = require('../lib/class')
const { revoked } = require('./support/exotic-objects')

const seed = Number(process.env.FC_SEED ?? 1)
const check = (...property) => fc.assert(fc.property(...property), { seed, numRuns: 2000 })

const FIELDS = ['code', 'msg', 'cls', 'sub', 'det', 'default_msg', 'reply']

/** What Haraka 3 writes for a DSN: a line for each line of the reply. */
function written({ code, reply }) {
  const lines = [reply].flat()
  return lines
    .map((line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}\r\n`)
    .join('')
}

/** A lone surrogate; Bun's Node-API cuts a string that has one. */
const lone = isV8 ? '\ud800' : '\ufffd'

/** A text as it is written in UTF-8, where a lone surrogate is U+FFFD. */
const inUtf8 = (text) => Buffer.from(text).toString()

/** The expected fields of a parsed DSN: codes are numbers, and a single line is not an array. */
function expected({ code, cls, sub, det, default_msg, reply }) {
  const lines = [reply].flat().map(inUtf8)
  const texts = lines.map((line) => line.slice(`${cls}.${sub}.${det} `.length))
  const several = lines.length > 1
  return {
    code: Number(code),
    msg: several ? texts : texts[0],
    cls,
    sub,
    det,
    default_msg,
    reply: several ? lines : lines[0],
  }
}

// Texts that begin or end with something like a code, in any script, with control characters.
const fragment = fc.oneof(
  fc.constantFrom(
    '5.1.1',
    '5.1.1 ',
    '#5.1.1 ',
    '4.7.500 ',
    ' (#5.1.1)',
    '(#4.4.1)',
    '550 ',
    '250-',
  ),
  fc.constantFrom('\r\n', '\n550 x', '\t', '\0', ' ', '-', '.', '#', '(', ')'),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('Grüße', '世界', '😀', lone, isV8 ? '\udfff' : lone),
)
const text = fc.array(fragment, { maxLength: 6 }).map((fragments) => fragments.join(''))
const message = fc.oneof(
  fc.constant(undefined),
  text,
  fc.array(text, { minLength: 1, maxLength: 6 }),
)
const code = fc
  .tuple(fc.constantFrom(2, 4, 5), fc.integer({ min: 0, max: 99 }), fc.boolean())
  .map(([cls, rest, asText]) => (asText ? String(cls * 100 + rest) : cls * 100 + rest))
const number = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 999 }))
const helper = fc.constantFrom(
  ...DSN.statuses.flatMap(({ helpers }) => helpers.map(({ name }) => name)),
)

test('what Haraka writes for a helper is parsed to the same DSN', () => {
  check(helper, message, fc.option(code, { nil: undefined }), (name, msg, code) => {
    const dsn = DSN[name](msg, code)
    assert.deepEqual({ ...DSN.parse(written(dsn)) }, expected(dsn))
  })
})

test('what Haraka writes for any status is parsed to the same DSN', () => {
  check(code, message, number, number, (code, msg, subject, detail) => {
    const dsn = DSN.create(code, msg, subject, detail)
    assert.deepEqual({ ...DSN.parse(written(dsn)) }, expected(dsn))
  })
})

test('the string form of a DSN is parsed to the same DSN, with 250, 450 or 550', () => {
  check(code, message, fc.integer({ min: 0, max: 7 }), number, (code, msg, subject, detail) => {
    const dsn = DSN.create(code, msg, subject, detail)
    const usual = { ...expected(dsn), code: dsn.cls * 100 + 50 }
    assert.deepEqual({ ...DSN.parse(String(dsn)) }, usual)
    assert.deepEqual({ ...DSN.parse(dsn.reply) }, usual)
  })
  // Without a basic code, other subjects than those of RFC 3463 are read as the number of a version.
  assert.equal(DSN.parse(String(DSN.create(550, 'x', 8, 1))), null)
  assert.equal(DSN.parse('5.1.1 No such user').code, 550)
  assert.equal(DSN.parse('4.2.2 Full').code, 450)
  assert.equal(DSN.parse('2.1.5 OK').code, 250)
})

test('a parsed reply is parsed to the same when it is written again', () => {
  const line = fc
    .tuple(fc.constantFrom('550-', '550 ', '450-', ''), text)
    .map((pair) => pair.join(''))
  check(fc.array(line, { maxLength: 5 }), (lines) => {
    const dsn = DSN.parse(lines.join('\n'))
    if (dsn !== null) assert.deepEqual({ ...DSN.parse(written(dsn)) }, expected(dsn))
  })
})

test('a parsed DSN is an ordinary DSN', () => {
  for (const reply of ['550 5.1.1 Who?', '550', '550-a\n550 b', '4.7.500 x']) {
    const dsn = DSN.parse(reply)
    assert.ok(dsn instanceof DSN)
    assert.equal(Object.getPrototypeOf(dsn), DSN.prototype)
    assert.equal(dsn.constructor.name, 'DSN')
    assert.deepEqual(Reflect.ownKeys(dsn), FIELDS)
    for (const key of FIELDS) {
      const { value, ...flags } = Object.getOwnPropertyDescriptor(dsn, key)
      assert.deepEqual(flags, { writable: true, enumerable: true, configurable: true }, key)
    }
  }
  const { default_msg } = DSN.parse('550 5.1.1 Who?')
  assert.equal(default_msg, 'Bad destination mailbox address')
  assert.equal(DSN.parse('550 5.9.9 Who?').default_msg, '')
})

test('a tab becomes a space, other control characters are removed, and lone surrogates are replaced', () => {
  const { msg, reply } = DSN.parse(`550 5.1.1 a\tb\0\x7f ${lone} 😀`)
  assert.deepEqual([msg, reply], ['a b \ufffd 😀', '5.1.1 a b \ufffd 😀'])
  assert.deepEqual(DSN.parse(`550-a\tb\r\n550 ${lone}`).msg, ['a b', '\ufffd'])
  assert.equal(DSN.parse('550 \x015.1.1 x').status, '5.1.1')
})

test('no enhanced status code is distinguished from X.0.0', () => {
  const [none, other] = ['550 x', '550 5.0.0 x'].map(DSN.parse)
  assert.deepEqual([none.status, other.status], [null, '5.0.0'])
  assert.deepEqual({ ...none }, { ...other })
  assert.deepEqual(Reflect.ownKeys(none), FIELDS)
  assert.equal(DSN.lookup(none), undefined)
  assert.equal(DSN.lookup(other).message, 'Other undefined status')
  // Later assignments take effect.
  assert.equal(Object.assign(none, { sub: 1, det: 1 }).status, '5.1.1')
  assert.equal(DSN.lookup(none).message, 'Bad destination mailbox address')
  const assigned = DSN.parse('550 x')
  assigned.status = 'mine'
  assert.equal(assigned.status, 'mine')
})

test('a reply without text gets no default text', () => {
  assert.equal(DSN.parse('550 5.1.1').msg, '')
  assert.equal(DSN.parse('550 5.1.1').reply, '5.1.1 ')
})

test('invalid UTF-8 is replaced', () => {
  assert.equal(DSN.parse(Buffer.from('550 5.1.1 M\xfcller', 'latin1')).msg, 'M\ufffdller')
})

test('the offset and length of a Buffer are respected', () => {
  const bytes = Buffer.from('xx550 5.1.1 Who?xx')
  assert.equal(DSN.parse(bytes.subarray(2, -2)).msg, 'Who?')
  assert.equal(DSN.parse(new Uint8Array(bytes).subarray(2, -2)).msg, 'Who?')
})

test('the core gets the bytes themselves, and a copy of memory that other threads can change', () => {
  const passed = []
  const record = (text) => {
    passed.push(text)
    return null
  }
  const { parse, parse_report } = makeClass({ ...backend, parse: record, parse_report: record })
  for (const read of [parse, parse_report]) {
    const buffer = Buffer.from('550 x')
    read(buffer)
    assert.equal(passed.pop(), buffer)
    const shared = new Uint8Array(new SharedArrayBuffer(7)).fill(53).subarray(2)
    read(shared)
    const copy = passed.pop()
    assert.deepEqual(copy, new Uint8Array(5).fill(53))
    assert.ok(copy.buffer instanceof ArrayBuffer)
  }
})

test('shared memory is parsed, and memory that was transferred to another thread has no text', () => {
  const text = Buffer.from('550 5.1.1 Who?')
  const shared = new Uint8Array(new SharedArrayBuffer(text.length))
  shared.set(text)
  assert.equal(DSN.parse(shared).msg, 'Who?')
  const bytes = new Uint8Array(text)
  const { port1 } = new MessageChannel()
  port1.postMessage(null, [bytes.buffer])
  port1.close()
  assert.deepEqual([DSN.parse(bytes), DSN.parse_report(bytes)], [null, null])
})

test('bytes are read whatever their own properties say', () => {
  const bytes = new Uint8Array(Buffer.from(`550 ${'x'.repeat(100_000)}`))
  for (const key of ['length', 'byteLength', 'byteOffset', 'buffer', 'set', 'constructor']) {
    Object.defineProperty(bytes, key, { get: () => assert.fail('it was read') })
  }
  assert.equal(DSN.parse(bytes).msg.length, 100_000)
})

test('arrays and bytes of another realm are parsed', () => {
  const foreign = vm.runInNewContext(
    '({ lines: ["250-a", "250 b"], bytes: new Uint8Array(3).fill(53) })',
  )
  assert.deepEqual(DSN.parse(foreign.lines).msg, ['a', 'b'])
  assert.equal(DSN.parse(foreign.bytes).code, 555)
})

const bytes = new Uint8Array(Buffer.from('550 ab')).buffer

const NO_REPLIES = {
  nothing: [undefined, null, ''],
  'other strings': ['hello', '354 Go ahead', '199 x', '600 x', '55', '5500 x', '550x', '\n'],
  'lines that do not belong together': [
    '250 a\n550 b',
    '550-a\n250 b',
    '250-a\nb',
    '5.1.1 a\nb',
    '5.1.1 a\n5.1.2 b',
  ],
  'odd arrays': [
    [],
    [''],
    [550],
    ['550 x', undefined],
    new Array(3),
    [['550 x']],
    [new String('550 x')],
    [Symbol('550 x')],
  ],
  'other values': [550, 550n, true, NaN, Symbol('550 x'), () => '550 x', {}, new Map()],
  'objects that convert to a string': [new String('550 x'), { toString: () => '550 x' }, /550 x/],
  'a DSN': [DSN.no_such_user()],
  'other bytes': [bytes, new DataView(bytes), new Uint16Array(bytes)],
  'empty bytes': [Buffer.alloc(0), new Uint8Array()],
  'revoked proxies': [revoked({}), revoked([]), revoked(Buffer.alloc(3)), revoked(() => {})],
  'objects that throw': [
    new Proxy(['550 x'], { get: () => assert.fail('it was read') }),
    new Proxy({}, { get: () => assert.fail('it was read'), getPrototypeOf: () => assert.fail() }),
    Object.defineProperty([], 0, { get: () => assert.fail('it was read') }),
    Object.assign(['550 x'], { [Symbol.iterator]: () => assert.fail('it was read') }),
    Object.defineProperty(new Uint8Array(3), 'buffer', { get: () => assert.fail('it was read') }),
  ],
}

for (const [kind, values] of Object.entries(NO_REPLIES)) {
  test(`parse returns null without throwing: ${kind}`, () => {
    for (const value of values) assert.equal(DSN.parse(value), null)
  })
}

test('parse never throws', () => {
  check(fc.anything({ withTypedArray: true, withNullPrototype: true }), (value) => {
    const dsn = DSN.parse(value)
    assert.ok(dsn === null || dsn instanceof DSN)
  })
  assert.equal(DSN.parse(), null)
})

test('parse works detached and is not a constructor', () => {
  const { parse } = DSN
  assert.equal(parse('550 5.1.1 Who?').msg, 'Who?')
  assert.throws(() => new parse('550 x'), TypeError)
  assert.deepEqual([parse.name, parse.length], ['parse', 1])
})
