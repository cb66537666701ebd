'use strict'

const { strict: assert } = require('node:assert')
const { inspect, isDeepStrictEqual } = require('node:util')
const { ACCESSORS } = require('./accessors')
const { cleanReply } = require('./control')
const { errorKeys, errorMessage } = require('./engine')
const { World } = require('./recipe')
const subjects = require('./subjects')

const END_OF_CALL = 'the call ended'

// Options of util.inspect. It takes most of the time of a comparison, so callers can ask for less, and long
// strings are truncated: they are compared directly and as JSON.
const inspectOptions = (options) => ({ maxStringLength: 500, ...options })
const INSPECT_BRIEF = [inspectOptions()]
const INSPECT_FULL = [
  inspectOptions(),
  inspectOptions({ depth: 0, showHidden: true }),
  inspectOptions({ depth: 4, compact: false }),
]

// Creates the arguments from their recipes, runs `call(DSN, args, world)` and records the outcome.
function observe(DSN, recipes, call) {
  const world = new World(DSN)
  const args = []
  for (const recipe of recipes) args.push(recipe.make(world))
  world.args = args
  try {
    return observation(world, true, call(DSN, args, world))
  } catch (error) {
    return observation(world, false, error)
  }
}

function observation(world, returned, value) {
  world.log(END_OF_CALL)
  return { world, returned, value }
}

// Describes the first difference between the observations, or returns undefined.
function difference(ours, original, { inspect: styles = INSPECT_BRIEF } = {}) {
  const found = outcomeDifference(ours, original, () => valueDifference(ours, original, styles))
  return found ?? logDifference(ours.world.entries, original.world.entries)
}

// The same for an object without a class, which has the original's properties and nothing else. Effects on
// the arguments count only up to the end of the call, because the original's result may have been compared
// before. Error messages are not compared: V8 derives them from JavaScript code, which native code lacks.
function bareDifference(ours, original) {
  const found = outcomeDifference(
    ours,
    original,
    () => {
      cleanExpectation(original)
      if (Object.getPrototypeOf(ours.value) !== Object.prototype) return 'it is not a plain object'
      return keyDifference(ours, original)
    },
    errorKindDifference,
  )
  return found ?? logDifference(entriesOfCall(ours.world), entriesOfCall(original.world))
}

const entriesOfCall = ({ entries }) => entries.slice(0, entries.indexOf(END_OF_CALL))

function outcomeDifference(ours, original, compareValues, compareErrors) {
  if (ours.returned !== original.returned) {
    return report('the outcome', outcome(ours), outcome(original))
  }
  return original.returned ? compareValues() : thrownDifference(ours, original, compareErrors)
}

function assertSame(ours, original, label, options) {
  const found = difference(ours, original, options)
  if (found !== undefined) assert.fail(`${typeof label === 'function' ? label() : label}: ${found}`)
}

// Runs the same call on both implementations, compares and returns both observations.
function assertParity(name, recipes, call, options) {
  const ours = observe(subjects.ours, recipes, call)
  const original = observe(subjects.original, recipes, call)
  assertSame(ours, original, () => callLabel(name, recipes), options)
  return { ours, original }
}

const callLabel = (name, recipes) => `${name}(${recipes.map((recipe) => recipe.label).join(', ')})`

function valueDifference(ours, original, styles) {
  const [a, b] = [ours.value, original.value]
  if (typeof a !== typeof b) return report('typeof', typeof a, typeof b)
  if (typeof b !== 'object' || b === null) return same(ours, a, original, b, 'the result')
  cleanExpectation(original)
  return (
    keyDifference(ours, original) ??
    prototypeDifference(ours, original) ??
    renderedDifference(ours, original, 'String', (value) => String(value)) ??
    renderedDifference(ours, original, 'JSON', (value) => JSON.stringify(value)) ??
    firstOf(styles, (style) => inspectedDifference(ours, original, style))
  )
}

// The only deliberate difference in replies: the original removes control characters from messages only.
function cleanExpectation({ value }) {
  const reply = cleanReply(value.reply)
  if (reply !== value.reply) value.reply = reply
}

// The only deliberate difference in util.inspect: with `showHidden` it shows our accessors. They are removed
// temporarily, so that everything else is compared.
function inspectedDifference(ours, original, style) {
  const found = () =>
    renderedDifference(ours, original, 'util.inspect', (value) => inspect(value, style))
  return style.showHidden ? withoutAccessors(subjects.ours.prototype, found) : found()
}

function withoutAccessors(prototype, run) {
  const descriptors = ACCESSORS.map((name) => Reflect.getOwnPropertyDescriptor(prototype, name))
  for (const name of ACCESSORS) delete prototype[name]
  try {
    return run()
  } finally {
    ACCESSORS.forEach((name, index) => {
      Object.defineProperty(prototype, name, descriptors[index])
    })
  }
}

function keyDifference(ours, original) {
  const keys = Reflect.ownKeys(original.value)
  const found = listDifference('own properties', Reflect.ownKeys(ours.value), keys)
  return found ?? firstOf(keys, (key) => propertyDifference(ours, original, key))
}

function propertyDifference(ours, original, key) {
  const a = Reflect.getOwnPropertyDescriptor(ours.value, key)
  const b = Reflect.getOwnPropertyDescriptor(original.value, key)
  const found = flagDifference(key, a, b)
  if (found !== undefined) return found
  if (key === 'reply' && Array.isArray(b.value)) return replyDifference(ours, a.value, b.value)
  return same(ours, a.value, original, b.value, String(key))
}

function flagDifference(key, a, b) {
  const equal =
    'value' in a === 'value' in b &&
    a.writable === b.writable &&
    a.enumerable === b.enumerable &&
    a.configurable === b.configurable
  return equal ? undefined : report(`flags of ${String(key)}`, flags(a), flags(b))
}

const flags = (descriptor) =>
  [
    'value' in descriptor ? 'data' : 'accessor',
    descriptor.writable && 'writable',
    descriptor.enumerable && 'enumerable',
    descriptor.configurable && 'configurable',
  ].join(' ')

// Several lines: a new plain array of strings without holes, never the caller's array.
function replyDifference(ours, a, b) {
  if (!Array.isArray(a)) return report('reply', a, b)
  if (ours.world.roleOf(a) !== undefined)
    return report('reply', ours.world.roleOf(a), 'a new array')
  if (Object.getPrototypeOf(a) !== Array.prototype) return 'the reply is not a plain array'
  const found = listDifference('lines of the reply', a, b)
  if (found !== undefined) return found
  const keys = Reflect.ownKeys(b)
  const extra = listDifference('keys of the reply', Reflect.ownKeys(a), keys)
  if (extra !== undefined) return extra
  const descriptor = Reflect.getOwnPropertyDescriptor
  return firstOf(keys, (key) =>
    flagDifference(`reply.${String(key)}`, descriptor(a, key), descriptor(b, key)),
  )
}

function prototypeDifference(ours, original) {
  const [a, b] = [ours.value, original.value]
  const extensible = Object.isExtensible(a)
  if (extensible !== Object.isExtensible(b)) return report('extensible', extensible, !extensible)
  const instance = a instanceof ours.world.DSN
  if (instance !== b instanceof original.world.DSN) return report('instanceof', instance, !instance)
  if (a.constructor?.name !== b.constructor?.name) {
    return report('constructor.name', a.constructor?.name, b.constructor?.name)
  }
  return same(ours, Object.getPrototypeOf(a), original, Object.getPrototypeOf(b), 'the prototype')
}

function renderedDifference(ours, original, what, render) {
  const a = attempt(ours, render)
  const b = attempt(original, render)
  if (a.returned !== b.returned) return report(what, outcome(a), outcome(b))
  if (!b.returned) return thrownDifference(a, b)
  return a.value === b.value ? undefined : report(what, a.value, b.value)
}

function attempt({ world, value }, render) {
  try {
    return { world, returned: true, value: render(value) }
  } catch (error) {
    return { world, returned: false, value: error }
  }
}

// What the caller threw must be passed on unchanged; built-in errors are compared by kind and message.
function thrownDifference(ours, original, compareErrors = errorDifference) {
  const [a, b] = [ours.value, original.value]
  const madeByCaller = original.world.roleOf(b) ?? ours.world.roleOf(a)
  if (Object.is(a, b) || madeByCaller !== undefined || !isError(a) || !isError(b)) {
    return same(ours, a, original, b, 'the exception')
  }
  return compareErrors(ours, original)
}

function errorDifference(ours, original) {
  const [a, b] = [ours.value, original.value]
  return (
    errorKindDifference(ours, original) ??
    same(ours, errorMessage(a), original, errorMessage(b), 'error message') ??
    listDifference('error properties', errorKeys(a), errorKeys(b))
  )
}

function errorKindDifference(ours, original) {
  const [a, b] = [ours.value, original.value]
  return (
    same(ours, Object.getPrototypeOf(a), original, Object.getPrototypeOf(b), 'error prototype') ??
    same(ours, a.constructor.name, original, b.constructor.name, 'error constructor') ??
    same(ours, a.name, original, b.name, 'error name')
  )
}

const isError = (value) => Object.prototype.toString.call(value) === '[object Error]'

function logDifference(ours, original) {
  return listDifference('operations on the arguments', ours, original)
}

// Two values are the same if they are identical, or if they have the same role in their worlds. A value
// without a role was created during the call, and only has to be deeply equal.
function same(ours, a, original, b, what) {
  if (Object.is(a, b)) return undefined
  const [ourRole, role] = [ours.world.roleOf(a), original.world.roleOf(b)]
  if (role === ourRole && (role !== undefined || isDeepStrictEqual(a, b))) return undefined
  return report(what, ourRole ?? a, role ?? b)
}

function listDifference(what, a, b) {
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (i >= a.length || i >= b.length || !Object.is(a[i], b[i])) {
      return report(`${what}, entry ${i}`, i < a.length ? a[i] : 'nothing', b[i] ?? 'nothing')
    }
  }
}

function firstOf(list, find) {
  for (const item of list) {
    const found = find(item)
    if (found !== undefined) return found
  }
}

const outcome = ({ returned, value }) => `${returned ? 'returned' : 'threw'} ${brief(value)}`

const report = (what, a, b) => `${what}\n  ours:     ${brief(a)}\n  original: ${brief(b)}`

function brief(value) {
  if (typeof value === 'object' && value !== null && isError(value)) {
    return `${value.name}: ${value.message}`
  }
  return inspect(value, { depth: 1, maxStringLength: 300, breakLength: Infinity })
}

module.exports = {
  INSPECT_FULL,
  assertParity,
  assertSame,
  bareDifference,
  callLabel,
  observe,
}
