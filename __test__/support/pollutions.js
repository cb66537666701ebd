'use strict'

// Patches of built-ins by hostile or careless code, which affect all code in a process. Each pollution is a
// function that applies the patch and returns a function that undoes it.

const { throwing, define } = require('./exotic-objects')

const refuse = throwing(new Error('patched'))
const pollutions = {}

/** Functions, separated by spaces; `@@` stands for a well-known Symbol. */
const FUNCTIONS = [
  ['Array.prototype', 'map push join fill forEach flat concat slice toString values @@iterator'],
  ['String.prototype', 'replace slice split toString @@iterator charCodeAt endsWith toWellFormed'],
  ['RegExp.prototype', 'exec test @@replace'],
  ['String', 'fromCharCode'],
  ['Function.prototype', 'apply call bind toString'],
  ['Number.prototype', 'toString valueOf'],
  ['Object.prototype', 'toString valueOf hasOwnProperty'],
  ['Object', 'assign defineProperty entries freeze getOwnPropertyDescriptor values'],
  ['Object', 'getOwnPropertyDescriptors getPrototypeOf keys setPrototypeOf'],
  ['Reflect', 'apply construct defineProperty get'],
  ['Array', 'isArray from'],
  ['JSON', 'parse stringify'],
  ['globalThis', 'Array Object String Number parseInt Symbol Buffer Error Function'],
  ['globalThis', 'JSON Reflect RegExp Uint8Array Uint16Array Uint32Array Map'],
  ['globalThis', 'WebAssembly TextEncoder TextDecoder WeakSet'],
  ['Buffer.prototype', 'write utf8Write toString utf8Slice'],
  ['Map.prototype', 'get set clear'],
  ['ArrayBuffer.prototype', 'byteLength'],
  ['WeakSet.prototype', 'add has'],
  ['TextEncoder.prototype', 'encode encodeInto'],
  ['TextDecoder.prototype', 'decode'],
  ['TypedArray.prototype', 'set subarray slice length buffer byteLength byteOffset @@iterator'],
  ['Uint8Array.prototype', 'set length buffer'],
  ['WebAssembly', 'Instance Module Memory'],
  ['WebAssembly.Memory.prototype', 'buffer'],
]
const globals = { __proto__: globalThis, TypedArray: Object.getPrototypeOf(Uint8Array) }

for (const [path, names] of FUNCTIONS) {
  const object = path.split('.').reduce((from, name) => from[name], globals)
  for (const name of names.split(' ')) {
    const key = name.startsWith('@@') ? Symbol[name.slice(2)] : name
    const property = path + (key === name ? `.${name}` : `[${key.description}]`)
    for (const [effect, value] of Object.entries({ throws: refuse, 'gives nothing': () => {} }))
      pollutions[`${property} ${effect}`] = () => define(object, key, { value, writable: true })
  }
}

pollutions['Array[Symbol.species] is another'] = () =>
  define(Array, Symbol.species, { get: () => function Other() {} })
pollutions['%ArrayIteratorPrototype%.next gives nothing'] = () => {
  const prototype = Object.getPrototypeOf([].values())
  return define(prototype, 'next', { value: () => ({ done: true }), writable: true })
}

const EFFECTS = {
  'cannot be written': { value: 'polluted', writable: false },
  throws: { get: refuse, set: refuse },
  swallows: { get: () => 'polluted', set() {} },
}

function inheritAll(object, names, labelOf, effects) {
  for (const name of names.split(' ')) {
    for (const [effect, descriptor] of Object.entries(effects))
      pollutions[`${labelOf(name)} ${effect}`] = () => define(object, name, descriptor)
  }
}

// Property names of DSNs, of descriptors and of internal objects of the two packages.
const names =
  'code msg cls sub det default_msg reply get value writable any message replacement toJSON 0 1'
const effects = { ...EFFECTS, 'is a text': { value: 'polluted', writable: true } }
inheritAll(Object.prototype, names, (name) => `Object.prototype.${name}`, effects)
inheritAll(Array.prototype, '0 1 constructor', (name) => `Array.prototype[${name}]`, EFFECTS)

module.exports = { pollutions }
