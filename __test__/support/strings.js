'use strict'

const fc = require('fast-check')
const { CONTROLS } = require('./control-characters')

// Lengths at which implementations may switch: stack buffers, inline strings, ropes and slices.
const around = (powers) => powers.flatMap((power) => [2 ** power - 1, 2 ** power, 2 ** power + 1])
const LENGTHS = [0, 1, 2, 3, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 25, 26, 27]
LENGTHS.push(...around([5, 6, 7, 8, 9, 10, 11, 12]))
const HUGE = 100_000

// Characters next to the control characters, or similar to them, which must be kept.
const KEPT = [' ', '!', '~', '\x80', '\x85', '\x9f', '\xa0', '\xad', '\u2028', '\u2029', '\ufeff']
const WIDE = ['é', 'ÿ', 'Ā', 'ж', '\ufffd', '\uffff', '😀', '\ud800', '\udbff', '\udc00', '\udfff']
const LOW_BYTE_LOOKS_LIKE_CONTROL = ['\u0100', '\u010a', '\u017f', '\u0d0a', '\u7f7f', '\uff0a']

const rope = (text) => text.slice(0, text.length >> 1) + text.slice(text.length >> 1)

// The same text in different internal representations of the engine: flat, ropes, slices, decoded, a key.
const SHAPES = [
  (text) => text,
  rope,
  (text) => text.split('').reduce((start, unit) => start + unit, ''),
  (text) => `${'x'.repeat(20)}${text}${'y'.repeat(20)}`.slice(20, 20 + text.length),
  (text) => `ж${text}ж`.slice(1, 1 + text.length),
  (text) => Buffer.from(text, 'utf16le').toString('utf16le'),
  (text) => Object.keys({ [rope(text)]: true })[0],
]

const character = fc.constantFrom(...CONTROLS, ...KEPT, ...WIDE, ...LOW_BYTE_LOOKS_LIKE_CONTROL)

// A run of one character with another one somewhere, often at the ends.
const run = fc
  .record({
    length: fc.constantFrom(...LENGTHS, HUGE),
    unit: fc.constantFrom('a', 'é', 'ж', '😀', '\x7f'),
    intruder: fc.oneof(character, fc.constant('')),
    position: fc.constantFrom(0, 0.2, 0.7, 1),
  })
  .map(({ length, unit, intruder, position }) => {
    const index = Math.round(length * position)
    const text = unit.repeat(length).slice(0, length)
    return text.slice(0, index) + intruder + text.slice(index)
  })

const common = fc.constantFrom('\r\n', 'a', 'Mailbox full', '5.1.1 ')
// Units that are halves of a surrogate pair, too. fast-check's own take a second to load.
const any = fc.oneof(fc.nat(0xffff), fc.nat(0x10ffff)).map((code) => String.fromCodePoint(code))

const text = fc.oneof(
  fc.string({ maxLength: 24 }),
  fc.string({ unit: fc.oneof(character, common), maxLength: 12 }),
  run,
  fc.string({ unit: any, maxLength: 24 }),
)

const anyString = fc.tuple(text, fc.constantFrom(...SHAPES)).map(
  ([value, shape]) =>
    () =>
      shape(value),
)

// One of each kind, for exhaustive tests.
const strings = [
  ...['', ' ', '0', 'Rate that\nprevents', 'a\r\nb', '\r\n', '\x7f', '\0', '  spaces kept  '],
  ...['5.1.1 twice', '\ud83d', 'lone \udc00\ud800 halves', '\u2028\u2029\ufeff', 'ÿé'],
  ...['Grüße, Привет, 你好, 😀', String.fromCharCode(...Array(256).keys())],
  ...['', 'x', 'ж'].map((glue) => CONTROLS.join(glue)),
  LOW_BYTE_LOOKS_LIKE_CONTROL.join(''),
  ...SHAPES.flatMap((shape) => [
    () => shape('Sorry, no mailbox here by that name'),
    () => shape('Sorry,\nno mailbox here\x7f'),
  ]),
  ...['a', 'é', 'ж', '\n', 'ж\n'].map((unit) => () => unit.repeat(HUGE / unit.length)),
]

// Texts of every length of interest, without and with a control character at the end.
const boundaries = [...LENGTHS, HUGE, ...around([13, 14, 16])].flatMap((length) =>
  ['a', 'é', 'ж'].flatMap((unit) => ['', '\n'].map((end) => () => unit.repeat(length) + end)),
)

module.exports = { anyString, boundaries, strings }
