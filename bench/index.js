'use strict'

// Every call beside haraka-dsn's, in rounds, so that a machine that slows down slows down both.
//
//   npm run bench [-- --json FILE] [--rounds N]

const { writeFileSync } = require('node:fs')
const os = require('node:os')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn')
const ours = require('..')
const { version } = require('../package.json')
const shapes = require('./shapes')
const { floors } = require('./floors')

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '11' } },
})

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
const geometricMean = (numbers) =>
  Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length)

async function main() {
  const { do_not_optimize, measure } = await import('mitata/src/lib.mjs')
  const kept = (fn) => () => do_not_optimize(fn())
  const calls = [
    ...floors.map(([name, fn]) => ({ name, floor: kept(fn), times: { floor: [] } })),
    ...shapes.map(([name, of]) => ({
      name,
      original: kept(of(original)),
      ours: kept(of(ours)),
      times: { original: [], ours: [] },
    })),
  ]

  for (let round = 0; round < Number(options.rounds); round++) {
    for (const { times, ...fns } of calls) {
      for (const who of Object.keys(times)) {
        const { p50 } = await measure(fns[who], { min_cpu_time: 20e6, min_samples: 20 })
        times[who].push(p50)
      }
    }
  }

  const rows = calls.map(({ name, times }) =>
    times.floor
      ? { name, floor: median(times.floor) }
      : {
          name,
          original: median(times.original),
          ours: median(times.ours),
          ratio: median(times.original.map((time, round) => time / times.ours[round])),
        },
  )
  const result = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${os.cpus()[0].model}, ${os.cpus().length} cores`,
    node: process.version,
    versions: { 'haraka-dsn': '1.2.1', 'haraka-dsn-rs': version },
    rounds: Number(options.rounds),
    rows,
    geometricMean: geometricMean(rows.flatMap(({ ratio }) => ratio ?? [])),
  }
  print(result)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`)
}

function print({ node, machine, rows, geometricMean }) {
  const line = (name, original, ours, ratio) =>
    console.log(
      `${name.padEnd(40)}${original.padStart(12)}${ours.padStart(12)}${ratio.padStart(9)}`,
    )
  const ns = (time) => (time === undefined ? '' : `${time.toFixed(time < 100 ? 1 : 0)} ns`)

  console.log(`Node.js ${node}, ${machine}\n`)
  line('median of a call', 'haraka-dsn', 'ours', 'ratio')
  for (const { name, floor, original, ours, ratio } of rows) {
    line(name, ns(original), ns(floor ?? ours), ratio ? `${ratio.toFixed(2)}×` : '')
  }
  line('geometric mean', '', '', `${geometricMean.toFixed(2)}×`)
}

main()
