'use strict'

const { strict: assert } = require('node:assert')
const { inspect, isDeepStrictEqual, types } = require('node:util')
const { cleanReply } = require('./control')
const { errorKeys, errorMessage } = require('./engine')
const { World } = require('./recipe')
const { ACCESSORS, original, ours } = require('./subjects')

// util.inspect takes most of the time of a comparison, so callers can ask for less. Long strings are truncated:
// they are compared directly and as JSON.
const BRIEF = { maxStringLength: 500 }
const INSPECT_FULL = [
  BRIEF,
  { ...BRIEF, depth: 0, showHidden: true },
  { ...BRIEF, depth: 4, compact: false },
]

function attempt(run) {
  try {
    return { returned: true, value: run() }
  } catch (value) {
    return { returned: false, value }
  }
}

/** Creates the arguments from their recipes, runs `call(DSN, args, world)` and records the outcome. */
function observe(DSN, recipes, call) {
  const world = new World(DSN)
  for (const recipe of recipes) world.args.push(recipe.make(world))
  const outcome = attempt(() => call(DSN, world.args, world))
  return { world, ...outcome, effects: world.entries.length }
}

// What is compared, by name. Two values are the same if they have the same role in their worlds. A value
// without a role was created during the call, and only has to be deeply equal.

const roleOr = (world, value) => {
  const role = world.roleOf(value)
  return role === undefined ? value : { role }
}

function describe({ effects, ...outcome }, { bare, inspect: styles = [BRIEF] }) {
  const { world, returned, value } = outcome
  const isObject = returned && typeof value === 'object' && value !== null
  return {
    'the outcome': returned ? 'returned' : 'threw',
    ...(isObject ? describeProperties(world, value) : describeOther(outcome, bare)),
    ...(isObject && !bare && describeInstance(world, value, styles)),
    // The original's result may have been compared before, which has effects on the arguments.
    'operations on the arguments': world.entries.slice(0, bare ? effects : undefined),
  }
}

/**
 * What the caller threw must be passed on unchanged; built-in errors are compared by kind and message. V8
 * derives messages from JavaScript code, which native code lacks.
 */
function describeOther({ world, returned, value }, bare) {
  if (returned || world.roleOf(value) !== undefined || !types.isNativeError(value))
    return { 'the value': roleOr(world, value) }
  const details = { message: errorMessage(value), properties: errorKeys(value) }
  return {
    'error prototype': roleOr(world, Object.getPrototypeOf(value)),
    'error constructor': value.constructor.name,
    'error name': value.name,
    ...(bare ? undefined : details),
  }
}

const flagsOf = (object, key) => {
  const { value: _value, ...flags } = Reflect.getOwnPropertyDescriptor(object, key)
  return Object.keys(flags).filter((name) => flags[name])
}

/** The names of the properties and their flags, in order. */
const shapeOf = (object) =>
  Reflect.ownKeys(object)
    .map((key) => `${String(key)} ${flagsOf(object, key)}`)
    .join()

function describeProperties(world, object) {
  const described = { 'own properties': shapeOf(object) }
  for (const key of Reflect.ownKeys(object)) {
    const { value } = Reflect.getOwnPropertyDescriptor(object, key)
    described[String(key)] = roleOr(world, value)
    // Several lines: a new plain array of strings without holes.
    if (key === 'reply' && Array.isArray(value)) described['properties of lines'] = shapeOf(value)
  }
  return described
}

function describeInstance(world, object, styles) {
  const textOf = (render) => describeOther({ world, ...attempt(render) })
  return {
    extensible: Object.isExtensible(object),
    instanceof: object instanceof world.DSN,
    'constructor.name': object.constructor?.name,
    'the prototype': roleOr(world, Object.getPrototypeOf(object)),
    String: textOf(() => String(object)),
    JSON: textOf(() => JSON.stringify(object)),
    inspect: styles.map((style) => {
      const show = () => inspect(object, style)
      const isChanged = style.showHidden && world.DSN === ours
      return textOf(isChanged ? () => withoutAccessors(show) : show)
    }),
  }
}

const accessors = ACCESSORS.map((name) => [
  name,
  Reflect.getOwnPropertyDescriptor(ours.prototype, name),
])

/** The only deliberate difference in util.inspect: with `showHidden` it shows our accessors. */
function withoutAccessors(run) {
  for (const [name] of accessors) delete ours.prototype[name]
  try {
    return run()
  } finally {
    for (const [name, descriptor] of accessors)
      Object.defineProperty(ours.prototype, name, descriptor)
  }
}

/** Describes the first difference between the observations; `undefined` if there is none. */
function difference(ours, original, options = {}) {
  if (original.returned) {
    // The only deliberate difference in replies: the original removes control characters from messages only.
    const { value } = original
    const reply = cleanReply(value?.reply)
    if (reply !== value?.reply) value.reply = reply
  }
  const [a, b] = [ours, original].map((observation) => describe(observation, options))
  if (isDeepStrictEqual(a, b)) return undefined
  const what = Object.keys({ ...a, ...b }).find((name) => !isDeepStrictEqual(a[name], b[name]))
  const show = (value) => inspect(value, { depth: 2, maxStringLength: 300, breakLength: Infinity })
  return `${what}\n  ours:     ${show(a[what])}\n  original: ${show(b[what])}`
}

/** The same for an object without a class, which has the original's properties and nothing else. */
function bareDifference(ours, original) {
  const isPlain = !ours.returned || Object.getPrototypeOf(ours.value) === Object.prototype
  return isPlain ? difference(ours, original, { bare: true }) : 'it is not a plain object'
}

/** How many calls were compared. */
const count = { calls: 0 }

function assertSame(a, b, labelOf, options) {
  count.calls += 1
  const found = difference(a, b, options)
  if (found !== undefined) assert.fail(`${labelOf()}: ${found}`)
}

/** Runs the same call on both implementations, compares and returns both observations. */
function assertParity(name, recipes, call, options) {
  const observations = [ours, original].map((DSN) => observe(DSN, recipes, call))
  assertSame(...observations, () => callLabel(name, recipes), options)
  return { ours: observations[0], original: observations[1] }
}

const callLabel = (name, recipes) => `${name}(${recipes.map((recipe) => recipe.label).join(', ')})`

module.exports = {
  INSPECT_FULL,
  assertParity,
  assertSame,
  bareDifference,
  callLabel,
  count,
  observe,
}
