'use strict'

// Compares the binary without the class with the original.

const { isProxy } = require('node:util').types

const bare = require('../../binding')
const { difference, fail, observe } = require('./parity')
const { foreign } = require('./exotic-objects')
const { World, make } = require('./blueprint')
const { callOf, original, ours } = require('./implementations')

/** The message of its error for a value that only the class converts. */
const REFUSAL = 'Only the class DSN converts this value as haraka-dsn does: use index.js'

/** The difference from the original, whose properties a reply of the binary has, and nothing else. */
function problemOf(result, theirs) {
  const isPlain = !result.returned || Object.getPrototypeOf(result.value) === Object.prototype
  return isPlain ? difference(result, theirs) : 'it is not a plain object'
}

const isRefusal = ({ returned, value }) =>
  !returned && value instanceof TypeError && value.message === REFUSAL

/**
 * Compares a call of the binary's function with the observation of the same call of the original, or
 * asserts that it is refused. Returns whether it was compared.
 */
function assertBareParity(name, blueprints, theirs = observe(original, blueprints, callOf(name))) {
  const [first, second, ...numbers] = blueprints.map((blueprint) =>
    make(blueprint, new World(ours)),
  )
  const [msg, code] = name === 'create' ? [second, first] : [first, second]
  if (hasOwnMap(msg)) return false // The binary reads the elements of any array.
  const result = observe(ours, blueprints, (_, args) => bare[name](...args))
  const isTaken =
    isText(msg) && isCode(code) && (name !== 'create' || numbers.slice(0, 2).every(isShort))
  const problem = isTaken ? problemOf(result, theirs) : !isRefusal(result) && 'it was not refused'
  if (problem) fail(`bare ${name}`, blueprints, problem)
  return isTaken
}

const isArray = (value) => !isProxy(value) && Array.isArray(value)

const arrayPrototypes = [Array.prototype, Object.getPrototypeOf(foreign.array())]

/** Whether `map` of an array can give anything but a plain array of what the callback returns. */
const hasOwnMap = (value) =>
  isArray(value) &&
  (['map', 'constructor'].some((key) => Reflect.getOwnPropertyDescriptor(value, key)) ||
    !arrayPrototypes.includes(Object.getPrototypeOf(value)))

// What docs/design.md leaves to the binary

const isPrimitive = (value) => Object(value) !== value && typeof value !== 'symbol'

function isText(msg) {
  if (!isArray(msg)) return isPrimitive(msg)
  try {
    return [...msg.keys()].every((index) => index in msg && isPrimitive(msg[index]))
  } catch {
    return true // The exception of a getter reaches the caller.
  }
}

const isCode = (code) => code == null || typeof code === 'string' || typeof code === 'number'

const isShort = (value) => value == null || (Number.isInteger(value) && value >= 0 && value <= 999)

module.exports = { REFUSAL, assertBareParity }
