'use strict'

// Compares the backend without the class with the original.

const { strict: assert } = require('node:assert')
const { isProxy } = require('node:util').types

const bare = require('../../binding')
const { create, helper } = require('./calls')
const { bareDifference, callLabel, observe } = require('./compare')
const { World } = require('./recipe')
const subjects = require('./subjects')

/** The message of its error for a value that only the class converts like the original. */
const REFUSAL = 'Only the class DSN converts this value as haraka-dsn does: use index.js'

const isRefusal = ({ returned, value }) =>
  !returned && value instanceof TypeError && value.message === REFUSAL

/** Calls the bare function of this name; its arguments may call the class. */
const callBare = (name, recipes) => {
  return observe(subjects.ours, recipes, (_, args) => bare[name](...args))
}

const callOriginal = (name, recipes) =>
  observe(subjects.original, recipes, name === 'create' ? create : helper(name))

/**
 * Compares a call of the bare function with the observation of the same call of the original. Returns
 * whether there was a result or an exception of the caller, and not a refusal.
 */
function assertBareParity(name, recipes, theirs = callOriginal(name, recipes)) {
  const ours = callBare(name, recipes)
  if (!isRefusal(ours)) {
    const found = bareDifference(ours, theirs)
    if (found !== undefined) assert.fail(`bare ${callLabel(name, recipes)}: ${found}`)
    return true
  }
  if (!needsClass(name, recipes)) {
    assert.fail(`bare ${callLabel(name, recipes)}: refused unnecessarily`)
  }
  return false
}

/** Whether an argument is one of those that docs/design.md leaves to the class. */
function needsClass(name, recipes) {
  const world = new World(subjects.ours)
  const args = recipes.map((recipe) => recipe.make(world))
  world.args = args
  const [msg, code] = name === 'create' ? [args[1], args[0]] : args
  const numbers = name === 'create' ? args.slice(2, 4) : []
  // The code first: its conversion may modify the message.
  if (typeof code === 'symbol' || !isSteady(code)) return true
  if (!numbers.every(isSmallInteger)) return true
  return typeof msg === 'symbol' || (Array.isArray(msg) && !isPlainArray(msg))
}

const isSmallInteger = (value) =>
  (value ?? 0) === 0 || (Number.isInteger(value) && value > 0 && value <= 999)

/** Whether `Array.prototype.map` turns the array into an array of strings. */
function isPlainArray(array) {
  if (isProxy(array) || Reflect.getOwnPropertyDescriptor(array, 'map')) return false
  if (typeof array.map !== 'function') return false
  let symbols = 0
  const lines = array.map((line) => {
    symbols += typeof line === 'symbol'
    return `${symbols ? '' : (line ?? '')}`
  })
  return Array.isArray(lines) && symbols === 0
}

/** Whether every conversion of the code gives the same string. */
function isSteady(code) {
  try {
    const first = String(code)
    return String(code) === first
  } catch {
    return true // the exception reaches the caller
  }
}

module.exports = { REFUSAL, assertBareParity }
