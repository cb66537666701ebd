'use strict'

// Patches of built-ins by hostile or careless code, which affect all code in a process. Each pollution is a
// function that applies the patch and returns a function that undoes it.

const { throwing } = require('./exotic')
const { define } = require('./replace')

const refuse = throwing(new Error('patched'))
const pollutions = {}

/** The names of an object's functions, separated by spaces; `@@` stands for a well-known Symbol. */
function replaceAll(label, object, names) {
  for (const name of names.split(' ')) {
    const isSymbol = name.startsWith('@@')
    const key = isSymbol ? Symbol[name.slice(2)] : name
    const property = label + (isSymbol ? `[${key.description}]` : `.${name}`)
    for (const [effect, value] of Object.entries({ throws: refuse, 'gives nothing': () => {} }))
      pollutions[`${property} ${effect}`] = () => define(object, key, { value, writable: true })
  }
}

const arrayMethods = 'map push join fill forEach flat concat slice toString values @@iterator'
const stringMethods = 'replace slice split toString @@iterator charCodeAt endsWith toWellFormed'
const typedArray = Object.getPrototypeOf(Uint8Array.prototype)
replaceAll('Array.prototype', Array.prototype, arrayMethods)
replaceAll('String.prototype', String.prototype, stringMethods)
replaceAll('RegExp.prototype', RegExp.prototype, 'exec test @@replace')
replaceAll('String', String, 'fromCharCode')
replaceAll('Function.prototype', Function.prototype, 'apply call bind toString')
replaceAll('Number.prototype', Number.prototype, 'toString valueOf')
replaceAll('Object.prototype', Object.prototype, 'toString valueOf hasOwnProperty')
replaceAll('Object', Object, 'assign defineProperty entries freeze getOwnPropertyDescriptor values')
replaceAll('Object', Object, 'getOwnPropertyDescriptors getPrototypeOf keys setPrototypeOf')
replaceAll('Reflect', Reflect, 'apply construct defineProperty get')
replaceAll('Array', Array, 'isArray from')
replaceAll('JSON', JSON, 'parse stringify')
replaceAll(
  'globalThis',
  globalThis,
  'Array Object String Number parseInt Symbol Buffer Error Function',
)
replaceAll('globalThis', globalThis, 'JSON Reflect RegExp Uint8Array Uint16Array Uint32Array Map')
replaceAll('globalThis', globalThis, 'WebAssembly TextEncoder TextDecoder WeakSet')
replaceAll('Buffer.prototype', Buffer.prototype, 'write utf8Write toString utf8Slice')
replaceAll('Map.prototype', Map.prototype, 'get set clear')
replaceAll('ArrayBuffer.prototype', ArrayBuffer.prototype, 'byteLength')
replaceAll('WeakSet.prototype', WeakSet.prototype, 'add has')
replaceAll('TextEncoder.prototype', TextEncoder.prototype, 'encode encodeInto')
replaceAll('TextDecoder.prototype', TextDecoder.prototype, 'decode')
replaceAll('TypedArray.prototype', typedArray, 'set subarray slice length buffer byteLength')
replaceAll('TypedArray.prototype', typedArray, 'byteOffset @@iterator')
replaceAll('Uint8Array.prototype', Uint8Array.prototype, 'set length buffer')
replaceAll('WebAssembly', WebAssembly, 'Instance Module Memory')
replaceAll('WebAssembly.Memory.prototype', WebAssembly.Memory.prototype, 'buffer')

pollutions['Array[Symbol.species] is another'] = () =>
  define(Array, Symbol.species, { get: () => function Other() {} })
pollutions['%ArrayIteratorPrototype%.next gives nothing'] = () => {
  const prototype = Object.getPrototypeOf([].values())
  return define(prototype, 'next', { value: () => ({ done: true }), writable: true })
}

const EFFECTS = {
  'is a text': { value: 'polluted', writable: true },
  'cannot be written': { value: 'polluted', writable: false },
  throws: { get: refuse, set: refuse },
  swallows: { get: () => 'polluted', set() {} },
}
const { 'is a text': _, ...effectsOnArrays } = EFFECTS

function inheritAll(label, object, names, effects) {
  for (const name of names.split(' ')) {
    for (const [effect, descriptor] of Object.entries(effects))
      pollutions[`${label(name)} ${effect}`] = () => define(object, name, descriptor)
  }
}

// Property names of DSNs, of descriptors and of internal objects of the two packages.
const names =
  'code msg cls sub det default_msg reply get value writable any message replacement toJSON 0 1'
inheritAll((name) => `Object.prototype.${name}`, Object.prototype, names, EFFECTS)
inheritAll(
  (name) => `Array.prototype[${name}]`,
  Array.prototype,
  '0 1 constructor',
  effectsOnArrays,
)

module.exports = { pollutions }
