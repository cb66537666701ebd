'use strict'

// Patches of built-ins by hostile or careless code, which affect all code in a process. Each pollution is a
// function that applies the patch and returns a function that undoes it.

// Saved now, because they are needed while they are replaced.
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect

const patched = new Error('patched')
const refuse = () => {
  throw patched
}

/** Defines a property; returns a function that restores the previous one. */
function define(object, key, descriptor) {
  const before = getOwnPropertyDescriptor(object, key)
  defineProperty(object, key, { configurable: true, ...descriptor })
  return () => {
    if (before) defineProperty(object, key, before)
    else deleteProperty(object, key)
  }
}

const pollutions = {}

function replaceAll(label, object, keys) {
  for (const key of keys) {
    const name = `${label}${typeof key === 'symbol' ? `[${key.description}]` : `.${key}`}`
    pollutions[`${name} throws`] = () => define(object, key, { value: refuse, writable: true })
    pollutions[`${name} gives nothing`] = () => define(object, key, { value() {}, writable: true })
  }
}

const { iterator, replace, species } = Symbol
replaceAll('Array.prototype', Array.prototype, [
  ...[
    'map',
    'push',
    'join',
    'fill',
    'forEach',
    'flat',
    'concat',
    'slice',
    'toString',
    'values',
    iterator,
  ],
])
replaceAll('String.prototype', String.prototype, [
  'replace',
  'slice',
  'split',
  'toString',
  iterator,
])
replaceAll('RegExp.prototype', RegExp.prototype, ['exec', 'test', replace])
replaceAll('String.prototype', String.prototype, ['charCodeAt', 'endsWith', 'toWellFormed'])
replaceAll('String', String, ['fromCharCode'])
replaceAll('Function.prototype', Function.prototype, ['apply', 'call', 'bind', 'toString'])
replaceAll('Number.prototype', Number.prototype, ['toString', 'valueOf'])
replaceAll('Object.prototype', Object.prototype, ['toString', 'valueOf', 'hasOwnProperty'])
replaceAll('Object', Object, [
  ...['assign', 'defineProperty', 'entries', 'freeze', 'getOwnPropertyDescriptor', 'values'],
  ...['getOwnPropertyDescriptors', 'getPrototypeOf', 'keys', 'setPrototypeOf'],
])
replaceAll('Reflect', Reflect, ['apply', 'construct', 'defineProperty', 'get'])
replaceAll('Array', Array, ['isArray', 'from'])
replaceAll('JSON', JSON, ['parse', 'stringify'])
replaceAll('globalThis', globalThis, ['Array', 'Object', 'String', 'Number', 'parseInt', 'Symbol'])
replaceAll('globalThis', globalThis, ['Buffer', 'Error', 'Function', 'JSON', 'Reflect', 'RegExp'])
replaceAll('Buffer.prototype', Buffer.prototype, ['write', 'utf8Write', 'toString', 'utf8Slice'])
replaceAll('Map.prototype', Map.prototype, ['get', 'set', 'clear'])
replaceAll('ArrayBuffer.prototype', ArrayBuffer.prototype, ['byteLength'])
replaceAll('WeakSet.prototype', WeakSet.prototype, ['add', 'has'])
replaceAll('TextEncoder.prototype', TextEncoder.prototype, ['encode', 'encodeInto'])
replaceAll('TextDecoder.prototype', TextDecoder.prototype, ['decode'])
replaceAll('TypedArray.prototype', Object.getPrototypeOf(Uint8Array.prototype), [
  ...['set', 'subarray', 'slice', 'length', 'buffer', 'byteLength', 'byteOffset', iterator],
])
replaceAll('Uint8Array.prototype', Uint8Array.prototype, ['set', 'length', 'buffer'])
replaceAll('WebAssembly', WebAssembly, ['Instance', 'Module', 'Memory'])
replaceAll('WebAssembly.Memory.prototype', WebAssembly.Memory.prototype, ['buffer'])
replaceAll('globalThis', globalThis, ['Uint8Array', 'Uint16Array', 'Uint32Array', 'WebAssembly'])
replaceAll('globalThis', globalThis, ['TextEncoder', 'TextDecoder', 'Map', 'WeakSet'])

pollutions['Array[Symbol.species] is another'] = () =>
  define(Array, species, { get: () => function Other() {} })
pollutions['%ArrayIteratorPrototype%.next gives nothing'] = () => {
  const prototype = Object.getPrototypeOf([][iterator]())
  return define(prototype, 'next', { value: () => ({ done: true }), writable: true })
}

// Property names of DSNs, of descriptors and of internal objects of the two packages.
const names = ['code', 'msg', 'cls', 'sub', 'det', 'default_msg', 'reply']
names.push('get', 'value', 'writable', 'any', 'message', 'replacement', 'toJSON', '0', '1')

for (const name of names) {
  const label = `Object.prototype.${String(name)}`
  const on = (descriptor) => () => define(Object.prototype, name, descriptor)
  pollutions[`${label} is a text`] = on({ value: 'polluted', writable: true })
  pollutions[`${label} cannot be written`] = on({ value: 'polluted', writable: false })
  pollutions[`${label} throws`] = on({ get: refuse, set: refuse })
  pollutions[`${label} swallows`] = on({ get: () => 'polluted', set() {} })
}
for (const name of ['0', '1', 'constructor']) {
  const label = `Array.prototype[${name}]`
  const on = (descriptor) => () => define(Array.prototype, name, descriptor)
  pollutions[`${label} cannot be written`] = on({ value: 'polluted', writable: false })
  pollutions[`${label} throws`] = on({ get: refuse, set: refuse })
  pollutions[`${label} swallows`] = on({ get: () => 'polluted', set() {} })
}

module.exports = { pollutions }
