'use strict'

// A process in which hostile code has the functions of the backend, and calls them with any receiver and
// arguments. It succeeds if each call returns or throws.

const DSN = require('../..')
const backend = require('../../binding')

const { helpers } = JSON.parse(backend.constants())

/** All functions, but only two of the helpers: one with its own text and one without. */
const natives = Object.entries(backend)
  .filter(([name]) => !helpers.includes(name) || ['mbox_full', 'no_such_user'].includes(name))
  .map(([, value]) => value)
  .filter((value) => typeof value === 'function')

const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}
const refuse = () => {
  throw new Error('refused')
}
const traps = new Proxy({}, { get: () => refuse })
const long = 'a long text\r\n'.repeat(1000)
const detached = new Uint8Array(5)
structuredClone(detached.buffer, { transfer: [detached.buffer] })

const values = [
  ...[undefined, null, true, NaN, 550, 5n, '', 'text', long, Symbol('text'), {}, ['a\n']],
  ...[new Proxy({}, traps), revoked([]), globalThis, DSN.mbox_full(), Object.create(null)],
  ...[new Array(3), Object.defineProperty(['a'], 0, { get: refuse }), { toString: refuse }],
  ...[Buffer.from('550 x'), detached, new Float64Array(3), new DataView(new ArrayBuffer(3))],
  ...[
    2 ** 32,
    -1,
    Infinity,
    1e300,
    Object.defineProperty(new Uint8Array(3), 'length', { get: refuse }),
  ],
]
const functions = [
  ...[() => {}, refuse, class {}, DSN, DSN.mbox_full, DSN.create],
  ...[new Proxy(() => {}, traps), revoked(() => {})],
  ...natives,
]

let calls = 0
function attempt(call) {
  calls += 1
  try {
    call()
  } catch (error) {
    void error
  }
}

for (const native of natives) {
  for (const receiver of [...values, ...functions]) {
    for (const value of [...values, ...functions]) {
      attempt(() => Reflect.apply(native, receiver, [value]))
      attempt(() => Reflect.apply(native, receiver, [550, value, value, value]))
    }
    attempt(() => Reflect.apply(native, receiver, new Array(1000).fill(receiver)))
    attempt(() => Reflect.construct(native, [receiver, receiver], native))
    attempt(() => Reflect.construct(Object, [receiver], native))
    attempt(() => new native(receiver))
  }
}
console.log(JSON.stringify({ functions: natives.length, calls, reply: DSN.mbox_full('x\n').reply }))
