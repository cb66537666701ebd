'use strict'

// One process of the benchmark: every call in rounds, haraka-dsn's and ours in turn, so that a
// machine that slows down slows down both. Prints the time of each call in each round as JSON.

const original = require('haraka-dsn')
const ours = require('..')
const { floors } = require('./floors')
const { usual, rare } = require('./shapes')

const rounds = 5
const options = { min_cpu_time: 30e6, min_samples: 20 }

async function main() {
  const { do_not_optimize, measure } = await import('mitata/src/lib.mjs')
  const call = (fn) => ({ times: [], fn: () => do_not_optimize(fn()) })

  const rows = [
    ...floors.map(([name, fn]) => ({ name, calls: { floor: call(fn) } })),
    ...[...usual, ...rare].map(([name, of]) => ({
      name,
      calls: { original: call(of(original)), ours: call(of(ours)) },
    })),
  ]
  for (let round = 0; round < rounds; round++) {
    for (const { calls } of rows) {
      for (const { times, fn } of Object.values(calls)) {
        const { p50 } = await measure(fn, options)
        times.push(p50)
      }
    }
  }
  const timesOf = (calls) =>
    Object.fromEntries(Object.entries(calls).map(([who, { times }]) => [who, times]))
  console.log(JSON.stringify(rows.map(({ name, calls }) => ({ name, ...timesOf(calls) }))))
}

main()
