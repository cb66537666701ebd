'use strict'

// A process in which hostile code has the functions of the backend, and calls them with any receiver and
// arguments. It succeeds if each call returns or throws.

const DSN = require('../../..')
const backend = require('../../../binding')
const { revoked, throwing, withGetter } = require('../exotic-objects')
const { World, make } = require('../blueprint')
const { everything } = require('../values')

const { helpers } = JSON.parse(backend.constants())

/** All functions, but only two of the helpers: one with its own text and one without. */
const names = Object.keys(backend).filter((name) => !helpers.includes(name))
const values = [...names, 'mbox_full', 'no_such_user'].map((name) => backend[name])
const natives = values.filter((value) => typeof value === 'function')

const refuse = throwing(new Error('refused'))
const traps = new Proxy({}, { get: () => refuse })
const detached = new Uint8Array(5)
structuredClone(detached.buffer, { transfer: [detached.buffer] })

const receivers = [
  ...[undefined, 550, '550 x', Symbol('text'), ['a\n'], globalThis, DSN, DSN.mbox_full, class {}],
  ...[new Proxy({}, traps), new Proxy(refuse, traps), revoked([]), revoked(refuse), refuse],
  ...[new Array(3), withGetter(['a'], 0, refuse), { toString: refuse }, Object.create(null)],
  ...[detached, withGetter(new Uint8Array(3), 'length', refuse), new DataView(new ArrayBuffer(3))],
  ...natives,
]
const passed = [...everything.map((blueprint) => make(blueprint, new World(DSN))), ...receivers]

let calls = 0
function attempt(call) {
  calls += 1
  try {
    call()
  } catch {}
}

for (const native of natives) {
  for (const receiver of receivers) {
    for (const value of passed) {
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
