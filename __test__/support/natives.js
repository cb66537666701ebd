'use strict'

// A process in which hostile code has hold of the native functions before anything is bound to them,
// and calls them on anything, with anything. It ends well if each call comes back.

const { bind } = Function.prototype
const unbound = new Set()
Function.prototype.bind = function (...args) {
  unbound.add(this)
  return Reflect.apply(bind, this, args)
}
const DSN = require('../..')
const { binaryInUse } = require('./copy')
for (const value of Object.values(require(binaryInUse))) {
  if (typeof value === 'function') unbound.add(value)
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
const natives = [...unbound]

const values = [
  ...[undefined, null, true, NaN, 550, 5n, '', 'text', long, Symbol('text'), {}, ['a\n']],
  ...[new Proxy({}, traps), revoked([]), globalThis, DSN.mbox_full()],
]
const functions = [
  ...[() => {}, refuse, class {}, DSN, DSN.mbox_full, DSN.create],
  ...[new Proxy(() => {}, traps), revoked(() => {})],
  ...natives,
]

// One that native functions come back to by way of the trap of a proxy.
const handler = () => {}
const [trap] = natives.filter(({ name }) => name === 'helper')
const loop = new Proxy(handler, Object.assign(handler, { apply: trap }))

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
console.log(JSON.stringify({ natives: natives.length, calls, reply: DSN.mbox_full('x\n').reply }))
