'use strict'

// Measures the time of require() in a fresh process and the resident memory that it adds.
//
//   npm run bench:require [-- --json FILE]

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { binaryInUse } = require('../__test__/support/copy')
const { median } = require('./statistics')

const { json } = parseArgs({ options: { json: { type: 'string' } } }).values

const processes = 41
const modules = {
  'an empty file': path.join(__dirname, 'empty.js'),
  'haraka-dsn': require.resolve('haraka-dsn'),
  ours: require.resolve('..'),
  'our binary alone': binaryInUse,
}

const probe = path.join(__dirname, 'require-probe.js')
const measure = (file, ...flags) => Number(execFileSync(process.execPath, [...flags, probe, file]))

const rows = Object.entries(modules).map(([name, file]) => ({ name, file, times: [], rss: [] }))
for (let run = 0; run < processes; run++) {
  for (const { file, times, rss } of rows) {
    times.push(measure(file))
    rss.push(measure(file, '--expose-gc'))
  }
}

const results = rows.map(({ name, times, rss }) => ({
  name,
  milliseconds: median(times),
  rss: median(rss),
}))
console.log(`Node.js ${process.version}, median of ${processes} processes\n`)
for (const { name, milliseconds, rss } of results) {
  const time = `${milliseconds.toFixed(2)} ms`.padStart(10)
  console.log(`${name.padEnd(20)}${time}${String(Math.round(rss / 1024)).padStart(8)} KiB`)
}
if (json) fs.writeFileSync(json, `${JSON.stringify({ processes, results }, null, 2)}\n`)
