'use strict'

// The backend by itself, without the class, compared with the original.

const { strict: assert } = require('node:assert')
const { isProxy } = require('node:util').types

const bare = require('../../binding')
const { create, helper } = require('./calls')
const { bareDifference, callLabel, observe } = require('./compare')
const { World } = require('./recipe')
const subjects = require('./subjects')

/** What it throws for a value that only the class converts as the original does. */
const REFUSAL = 'Only the class DSN converts this value as haraka-dsn does: use index.js'

const isRefusal = ({ returned, value }) =>
  !returned && value instanceof TypeError && value.message === REFUSAL

/** Calls the bare function of this name; the objects among its arguments may call the class. */
const callBare = (name, recipes) => {
  return observe(subjects.ours, recipes, (_, args) => bare[name](...args))
}

const callOriginal = (name, recipes) =>
  observe(subjects.original, recipes, name === 'create' ? create : helper(name))

/**
 * Compares a call of the bare function with what is known of the same call of the original, and
 * returns whether it gave a result or an exception of the caller's.
 */
function assertBareParity(name, recipes, theirs = callOriginal(name, recipes)) {
  const ours = callBare(name, recipes)
  if (!isRefusal(ours)) {
    const found = bareDifference(ours, theirs)
    if (found !== undefined) assert.fail(`bare ${callLabel(name, recipes)}: ${found}`)
    return true
  }
  if (!needsClass(name, recipes)) {
    assert.fail(`bare ${callLabel(name, recipes)}: refused without need`)
  }
  return false
}

/** Whether an argument is one of those that the README and docs/design.md leave to the class. */
function needsClass(name, recipes) {
  const world = new World(subjects.ours)
  const args = recipes.map((recipe) => recipe.make(world))
  world.args = args
  const [msg, code] = name === 'create' ? [args[1], args[0]] : args
  const numbers = name === 'create' ? args.slice(2, 4) : []
  // First the code: to convert it may change the message.
  if (typeof code === 'symbol' || !isSteady(code)) return true
  if (!numbers.every(isSmallInteger)) return true
  return typeof msg === 'symbol' || (Array.isArray(msg) && !isPlainArray(msg))
}

const isSmallInteger = (value) =>
  (value ?? 0) === 0 || (Number.isInteger(value) && value > 0 && value <= 999)

/** Whether an array's lines are texts that `map` of all arrays gives. */
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

/** Whether a code has one text, however often it is asked for. */
function isSteady(code) {
  try {
    const first = String(code)
    return String(code) === first
  } catch {
    return true // the exception reaches the caller
  }
}

module.exports = { REFUSAL, assertBareParity, bare, isRefusal, needsClass }
