'use strict'

const fc = require('fast-check')
const { Recipe, constant, quoted } = require('./recipe')

// Lengths at which implementations may switch: stack buffers, inline strings, ropes and slices.
const LENGTHS = [0, 1, 2, 3, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 25, 26, 27]
for (let power = 32; power <= 4096; power *= 2) LENGTHS.push(power - 1, power, power + 1)
const HUGE = 100_000
const LONG_LENGTHS = [HUGE]
for (const power of [8192, 16384, 65536]) LONG_LENGTHS.push(power - 1, power, power + 1)

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).concat('\x7f')
// Characters next to the control characters, or similar to them, which must be kept.
const KEPT = [' ', '!', '~', '\x80', '\x85', '\x9f', '\xa0', '\xad', '\u2028', '\u2029', '\ufeff']
const WIDE = ['é', 'ÿ', 'Ā', 'ж', '\ufffd', '\uffff', '😀', '\ud800', '\udbff', '\udc00', '\udfff']
const LOW_BYTE_LOOKS_LIKE_CONTROL = ['\u0100', '\u010a', '\u017f', '\u0d0a', '\u7f7f', '\uff0a']

// The same text in different internal representations of the engine.
const SHAPES = {
  flat: (text) => text,
  'a rope': (text) => text.slice(0, text.length >> 1) + text.slice(text.length >> 1),
  'a rope of characters': (text) => {
    let rope = ''
    for (let i = 0; i < text.length; i++) rope += text[i]
    return rope
  },
  'a slice': (text) => `${'x'.repeat(20)}${text}${'y'.repeat(20)}`.slice(20, 20 + text.length),
  'a slice of two-byte text': (text) => `ж${text}ж`.slice(1, 1 + text.length),
  'a string decoded from a Buffer': (text) => Buffer.from(text, 'utf16le').toString('utf16le'),
  'a property key': (text) => Object.keys({ [SHAPES['a rope'](text)]: true })[0],
}

function shaped(text, shape) {
  const label = () => (shape === 'flat' ? quoted(text) : `${quoted(text)} as ${shape}`)
  return new Recipe(label, () => SHAPES[shape](text))
}

const word = fc.string({ maxLength: 24 })
const unicode = fc.string({ unit: 'binary', maxLength: 24 })
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 24 })
  .map((codes) => String.fromCharCode(...codes))
const mixed = fc
  .array(
    fc.oneof(
      fc.constantFrom(...CONTROLS),
      fc.constantFrom('\r\n', 'a', 'Mailbox full', '5.1.1 '),
      fc.constantFrom(...KEPT, ...WIDE, ...LOW_BYTE_LOOKS_LIKE_CONTROL),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))

// A run of one character with another one somewhere, often at the ends.
const run = fc
  .record({
    length: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(...LENGTHS) },
      { weight: 1, arbitrary: fc.constantFrom(...LONG_LENGTHS) },
    ),
    unit: fc.constantFrom('a', 'é', 'ж', '😀', '\x7f'),
    intruder: fc.constantFrom('', ...CONTROLS, ...KEPT, ...WIDE),
    position: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ length, unit, intruder, position }) => {
    const text = unit.repeat(length).slice(0, length)
    const index = Math.round((length - intruder.length) * position)
    return index < 0 ? text : text.slice(0, index) + intruder + text.slice(index + intruder.length)
  })

const text = fc.oneof(
  { weight: 4, arbitrary: word },
  { weight: 2, arbitrary: unicode },
  { weight: 2, arbitrary: units },
  { weight: 4, arbitrary: mixed },
  { weight: 3, arbitrary: run },
)

const anyString = fc
  .tuple(text, fc.constantFrom(...Object.keys(SHAPES)))
  .map(([value, shape]) => shaped(value, shape))

// One of each kind, for exhaustive tests.
const strings = [
  ...['', ' ', '0', 'Rate that\nprevents', 'a\r\nb', '\r\n', '\x7f', '\0'].map((s) => constant(s)),
  ...['  spaces kept  ', '5.1.1 twice', '\ud83d', 'lone \udc00\ud800 halves'].map((s) =>
    constant(s),
  ),
  ...['\u2028\u2029\ufeff', 'ÿé', 'Grüße, Привет, 你好, 😀'].map((s) => constant(s)),
  constant(CONTROLS.join(''), 'all control characters'),
  constant(CONTROLS.join('x'), 'all control characters, each followed by text'),
  constant(CONTROLS.join('ж'), 'all control characters in two-byte text'),
  constant(String.fromCharCode(...Array(256).keys()), 'all of Latin-1'),
  constant(LOW_BYTE_LOOKS_LIKE_CONTROL.join(''), 'low bytes that look like control characters'),
  ...Object.keys(SHAPES).flatMap((shape) => [
    shaped('Sorry, no mailbox here by that name', shape),
    shaped('Sorry,\nno mailbox here\x7f', shape),
  ]),
  ...['a', 'é', 'ж', '\n', 'ж\n'].map((unit) => {
    const label = `${HUGE} characters, ${quoted(unit)} repeated`
    return new Recipe(label, () => unit.repeat(HUGE / unit.length))
  }),
]

// Texts of every length of interest, clean and with a control character at the end.
const boundaries = [...LENGTHS, ...LONG_LENGTHS].flatMap((length) =>
  ['a', 'é', 'ж'].flatMap((unit) =>
    ['', '\n'].map((end) => {
      const label = `${length} characters ${quoted(unit)} and ${quoted(end)}`
      return new Recipe(label, () => unit.repeat(length) + end)
    }),
  ),
)

module.exports = { CONTROLS, anyString, boundaries, strings }
