'use strict'

const { strict: assert } = require('node:assert')
const { inspect, isDeepStrictEqual, types } = require('node:util')
const { stripReply } = require('./control-characters')
const { errorKeys, errorMessage } = require('./runtime')
const { World, make, quoted } = require('./blueprint')
const { callOf, ACCESSORS, original, ours } = require('./implementations')

// Styles of util.inspect, which takes most of the time of a comparison, so callers can ask for less. Long
// strings are truncated: they are compared directly and as JSON.
const BRIEF = { maxStringLength: 500, breakLength: Infinity }
const NESTED = { ...BRIEF, depth: 4, compact: false }
const INSPECT_FULL = [BRIEF, { ...BRIEF, depth: 0, showHidden: true }, NESTED]

function attempt(run) {
  try {
    return { returned: true, value: run() }
  } catch (value) {
    return { returned: false, value }
  }
}

/** Makes the arguments from their blueprints, runs `call(DSN, args, world)` and records the outcome. */
function observe(DSN, blueprints, call) {
  const world = new World(DSN)
  for (const blueprint of blueprints) world.args.push(make(blueprint, world))
  const outcome = attempt(() => call(DSN, world.args, world))
  return { world, ...outcome, effects: world.entries.length }
}

// What is compared, by name. Two values are the same if they have the same role in their worlds. A value
// without a role was created during the call, and only has to be deeply equal.

const roleOr = (world, value) => {
  const role = world.roleOf(value)
  return role === undefined ? value : { role }
}

/** Without styles, the result is not an instance of the class. */
function describe({ effects, ...outcome }, styles) {
  const { world, returned, value } = outcome
  const isObject = returned && typeof value === 'object' && value !== null
  return {
    'the outcome': returned ? 'returned' : 'threw',
    ...(isObject ? describeProperties(world, value) : describeOther(outcome, styles)),
    ...(isObject && styles && describeInstance(world, value, styles)),
    // The original's result may have been compared before, which has effects on the arguments.
    'operations on the arguments': world.entries.slice(0, styles ? undefined : effects),
  }
}

/**
 * What the caller threw must be passed on unchanged; built-in errors are compared by kind and message. V8
 * derives messages from JavaScript code, which native code lacks.
 */
function describeOther({ world, returned, value }, styles) {
  if (returned || world.roleOf(value) !== undefined || !types.isNativeError(value))
    return { 'the value': roleOr(world, value) }
  return {
    'error prototype': roleOr(world, Object.getPrototypeOf(value)),
    'error name': value.name,
    ...(styles && { message: errorMessage(value), properties: errorKeys(value) }),
  }
}

/** The names of the properties and their flags, in order. */
const shapeOf = (object) =>
  Reflect.ownKeys(object).map((key) => {
    const { value: _, ...flags } = Reflect.getOwnPropertyDescriptor(object, key)
    return `${String(key)} ${Object.keys(flags).filter((name) => flags[name])}`
  })

function describeProperties(world, object) {
  const described = { 'own properties': shapeOf(object).join() }
  for (const key of Reflect.ownKeys(object)) {
    const { value } = Reflect.getOwnPropertyDescriptor(object, key)
    described[String(key)] = roleOr(world, value)
    // Several lines: a new plain array of strings without holes.
    if (key === 'reply' && Array.isArray(value)) described['properties of lines'] = shapeOf(value)
  }
  return described
}

/** The only deliberate difference in util.inspect: with `showHidden` it shows our accessors. */
const SHOWN = new RegExp(`,\\s+\\[(${ACCESSORS.join('|')})\\]: \\[Getter/Setter\\]`, 'g')

function describeInstance(world, object, styles) {
  const textOf = (render) => describeOther({ world, ...attempt(render) }, styles)
  return {
    extensible: Object.isExtensible(object),
    instanceof: object instanceof world.DSN,
    'the prototype': roleOr(world, Object.getPrototypeOf(object)),
    String: textOf(() => String(object)),
    JSON: textOf(() => JSON.stringify(object)),
    inspect: styles.map((style) => textOf(() => inspect(object, style).replace(SHOWN, ''))),
  }
}

/** Describes the first difference between the observations; `undefined` if there is none. */
function difference(ours, original, styles) {
  if (original.returned) {
    // The only deliberate difference in replies: the original removes control characters from messages only.
    const { value } = original
    const reply = stripReply(value?.reply)
    if (reply !== value?.reply) value.reply = reply
  }
  const [a, b] = [ours, original].map((observation) => describe(observation, styles))
  if (isDeepStrictEqual(a, b)) return undefined
  const what = Object.keys({ ...a, ...b }).find((name) => !isDeepStrictEqual(a[name], b[name]))
  const show = (value) => inspect(value, { depth: 2, maxStringLength: 300, breakLength: Infinity })
  return `${what}\n  ours:     ${show(a[what])}\n  original: ${show(b[what])}`
}

/** Fails with the call, whose arguments are made again. */
function fail(name, blueprints, problem) {
  const args = blueprints.map((blueprint) => quoted(make(blueprint, new World(ours))))
  assert.fail(`${name}(${args.join(', ')}): ${problem}`)
}

/** Runs the same call on both implementations, compares and returns both observations. */
function assertParity(name, blueprints, call = callOf(name), styles = [BRIEF]) {
  const pair = [ours, original].map((DSN) => observe(DSN, blueprints, call))
  const found = difference(...pair, styles)
  if (found) fail(name, blueprints, found)
  return { ours: pair[0], original: pair[1] }
}

module.exports = { INSPECT_FULL, assertParity, difference, fail, observe }
