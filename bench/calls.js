'use strict'

// One process of the benchmark: measures every call with each package, and prints the times as JSON.
//
//   node bench/calls.js name=module[=backend] ...

const { compile, shapes, uses } = require('./shapes')
const { measure } = require('./timing')

const ROUNDS = 9

const packages = process.argv.slice(2).map((argument) => {
  const [name, module, backend = ''] = argument.split('=')
  process.env.HARAKA_DSN_RS_BACKEND = backend
  // The same package may be measured with each backend.
  for (const file of Object.keys(require.cache)) delete require.cache[file]
  return [name, require(module)]
})

const rows = Object.entries({ ...shapes, ...uses }).map(([name, call]) => {
  const times = measure(
    packages.map(([, DSN]) => compile(call, DSN)),
    ROUNDS,
  )
  return { name, times: Object.fromEntries(packages.map(([who], index) => [who, times[index]])) }
})
console.log(JSON.stringify(rows))
