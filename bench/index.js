'use strict'

// Compares the speed of every call with haraka-dsn's and with the twin's.
//
//   npm run bench [-- --against REVISION] [--wasm] [--processes N]
//
// With --against, a build of another revision of this package is measured as well, with --wasm the
// WebAssembly backend.

const { parseArgs } = require('node:util')

const { compare, packages, wasmPackage } = require('./compare')
const { nanoseconds, times } = require('./format')
const { buildOf } = require('./revision')

const { against, processes, wasm } = parseArgs({
  options: {
    against: { type: 'string' },
    processes: { type: 'string', default: '5' },
    wasm: { type: 'boolean' },
  },
}).values

const line = (name, columns) =>
  console.log(`${name.padEnd(34)}${columns.map((column) => column.padStart(13)).join('')}`)

async function main() {
  const measured = { ...packages }
  if (wasm) Object.assign(measured, wasmPackage)
  if (against) measured[against] = await buildOf(against)
  const { rows, mean } = compare(process.execPath, measured, Number(processes))

  const [, ...others] = Object.keys(measured)
  console.log(`Node.js ${process.version}, medians of ${processes} processes\n`)
  line('', ['haraka-dsn', ...others.flatMap((who) => [who, ''])])
  for (const { name, time, ratio } of rows) {
    const columns = others.flatMap((who) => [nanoseconds(time[who]), times(ratio[who])])
    line(name, [nanoseconds(time.original), ...columns])
  }
  line('geometric mean', ['', ...others.flatMap((who) => ['', times(mean[who])])])
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
