'use strict'

// Measures how the time of a call grows with the length of the message and the number of lines. It is
// linear if the time per character, or per line, levels off.
//
//   npm run bench:growth

const original = require('haraka-dsn')
const ours = require('..')
const { nanoseconds } = require('./format')
const { compile } = require('./shapes')
const { median } = require('./statistics')
const { measure } = require('./timing')

const ROUNDS = 9

const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))

const sizes = {
  'clean message, characters': [powers(1, 6), (size) => 'x'.repeat(size)],
  'message of short lines, characters': [powers(1, 6), (size) => 'nine char\n'.repeat(size / 10)],
  'non-ASCII message, characters': [powers(1, 6), (size) => 'ß世'.repeat(size / 2)],
  'buffer sizes, characters': [[2000, 2045, 2046, 2047, 2048, 4096], (size) => 'x'.repeat(size)],
  'array, lines': [powers(0, 4), (size) => Array.from({ length: size }, (_, i) => `Line ${i}`)],
}

const line = (name, columns) =>
  console.log(`${name.padEnd(40)}${columns.map((column) => column.padStart(14)).join('')}`)

for (const [what, [steps, build]] of Object.entries(sizes)) {
  console.log()
  line(what, ['haraka-dsn', 'ours', 'ours, each'])
  for (const size of steps) {
    const message = build(size)
    const loops = [original, ours].map((DSN) =>
      compile((DSN, { message }) => DSN.mbox_full(message), DSN, { message }),
    )
    const times = measure(loops, ROUNDS).map(median)
    line(String(size), [...times.map(nanoseconds), `${(times[1] / size).toFixed(2)} ns`])
  }
}
