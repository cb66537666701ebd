'use strict'

// Parts of objects that run code when they are used, properties that are replaced for a while, and objects
// of another realm.

const vm = require('node:vm')

const foreign = vm.runInNewContext(`({
  array: (...items) => [...items],
  string: (text) => new String(text),
  error: (text) => new TypeError(text),
  object: () => ({}),
  withoutPrototype: () => { function Target() {}; Target.prototype = null; return Target },
})`)

const throwing = (value) => () => {
  throw value
}

const withGetter = (object, key, get) =>
  Object.defineProperty(object, key, { get, configurable: true, enumerable: true })

function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {})
  revoke()
  return proxy
}

/** A proxy that logs every trap, and by default forwards it to the target. */
function watched(world, target, traps = {}) {
  const name = world.next('proxy')
  const get =
    (_, trap) =>
    (...args) => {
      const key = args.length > 1 && typeof args[1] !== 'object' ? ` ${String(args[1])}` : ''
      world.log(`${name}: ${trap}${key}`)
      return (traps[trap] ?? Reflect[trap])(...args)
    }
  return new Proxy(target, new Proxy({}, { get }))
}

// Captured, because they are needed while they are replaced.
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect

/** Defines a property; returns a function that restores the previous one. */
function define(object, key, descriptor) {
  const before = getOwnPropertyDescriptor(object, key)
  defineProperty(object, key, { configurable: true, ...descriptor })
  return () => {
    if (before) defineProperty(object, key, before)
    else deleteProperty(object, key)
  }
}

/** Calls a function while an object has another property of that name; only then, because test runners use these too. */
function withReplaced(object, name, value, run) {
  const undo = define(object, name, { value, writable: true })
  try {
    return run()
  } finally {
    undo()
  }
}

module.exports = { define, foreign, revoked, throwing, watched, withGetter, withReplaced }
