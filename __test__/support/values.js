'use strict'

const fc = require('fast-check')
const { anyArray, arrays, plainLines } = require('./arrays')
const { anyCoercible, coercibles, foreign } = require('./coercions')
const { Recipe, constant } = require('./recipe')
const { anyString, strings } = require('./strings')

// Values of every kind that JavaScript can pass as message, code, default code, subject or detail.

const fresh = (label, make) => new Recipe(label, make)

const constants = (...values) => values.map((value) => constant(value))

/** Texts that are separated by a vertical bar. */
const texts = (list) => constants(...list.split('|'))

const nothings = constants(undefined, null, false, 0, -0, NaN, 0n)

const numbers = constants(
  ...[1, 2, 7, -1, 1.5, 199, 200, 250, 299, 300, 399, 400, 421, 450, 450.5, 499, 500, 535, 550],
  ...[554, 599, 600, 5501, 4e20, 5e21, 1e21, 450e-9, 2 ** 31, 2 ** 32, 2 ** 53, 5e-324],
  ...[-550, Infinity, -Infinity, Number.MAX_VALUE],
  ...[450n, 550n, -550n, 10n ** 30n, 4n * 10n ** 30n, true],
)

const codeTexts = texts(
  '450|451|550|5501|450 x|550\r\n|550\n|299|199|600|45| 450|\n450|+450|0450|４５０|５５０|٤٥٠|4５0|٤50|450\0' +
    '|x450|5.5.0|2xx|2e2|250n|Infinity|-550|0x1c2|45O|4 50',
)

const symbols = constants(
  ...[Symbol('control\r\n\x7f'), Symbol(), Symbol.for('450'), Symbol.iterator],
  ...[Symbol.unscopables, Symbol.toPrimitive],
)

const objects = [
  fresh('new String("boxed\\n")', () => new String('boxed\n')),
  fresh('new String("")', () => new String('')),
  fresh('new String("550")', () => new String('550')),
  fresh('new Number(421)', () => new Number(421)),
  fresh('new Boolean(false)', () => new Boolean(false)),
  fresh('Object(450n)', () => Object(450n)),
  fresh('Object(Symbol())', () => Object(Symbol('boxed'))),
  fresh('new Date(0)', () => new Date(0)),
  fresh('new Date(NaN)', () => new Date(NaN)),
  fresh('/450/', () => /450/g),
  fresh('{}', () => ({})),
  fresh('{ length: 2, 0: "a", 1: "b" }', () => ({ length: 2, 0: 'a', 1: 'b' })),
  fresh('an object with a map', () => ({ length: 1, 0: 'a', map: () => ['b'] })),
  fresh('an object with the prototype of arrays', () => Object.create(Array.prototype)),
  fresh('Object.create(null)', () => Object.create(null)),
  fresh('arguments', () =>
    (function list() {
      // biome-ignore lint/complexity/noArguments: the object itself is the value under test
      return arguments
    })('450', 'b\n'),
  ),
  fresh('an arrow function', () => () => 'called'),
  fresh('a function with line breaks', () => new Function('\r\nreturn 1')),
  fresh('a class', () => class Anything {}),
  fresh('a generator', () =>
    (function* lines() {
      yield 1
    })(),
  ),
  // Shared by both: the test runner numbers promises, which util.inspect shows.
  constant(Promise.resolve(1), 'a promise'),
  fresh('a Buffer', () => Buffer.from('450\r\nЖ')),
  fresh('a Uint8Array', () => new Uint8Array([4, 5, 0])),
  fresh('an empty Uint16Array', () => new Uint16Array(0)),
  fresh('a Float64Array', () => new Float64Array([250.5])),
  fresh('an ArrayBuffer', () => new ArrayBuffer(2)),
  fresh('a Map', () => new Map([['a', 1]])),
  fresh('a Set', () => new Set(['a'])),
  fresh('a WeakMap', () => new WeakMap()),
  fresh('an Error', () => frozenStack(new Error('450 of the caller\n'))),
  fresh('a URL', () => new URL('http://example.com/')),
  fresh('a string of another realm', () => foreign.string('451 boxed elsewhere\n')),
  fresh('an object of another realm', () => foreign.object()),
  fresh('an error of another realm', () => frozenStack(foreign.error('elsewhere'))),
  fresh('a DSN', ({ DSN }) => DSN.no_such_user('a message\n', 551)),
  fresh('a DSN of two lines', ({ DSN }) => DSN.mbox_full(['one', 'two'])),
  fresh('a DSN with the reply 450', ({ DSN }) =>
    Object.assign(DSN.mbox_full(), { reply: '450 x' }),
  ),
  fresh('a DSN without reply', ({ DSN }) => Object.assign(DSN.mbox_full(), { reply: undefined })),
  fresh(
    'an instance of a subclass',
    ({ DSN }) => new (class Sub extends DSN {})(550, 'x', 0, 1, 1),
  ),
  fresh('an object that JSON.stringify rejects', () => ({ self: 1n })),
  fresh('an object with its own JSON', () => ({ toJSON: (key) => `JSON of ${key}` })),
]

// Stacks contain the code that created the error; both implementations must get the same one.
function frozenStack(error) {
  return Object.defineProperty(error, 'stack', { value: 'no stack' })
}

const proxies = [
  fresh('a revoked proxy of an object', () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  }),
  fresh('a watched object', (world) => {
    const target = { toString: () => '450 watched' }
    return new Proxy(target, {
      get(_, key) {
        world.log(`get ${String(key)}`)
        return target[key]
      },
    })
  }),
]

const keyTexts = texts(
  '|0|1|7|10|11|27|01|1.0|-1|-0|4294967295|1e0| 1|length|__proto__|constructor|prototype|map|join|name' +
    '|toString|x|hasOwnProperty|concat|\n|1\r\n|\x7f',
)

const keyNumbers = constants(
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 26, 27, 28, 500, 1.0, 1.5, -1],
)

const keyObjects = [
  fresh('[1]', () => [1]),
  fresh('[]', () => []),
  fresh('[1, 1]', () => [1, 1]),
  fresh('["\\n"]', () => ['\n']),
  fresh('{ toString: () => "7" }', () => ({ toString: () => '7' })),
  fresh('new Number(7)', () => new Number(7)),
]

const everything = [
  ...[...nothings, ...numbers, ...codeTexts, ...strings, ...symbols],
  ...[...objects, ...proxies, ...coercibles, ...keyObjects, ...arrays],
]

const keys = [...keyNumbers, ...keyTexts, ...nothings, ...symbols, ...keyObjects]

const pick = (recipes) => fc.constantFrom(...recipes)
const weighted = (...pairs) =>
  fc.oneof(...pairs.map(([weight, arbitrary]) => ({ weight, arbitrary })))

const number = weighted(
  [3, fc.integer({ min: 190, max: 610 })],
  [1, fc.integer()],
  [1, fc.double()],
  [1, fc.bigInt()],
).map((value) => constant(value))

const code = weighted(
  [6, number],
  [4, pick(codeTexts)],
  [3, pick(numbers)],
  [3, pick(nothings)],
  [3, anyCoercible],
  [2, pick(coercibles)],
  [2, pick(objects)],
  [1, pick(symbols)],
  [1, anyString],
  [1, pick(everything)],
  [1, anyArray],
)

const message = weighted(
  [10, anyString],
  [6, anyArray],
  [3, plainLines],
  [3, pick(nothings)],
  [3, anyCoercible],
  [2, pick(arrays)],
  [2, pick(strings)],
  [2, pick(objects)],
  [1, number],
  [1, pick(everything)],
)

const key = weighted(
  [8, pick(keyNumbers)],
  [2, fc.integer({ min: -3, max: 40 }).map((value) => constant(value))],
  [4, pick(keyTexts)],
  [2, pick(nothings)],
  [1, pick(symbols)],
  [1, pick(keyObjects)],
  [2, anyCoercible],
  [1, anyString],
  [1, pick(everything)],
)

module.exports = { code, everything, key, keys, message, number, plainLines, text: anyString }
