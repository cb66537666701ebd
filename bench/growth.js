'use strict'

// Measures how the time of a call grows with the length of the message and the number of lines. It is
// linear if the time per character, or per line, levels off.
//
//   npm run bench:growth

const original = require('haraka-dsn')
const ours = require('..')

const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))

const sizes = {
  'clean message, characters': [powers(1, 6), (size) => 'x'.repeat(size)],
  'message of short lines, characters': [powers(1, 6), (size) => 'nine char\n'.repeat(size / 10)],
  'non-ASCII message, characters': [powers(1, 6), (size) => 'ß世'.repeat(size / 2)],
  'buffer sizes, characters': [[500, 510, 511, 512, 513, 1024], (size) => 'x'.repeat(size)],
  'array, lines': [powers(0, 4), (size) => Array.from({ length: size }, (_, i) => `Line ${i}`)],
}

async function main() {
  const { do_not_optimize, measure } = await import('mitata/src/lib.mjs')
  const options = { min_cpu_time: 200e6, min_samples: 12 }
  for (const [what, [steps, build]] of Object.entries(sizes)) {
    console.log(
      `\n${what.padEnd(40)}${'haraka-dsn'.padStart(14)}${'ours'.padStart(14)}   ours, each`,
    )
    for (const size of steps) {
      const message = build(size)
      const times = []
      for (const DSN of [original, ours]) {
        const { p50 } = await measure(() => do_not_optimize(DSN.mbox_full(message)), options)
        times.push(p50)
      }
      const columns = times.map((time) => `${Math.round(time)} ns`.padStart(14)).join('')
      console.log(
        `${String(size).padEnd(40)}${columns}${(times[1] / size).toFixed(2).padStart(10)} ns`,
      )
    }
  }
}

main()
