'use strict'

// Compares the binary without the class with the original.

const { strict: assert } = require('node:assert')
const { isProxy } = require('node:util').types

const bare = require('../../binding')
const { create, helper } = require('./calls')
const { bareDifference, callLabel, count, observe } = require('./compare')
const { foreign } = require('./exotic')
const { World } = require('./recipe')
const { original, ours } = require('./subjects')

/** The message of its error for a value that only the class converts. */
const REFUSAL = 'Only the class DSN converts this value as haraka-dsn does: use index.js'

const isRefusal = ({ returned, value }) =>
  !returned && value instanceof TypeError && value.message === REFUSAL

const callOriginal = (name, recipes) =>
  observe(original, recipes, name === 'create' ? create : helper(name))

/**
 * Compares a call of the binary's function with the observation of the same call of the original, or
 * asserts that it is refused. Returns whether it was compared.
 */
function assertBareParity(name, recipes, theirs = callOriginal(name, recipes)) {
  const [first, second, ...numbers] = recipes.map((recipe) => recipe.make(new World(ours)))
  const [msg, code] = name === 'create' ? [second, first] : [first, second]
  if (hasOwnMap(msg)) return false // The binary reads the elements of any array.
  count.calls += 1
  const result = observe(ours, recipes, (_, args) => bare[name](...args))
  const isTaken =
    isText(msg) && isCode(code) && (name !== 'create' || numbers.slice(0, 2).every(isShort))
  const found = isTaken
    ? bareDifference(result, theirs)
    : !isRefusal(result) && 'it was not refused'
  if (found) assert.fail(`bare ${callLabel(name, recipes)}: ${found}`)
  return isTaken
}

const isArray = (value) => !isProxy(value) && Array.isArray(value)

const arrayPrototypes = [Array.prototype, Object.getPrototypeOf(foreign.array())]

/** Whether `map` of an array can give anything but a plain array of what the callback returns. */
const hasOwnMap = (value) =>
  isArray(value) &&
  (['map', 'constructor'].some((key) => Reflect.getOwnPropertyDescriptor(value, key)) ||
    !arrayPrototypes.includes(Object.getPrototypeOf(value)))

function isArrayOfPrimitives(array) {
  for (let index = 0; index < array.length; index++) {
    if (!(index in array)) return false
    try {
      if (!isPrimitive(array[index])) return false
    } catch {
      return true // The exception of a getter reaches the caller.
    }
  }
  return true
}

// What docs/design.md leaves to the binary

const isNullish = (value) => value === undefined || value === null

const isPrimitive = (value) => Object(value) !== value && typeof value !== 'symbol'

const isText = (msg) => (isArray(msg) ? isArrayOfPrimitives(msg) : isPrimitive(msg))

const isCode = (code) => isNullish(code) || typeof code === 'string' || typeof code === 'number'

const isShort = (value) =>
  isNullish(value) || (Number.isInteger(value) && value >= 0 && value <= 999)

module.exports = { REFUSAL, assertBareParity }
