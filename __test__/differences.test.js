'use strict'

// Protects the deliberate differences from the original in docs/differences.md. Control characters are
// tested in parity.test.js, misspelt names there and in haraka-dsn-guide.test.js.

const { strict: assert } = require('node:assert')
const { inspect } = require('node:util')
const { withReplaced } = require('./support/exotic-objects')
const { test } = require('./support/runtime')

const { ACCESSORS, ours, original } = require('./support/implementations')

test('a DSN that is not extensible ignores assignments to an accessor, also in strict mode', () => {
  const assign = (dsn, name) => {
    dsn[name] = 'mine'
  }
  const assignAll = (dsn, name) => Object.assign(dsn, { [name]: 'mine' })
  for (const shut of [Object.freeze, Object.seal, Object.preventExtensions]) {
    for (const name of ACCESSORS) {
      const usual = ours.mbox_full()[name]
      for (const use of [assign, assignAll]) {
        assert.throws(() => use(shut(original.mbox_full()), name), TypeError)
        const dsn = shut(ours.mbox_full())
        use(dsn, name)
        assert.equal(dsn[name], usual)
      }
      assert.equal(Reflect.set(shut(original.mbox_full()), name, 'mine'), false)
      assert.equal(Reflect.set(shut(ours.mbox_full()), name, 'mine'), true)
    }
  }
})

test('util.inspect shows the accessors with showHidden', () => {
  const [a, b] = [ours, original].map((DSN) => inspect(DSN.mbox_full(), { showHidden: true }))
  for (const name of ACCESSORS) {
    assert.ok(a.includes(`[${name}]: [Getter/Setter]`), a)
    assert.ok(!b.includes(name), b)
  }
})

test('helpers do not read accessors on Object.prototype', () => {
  const calls = {
    text: (DSN) => DSN.mbox_full('x').reply,
    lines: (DSN) => DSN.mbox_full(['x', 'y']).reply,
    converted: (DSN) => DSN.mbox_full(true).reply,
    'a converted code': (DSN) => DSN.mbox_full('x', ['451']).reply,
  }
  const resultsOf = (DSN) => Object.values(calls).map((call) => call(DSN))
  const expected = resultsOf(ours)
  const polluted = Object.entries({ code: 250, msg: 'another' })
  for (const [name, value] of polluted) {
    Object.defineProperty(Object.prototype, name, {
      get: () => value,
      set() {},
      configurable: true,
    })
  }
  const text = calls.text(original)
  const results = resultsOf(ours)
  for (const [name] of polluted) delete Object.prototype[name]
  assert.equal(text, '2.2.2 another')
  assert.deepEqual(results, expected)
})

test('the statics are listed in the order of the registry', () => {
  const names = Object.getOwnPropertyNames(ours)
  const [moved, null_mx, full] = ['addr_mbox_moved', 'addr_null_mx', 'mbox_full']
  assert.ok(names.indexOf(moved) < names.indexOf(null_mx))
  assert.ok(names.indexOf(null_mx) < names.indexOf(full))
})

test('a patched Function.prototype.call has no effect on replies', () => {
  const refuse = () => {
    throw new Error('patched')
  }
  const replies = withReplaced(Function.prototype, 'call', refuse, () => [
    ours.mbox_full(['x']).reply,
    ours.mbox_full(true).reply,
    new ours(550, true, 450, 1, 1).reply,
  ])
  assert.deepEqual(replies, [['4.2.2 x'], '4.2.2 true', '5.1.1 true'])
})

test('an array is still a reply of several lines without control characters if Array.isArray is patched', () => {
  const reply = withReplaced(
    Array,
    'isArray',
    () => false,
    () => ours.mbox_full(['x\r\n', 'y']).reply,
  )
  assert.deepEqual(reply, ['4.2.2 x', '4.2.2 y'])
})
