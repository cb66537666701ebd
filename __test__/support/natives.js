'use strict'

// A process in which hostile code has the native functions that the class binds, and calls them with any
// receiver and arguments. It succeeds if each call returns or throws.

const DSN = require('../..')
const backend = require('../../binding')

/** All functions, but only two of the helpers: one with its own text and one without. */
function nativeFunctions() {
  const { create, lookup, parse, parse_report, statuses, mbox_full, no_such_user } = backend
  const plain = [create, lookup, parse, parse_report, statuses, mbox_full, no_such_user]
  const others = [backend.unbound, backend.rules].flatMap(Object.values)
  return [...plain, ...others].filter((value) => typeof value === 'function')
}

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
const natives = nativeFunctions()

const values = [
  ...[undefined, null, true, NaN, 550, 5n, '', 'text', long, Symbol('text'), {}, ['a\n']],
  ...[new Proxy({}, traps), revoked([]), globalThis, DSN.mbox_full()],
]
const functions = [
  ...[() => {}, refuse, class {}, DSN, DSN.mbox_full, DSN.create],
  ...[new Proxy(() => {}, traps), revoked(() => {})],
  ...natives,
]

// A proxy whose trap calls a native function again.
const handler = () => {}
const loop = new Proxy(handler, Object.assign(handler, { apply: backend.unbound.helper }))

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
  for (const receiver of [handler, loop]) attempt(() => Reflect.apply(native, receiver, [{}]))
}
const names = natives.map(({ name }) => name)
console.log(JSON.stringify({ names, calls, reply: DSN.mbox_full('x\n').reply }))
