'use strict'

// One process of the benchmark: measures every call in rounds, the packages in turn, so that a machine
// that slows down affects all of them. Prints the times of each call as JSON.
//
//   node --expose-gc bench/calls.js [name=module[=backend] ...]

const { compile, shapes } = require('./shapes')
const { floors } = require('./floors')

const rounds = 5
// Long enough for V8 to optimize the loop: with 30 ms, Node.js 22 often has not.
const options = { min_cpu_time: 100e6, min_samples: 20 }

const packages = process.argv.slice(2).map((argument) => {
  const [name, module, backend = ''] = argument.split('=')
  process.env.HARAKA_DSN_RS_BACKEND = backend
  // The same package may be measured with each backend.
  for (const file of Object.keys(require.cache)) delete require.cache[file]
  return [name, require(module)]
})

async function main() {
  const { measure } = await import('mitata/src/lib.mjs')
  const rows = Object.entries(shapes).map(([name, call]) => ({
    name,
    calls: packages.map(([who, DSN]) => ({ who, fn: compile(call, DSN), times: [] })),
  }))
  for (const [name, fn] of floors) rows.push({ name, calls: [{ who: 'floor', fn, times: [] }] })

  for (let round = 0; round < rounds; round++) {
    for (const { calls } of rows) {
      for (const { fn, times } of calls) times.push((await measure(fn, options)).p50)
    }
  }
  const timesOf = (calls) => Object.fromEntries(calls.map(({ who, times }) => [who, times]))
  console.log(JSON.stringify(rows.map(({ name, calls }) => ({ name, times: timesOf(calls) }))))
}

main()
