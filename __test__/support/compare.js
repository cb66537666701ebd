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
const maxStringLength = 500
const INSPECT_BRIEF = [{ maxStringLength }]
const INSPECT_FULL = [
  { maxStringLength },
  { maxStringLength, depth: 0, showHidden: true },
  { maxStringLength, depth: 4, compact: false },
]

// Creates the arguments from their recipes, runs `call(DSN, args, world)` and records the outcome.
function observe(DSN, recipes, call) {
  const world = new World(DSN)
  for (const recipe of recipes) world.args.push(recipe.make(world))
  const outcome = (returned, value) => {
    world.log(END_OF_CALL)
    return { world, returned, value }
  }
  try {
    return outcome(true, call(DSN, world.args, world))
  } catch (error) {
    return outcome(false, error)
  }
}

// What is compared, as pairs of a name and a value. Two values are the same if they have the same role in
// their worlds. A value without a role was created during the call, and only has to be deeply equal.

function* aspectsOf({ world, returned, value }, options) {
  yield ['the outcome', returned ? 'returned' : 'threw']
  if (!returned) yield* aspectsOfException(world, value, options)
  else if (typeof value === 'object' && value !== null) {
    yield* aspectsOfProperties(world, value)
    if (!options.bare) yield* aspectsOfInstance(world, value, options)
  } else yield ['the result', roleOr(world, value)]
  // The original's result may have been compared before, which has effects on the arguments.
  const end = options.bare ? world.entries.indexOf(END_OF_CALL) : world.entries.length
  for (const entry of world.entries.slice(0, end)) yield ['operations on the arguments', entry]
}

const roleOr = (world, value) => {
  const role = world.roleOf(value)
  return role === undefined ? value : { role }
}

const isError = (value) => Object.prototype.toString.call(value) === '[object Error]'

// What the caller threw must be passed on unchanged; built-in errors are compared by kind and message. V8
// derives messages from JavaScript code, which native code lacks.
function* aspectsOfException(world, value, { bare }) {
  if (world.roleOf(value) !== undefined || !isError(value)) {
    yield ['the exception', roleOr(world, value)]
    return
  }
  yield ['error prototype', roleOr(world, Object.getPrototypeOf(value))]
  yield ['error constructor', value.constructor.name]
  yield ['error name', value.name]
  if (bare) return
  yield ['error message', errorMessage(value)]
  yield ['error properties', errorKeys(value)]
}

const flagsOf = (object, key) => {
  const { value, ...flags } = Reflect.getOwnPropertyDescriptor(object, key)
  return Object.keys(flags).filter((name) => flags[name])
}

function* aspectsOfShape(object, what) {
  const keys = Reflect.ownKeys(object)
  yield [`own properties${what}`, keys]
  yield [`flags${what}`, keys.map((key) => flagsOf(object, key).join())]
}

function* aspectsOfProperties(world, object) {
  yield* aspectsOfShape(object, '')
  for (const key of Reflect.ownKeys(object)) {
    const { value } = Reflect.getOwnPropertyDescriptor(object, key)
    yield [String(key), roleOr(world, value)]
    // Several lines: a new plain array of strings without holes.
    if (key === 'reply' && Array.isArray(value)) yield* aspectsOfShape(value, ' of the reply')
  }
}

function* aspectsOfInstance(world, object, { inspect: styles = INSPECT_BRIEF }) {
  yield ['extensible', Object.isExtensible(object)]
  yield ['instanceof', object instanceof world.DSN]
  yield ['constructor.name', object.constructor?.name]
  yield ['the prototype', roleOr(world, Object.getPrototypeOf(object))]
  yield* aspectsOfText(world, 'String', () => String(object))
  yield* aspectsOfText(world, 'JSON', () => JSON.stringify(object))
  for (const style of styles) {
    const show = () => inspect(object, style)
    const isChanged = style.showHidden && world.DSN === subjects.ours
    yield* aspectsOfText(world, 'inspect', isChanged ? () => withoutAccessors(show) : show)
  }
}

function* aspectsOfText(world, what, render) {
  let text
  try {
    text = render()
  } catch (error) {
    yield* aspectsOfException(world, error, {})
    return
  }
  yield [what, text]
}

// The only deliberate difference in util.inspect: with `showHidden` it shows our accessors.
function withoutAccessors(run) {
  const { prototype } = subjects.ours
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

// Describes the first difference between the observations, or returns undefined.
function difference(ours, original, options = {}) {
  const { returned, value } = original
  if (returned && Object(value) === value) {
    // The only deliberate difference in replies: the original removes control characters from messages only.
    const reply = cleanReply(value.reply)
    if (reply !== value.reply) value.reply = reply
  }
  const expected = aspectsOf(original, options)
  for (const [what, a] of aspectsOf(ours, options)) {
    const [name, b] = expected.next().value ?? ['nothing else']
    if (what !== name) return `${what} ${brief(a)}, where the original has ${name} ${brief(b)}`
    if (!isDeepStrictEqual(a, b)) return `${what}\n  ours:     ${brief(a)}\n  original: ${brief(b)}`
  }
  const { done, value: missing } = expected.next()
  return done
    ? undefined
    : `nothing else, where the original has ${missing[0]} ${brief(missing[1])}`
}

// The same for an object without a class, which has the original's properties and nothing else.
function bareDifference(ours, original) {
  const isPlain = !ours.returned || Object.getPrototypeOf(ours.value) === Object.prototype
  return isPlain ? difference(ours, original, { bare: true }) : 'it is not a plain object'
}

function brief(value) {
  if (typeof value === 'object' && value !== null && isError(value)) {
    return `${value.name}: ${value.message}`
  }
  return inspect(value, { depth: 1, maxStringLength: 300, breakLength: Infinity })
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

module.exports = { INSPECT_FULL, assertParity, assertSame, bareDifference, callLabel, observe }
