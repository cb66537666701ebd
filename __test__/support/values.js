'use strict'

const fc = require('fast-check')
const { anyArray, arrays, plainLines } = require('./arrays')
const { anyCoercible, coercibles } = require('./coercions')
const { foreign, revoked, watched } = require('./exotic-objects')
const { anyString, strings } = require('./strings')

// Values of every kind that JavaScript can pass as message, code, default code, subject or detail.

const nothings = [undefined, null, false, 0, -0, NaN, 0n]

const numbers = [
  ...[1, 2, 7, -1, 1.5, 199, 200, 250, 299, 300, 399, 400, 421, 450, 450.5, 499, 500, 535, 550],
  ...[554, 599, 600, 5501, 4e20, 5e21, 1e21, 450e-9, 2 ** 31, 2 ** 32, 2 ** 53, 5e-324],
  ...[-550, Infinity, -Infinity, Number.MAX_VALUE],
  ...[450n, 550n, -550n, 10n ** 30n, 4n * 10n ** 30n, true],
]

// Separated by a vertical bar.
const codeTexts = (
  '450|451|550|5501|450 x|550\r\n|550\n|299|199|600|45| 450|\n450|+450|0450|４５０|５５０|٤٥٠|4５0|٤50|450\0' +
  '|x450|5.5.0|2xx|2e2|250n|Infinity|-550|0x1c2|45O|4 50'
).split('|')

const symbols = [
  ...[Symbol('control\r\n\x7f'), Symbol(), Symbol.for('450'), Symbol.iterator],
  ...[Symbol.unscopables, Symbol.toPrimitive],
]

// Stacks contain the code that created the error; both implementations must get the same one.
const withoutStack = (error) => Object.defineProperty(error, 'stack', { value: 'no stack' })

const boxed = [new String('boxed\n'), new String(''), new String('550'), new Number(421)]
boxed.push(new Boolean(false), Object(450n), Object(Symbol('x')))

const objects = [
  ...[...boxed, new Date(0), new Date(NaN), /450/g, {}, Object.create(null)],
  ...[
    { length: 2, 0: 'a', 1: 'b' },
    { length: 1, 0: 'a', map: () => ['b'] },
  ],
  ...[Object.create(Array.prototype), new Function('return arguments')('450', 'b\n')],
  ...[() => () => 'called', () => new Function('\r\nreturn 1'), () => class Anything {}],
  ...[() => ['a'].values(), new Map([['a', 1]]), new Set(['a']), new WeakMap()],
  ...[Buffer.from('450\r\nЖ'), new Uint8Array([4, 5, 0]), new Uint16Array(0), new ArrayBuffer(2)],
  ...[new Float64Array([250.5]), new URL('http://a.example/'), Promise.resolve(1)],
  ...[withoutStack(new Error('450 of the caller\n')), withoutStack(foreign.error('elsewhere'))],
  ...[foreign.string('451 boxed elsewhere\n'), foreign.object()],
  ({ DSN }) => DSN.no_such_user('a message\n', 551),
  ({ DSN }) => DSN.mbox_full(['one', 'two']),
  ({ DSN }) => Object.assign(DSN.mbox_full(), { reply: '450 x' }),
  ({ DSN }) => Object.assign(DSN.mbox_full(), { reply: undefined }),
  ({ DSN }) => new (class Sub extends DSN {})(550, 'x', 0, 1, 1),
  ...[{ self: 1n }, { toJSON: (key) => `JSON of ${key}` }, () => revoked({})],
  (world) => watched(world, { toString: () => '450 watched' }),
]

const keyTexts = (
  '|0|1|7|10|11|27|01|1.0|-1|-0|4294967295|1e0| 1|length|__proto__|constructor|prototype|map|join|name' +
  '|toString|x|hasOwnProperty|concat|\n|1\r\n|\x7f'
).split('|')

const keyNumbers = [...Array(13).keys(), 20, 26, 27, 28, 500, 999, 1000, 1.5, -1]

const keyObjects = [[1], [], [1, 1], ['\n'], { toString: () => '7' }, new Number(7)]

const everything = [
  ...[...nothings, ...numbers, ...codeTexts, ...strings, ...symbols],
  ...[...objects, ...coercibles, ...keyObjects, ...arrays],
]

const keys = [...keyNumbers, ...keyTexts, ...nothings, ...symbols, ...keyObjects]

const pick = (...lists) => fc.oneof(...lists.map((blueprints) => fc.constantFrom(...blueprints)))

const number = fc.oneof(
  ...[fc.integer({ min: 190, max: 610 }), fc.integer(), fc.double(), fc.bigInt()],
)

const any = fc.oneof(number, anyString, anyArray, anyCoercible, pick(everything))

const code = fc.oneof(number, pick(codeTexts, numbers, nothings, coercibles), any)

const message = fc.oneof(
  ...[anyString, anyArray].map((arbitrary) => ({ weight: 3, arbitrary })),
  ...[plainLines, pick(nothings, strings, objects), any],
)

const near = fc.integer({ min: -3, max: 40 })

const key = fc.oneof(pick(keyNumbers, keyTexts, nothings, keyObjects), near, any)

module.exports = { code, everything, key, keys, message, number, plainLines, text: anyString }
