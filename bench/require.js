'use strict'

// Measures the time of require() in a fresh process, the resident memory that it adds, and the size of
// each backend.
//
//   npm run bench:require [-- --json FILE]

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { gzipSync } = require('node:zlib')

const { binaryInUse } = require('../__test__/support/copy')
const { wasm } = require('../scripts/targets')
const { median } = require('./statistics')

const { json } = parseArgs({ options: { json: { type: 'string' } } }).values

const processes = 41
const ours = require.resolve('..')
const wasmModule = path.join(path.dirname(binaryInUse), wasm.file)
const modules = [
  { name: 'an empty file', file: path.join(__dirname, 'empty.js') },
  { name: 'haraka-dsn', file: require.resolve('haraka-dsn') },
  { name: 'ours', file: ours, backend: 'native', loads: binaryInUse },
  { name: 'our binary alone', file: binaryInUse },
]
if (fs.existsSync(wasmModule)) {
  modules.push({ name: 'ours, WebAssembly', file: ours, backend: 'wasm', loads: wasmModule })
}

const probe = path.join(__dirname, 'require-probe.js')

function measure({ file, backend = '' }, ...flags) {
  const env = { ...process.env, HARAKA_DSN_RS_BACKEND: backend }
  return Number(execFileSync(process.execPath, [...flags, probe, file], { env }))
}

/** The size in bytes, uncompressed and compressed. */
function sizesOf(file) {
  const content = fs.readFileSync(file)
  return { size: content.length, compressed: gzipSync(content).length }
}

const rows = modules.map((module) => ({ module, times: [], rss: [] }))
for (let run = 0; run < processes; run++) {
  for (const { module, times, rss } of rows) {
    times.push(measure(module))
    rss.push(measure(module, '--expose-gc'))
  }
}

const results = rows.map(({ module: { name, loads }, times, rss }) => ({
  name,
  milliseconds: median(times),
  rss: median(rss),
  ...(loads && sizesOf(loads)),
}))
console.log(`Node.js ${process.version}, median of ${processes} processes\n`)
for (const { name, milliseconds, rss, size } of results) {
  const time = `${milliseconds.toFixed(2)} ms`.padStart(10)
  const memory = `${Math.round(rss / 1024)} KiB`.padStart(12)
  console.log(`${name.padEnd(20)}${time}${memory}${size ? `${size} bytes`.padStart(16) : ''}`)
}
if (json) fs.writeFileSync(json, `${JSON.stringify({ processes, results }, null, 2)}\n`)
