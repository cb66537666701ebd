'use strict'

// Protects the binary by itself: without any other file of this package, its functions return what
// haraka-dsn returns, or refuse values that only the class converts.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { test } = require('node:test')
const { inspect } = require('node:util')

const { arrays } = require('./support/arrays')
const { REFUSAL, assertBareParity } = require('./support/bare-parity')
const { CONTROLS } = require('./support/control-characters')
const { binaryInUse } = require('../scripts/binary-in-use')
const { boundaries } = require('./support/strings')
const { names, isBinary, original } = require('./support/implementations')
const { everything } = require('./support/values')

const native = require('../binding')

const options = { skip: !isBinary && 'the WebAssembly module takes no messages' }

test('the binary works without any other file of the package', options, () => {
  const script = `
    const native = require(${JSON.stringify(binaryInUse)})
    const { no_such_user } = native
    const results = [no_such_user('x', 550), native.create(550, ['a\\n'], 7, 1)]
    const { lines } = JSON.parse(native.parse('450 x'))
    const loaded = Object.keys(require.cache)
    console.log(JSON.stringify({ results, lines, index: native.lookup('5.1.1'), loaded }))`
  const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  const { results, ...others } = JSON.parse(output)
  const expected = [original.no_such_user('x', 550), original.create(550, ['a\n'], 7, 1)]
  assert.deepEqual(results, JSON.parse(JSON.stringify(expected)))
  assert.deepEqual(others, { lines: ['x'], index: 2, loaded: [binaryInUse] })
})

test('a helper ignores its receiver and makes a new object for each call', options, () => {
  for (const name of [...names, 'create']) {
    const helper = native[name]
    assert.equal(helper.name, name)
    const args = name === 'create' ? [521, 'x', 7, 1] : ['x', 521]
    const expected = helper(...args)
    for (const result of [
      native[name](...args),
      { [name]: helper }[name](...args),
      helper.call(undefined, ...args),
      helper.bind(0, ...args)('more'),
      new Proxy(helper, {})(...args),
    ]) {
      assert.deepEqual(result, expected, name)
      assert.notEqual(result, expected, name)
    }
  }
})

// Results

const strings = [
  ...['', ' ', 'text', 'a\r\nb', CONTROLS.join(''), '\ud800', 'x\udc00\n', '\ud83d\ude00', 'ÿ\n'],
  ...CONTROLS.flatMap((control) => [`\u010a${control}`, `${control}Ā`, `ж${control}😀`]),
  ...['\u0100\n', '\n\u01ff', 'x'.repeat(511), 'ж'.repeat(600), `${'x\n'.repeat(10_000)}ж`],
]
const isPrimitive = (value) => Object(value) !== value && typeof value !== 'symbol'
const primitives = [...everything.filter(isPrimitive), 2.5e20, '٤50', strings.at(-1)]
const codes = primitives.filter((value) => value == null || /string|number/.test(typeof value))
const messages = [
  ...[...primitives, ...strings, [], [''], ['a\n', 'b'], strings],
  [undefined, null, 0, -0, NaN, 5n, true, false, 'x\n'],
]

const assertTaken = (name, ...args) =>
  assert.equal(assertBareParity(name, args), true, `${name}(${inspect(args)})`)

for (const name of names) {
  test(`${name} of the binary returns what haraka-dsn returns`, options, () => {
    assertTaken(name)
    for (const message of messages) {
      assertTaken(name, message)
      assertTaken(name, message, '521')
    }
    for (const code of codes) assertTaken(name, 'x', code, 'more')
  })
}

test('create of the binary returns what haraka-dsn returns', options, () => {
  const numbers = [[], [undefined, null], [0, 0], [-0, 1], [7], [7, 27], [9, 999], [999, 0]]
  for (const status of numbers) {
    for (const message of messages) assertTaken('create', 550, message, ...status)
    for (const code of codes) assertTaken('create', code, 'x\n', ...status)
  }
  for (let count = 0; count <= 5; count++) {
    assertTaken('create', ...[421, 'x', 4, 500, 6].slice(0, count))
  }
})

test('any other argument is a TypeError that names the class', options, () => {
  let refused = 0
  const assertBare = (...call) => {
    if (!assertBareParity(...call)) refused++
  }
  for (const value of [...everything, ...arrays, ...boundaries]) {
    for (const name of ['no_such_user', 'mbox_full']) {
      assertBare(name, [value])
      assertBare(name, ['x', value])
    }
    for (let position = 0; position < 4; position++) {
      assertBare('create', Object.assign([550, 'x', 1, 1], { [position]: value }))
    }
  }
  assert.ok(refused > 500, `${refused}`)
  assert.match(REFUSAL, /\bDSN\b/)
})

test(
  'the binary reads the elements of an array, and leaves its own map to the class',
  options,
  () => {
    const lines = Object.assign(['a\n', undefined], { map: () => assert.fail('it was called') })
    assert.deepEqual(native.mbox_full(lines).reply, ['4.2.2 a', '4.2.2 '])
  },
)
