'use strict'

const fc = require('fast-check')
const { anyArray, arrays, plainLines } = require('./arrays')
const { anyCoercible, coercibles } = require('./coercions')
const { foreign, revoked, watched } = require('./exotic')
const { constant, constants, recipesOf } = require('./recipe')
const { anyString, strings } = require('./strings')

// Values of every kind that JavaScript can pass as message, code, default code, subject or detail.

const nothings = constants(undefined, null, false, 0, -0, NaN, 0n)

const numbers = constants(
  ...[1, 2, 7, -1, 1.5, 199, 200, 250, 299, 300, 399, 400, 421, 450, 450.5, 499, 500, 535, 550],
  ...[554, 599, 600, 5501, 4e20, 5e21, 1e21, 450e-9, 2 ** 31, 2 ** 32, 2 ** 53, 5e-324],
  ...[-550, Infinity, -Infinity, Number.MAX_VALUE],
  ...[450n, 550n, -550n, 10n ** 30n, 4n * 10n ** 30n, true],
)

/** Texts that are separated by a vertical bar. */
const texts = (list) => constants(...list.split('|'))

const codeTexts = texts(
  '450|451|550|5501|450 x|550\r\n|550\n|299|199|600|45| 450|\n450|+450|0450|４５０|５５０|٤٥٠|4５0|٤50|450\0' +
    '|x450|5.5.0|2xx|2e2|250n|Infinity|-550|0x1c2|45O|4 50',
)

const symbols = constants(
  ...[Symbol('control\r\n\x7f'), Symbol(), Symbol.for('450'), Symbol.iterator],
  ...[Symbol.unscopables, Symbol.toPrimitive],
)

// Stacks contain the code that created the error; both implementations must get the same one.
const withoutStack = (error) => Object.defineProperty(error, 'stack', { value: 'no stack' })

const objects = recipesOf({
  'new String("boxed\\n")': () => new String('boxed\n'),
  'new String("")': () => new String(''),
  'new String("550")': () => new String('550'),
  'new Number(421)': () => new Number(421),
  'new Boolean(false)': () => new Boolean(false),
  'Object(450n)': () => Object(450n),
  'Object(Symbol())': () => Object(Symbol('boxed')),
  'new Date(0)': () => new Date(0),
  'new Date(NaN)': () => new Date(NaN),
  '/450/': () => /450/g,
  '{}': () => ({}),
  '{ length: 2, 0: "a", 1: "b" }': () => ({ length: 2, 0: 'a', 1: 'b' }),
  'an object with a map': () => ({ length: 1, 0: 'a', map: () => ['b'] }),
  'an object with the prototype of arrays': () => Object.create(Array.prototype),
  'Object.create(null)': () => Object.create(null),
  arguments: () => new Function('return arguments')('450', 'b\n'),
  'an arrow function': () => () => 'called',
  'a function with line breaks': () => new Function('\r\nreturn 1'),
  'a class': () => class Anything {},
  'an iterator': () => ['a'].values(),
  'a Buffer': () => Buffer.from('450\r\nЖ'),
  'a Uint8Array': () => new Uint8Array([4, 5, 0]),
  'an empty Uint16Array': () => new Uint16Array(0),
  'a Float64Array': () => new Float64Array([250.5]),
  'an ArrayBuffer': () => new ArrayBuffer(2),
  'a Map': () => new Map([['a', 1]]),
  'a Set': () => new Set(['a']),
  'a WeakMap': () => new WeakMap(),
  'an Error': () => withoutStack(new Error('450 of the caller\n')),
  'a URL': () => new URL('http://example.com/'),
  'a string of another realm': () => foreign.string('451 boxed elsewhere\n'),
  'an object of another realm': () => foreign.object(),
  'an error of another realm': () => withoutStack(foreign.error('elsewhere')),
  'a DSN': ({ DSN }) => DSN.no_such_user('a message\n', 551),
  'a DSN of two lines': ({ DSN }) => DSN.mbox_full(['one', 'two']),
  'a DSN of reply 450': ({ DSN }) => Object.assign(DSN.mbox_full(), { reply: '450 x' }),
  'a DSN without reply': ({ DSN }) => Object.assign(DSN.mbox_full(), { reply: undefined }),
  'an instance of a subclass': ({ DSN }) => new (class Sub extends DSN {})(550, 'x', 0, 1, 1),
  'an object that JSON.stringify rejects': () => ({ self: 1n }),
  'an object with its own JSON': () => ({ toJSON: (key) => `JSON of ${key}` }),
  'a revoked proxy of an object': () => revoked({}),
  'a watched object': (world) => watched(world, { toString: () => '450 watched' }),
})
// Shared by both: the test runner numbers promises, which util.inspect shows.
objects.push(constant(Promise.resolve(1), 'a promise'))

const keyTexts = texts(
  '|0|1|7|10|11|27|01|1.0|-1|-0|4294967295|1e0| 1|length|__proto__|constructor|prototype|map|join|name' +
    '|toString|x|hasOwnProperty|concat|\n|1\r\n|\x7f',
)

const keyNumbers = constants(...Array(13).keys(), 20, 26, 27, 28, 500, 1.5, -1)

const keyObjects = recipesOf({
  '[1]': () => [1],
  '[]': () => [],
  '[1, 1]': () => [1, 1],
  '["\\n"]': () => ['\n'],
  '{ toString: () => "7" }': () => ({ toString: () => '7' }),
  'new Number(7)': () => new Number(7),
})

const everything = [
  ...[...nothings, ...numbers, ...codeTexts, ...strings, ...symbols],
  ...[...objects, ...coercibles, ...keyObjects, ...arrays],
]

const keys = [...keyNumbers, ...keyTexts, ...nothings, ...symbols, ...keyObjects]

const pick = (...lists) => fc.oneof(...lists.map((recipes) => fc.constantFrom(...recipes)))

const number = fc
  .oneof(fc.integer({ min: 190, max: 610 }), fc.integer(), fc.double(), fc.bigInt())
  .map((value) => constant(value))

const others = fc.oneof(anyCoercible, anyArray, anyString, pick(symbols, everything))

const code = fc.oneof(number, pick(codeTexts, numbers, nothings, coercibles, objects), others)

const message = fc.oneof(anyString, anyArray, plainLines, pick(nothings, objects), others, number)

const key = fc.oneof(
  pick(keyNumbers, keyNumbers, keyTexts, nothings, keyObjects),
  fc.integer({ min: -3, max: 40 }).map((value) => constant(value)),
  others,
)

module.exports = { code, everything, key, keys, message, number, plainLines, text: anyString }
