'use strict'

// Measures the time of require() in a fresh process, the resident memory that it adds, and the size of
// each backend.
//
//   npm run bench:require

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { gzipSync } = require('node:zlib')

const { binaryInUse } = require('../scripts/binary-in-use')
const { wasm } = require('../scripts/targets')
const { milliseconds } = require('./format')
const { median } = require('./statistics')

const PROCESSES = 15

const ours = require.resolve('..')
const wasmModule = path.join(path.dirname(binaryInUse), wasm.file)
const modules = {
  'an empty file': { file: path.join(__dirname, 'empty.js') },
  'haraka-dsn': { file: require.resolve('haraka-dsn') },
  ours: { file: ours, backend: 'native', loads: binaryInUse },
  'our binary alone': { file: binaryInUse },
  ...(fs.existsSync(wasmModule) && {
    WebAssembly: { file: ours, backend: 'wasm', loads: wasmModule },
  }),
}

// Programs that print what require() costs.
const TIME = `const start = process.hrtime.bigint()
  require(process.argv[1])
  console.log(Number(process.hrtime.bigint() - start) / 1e6)`
const MEMORY = `gc()
  const before = process.memoryUsage.rss()
  require(process.argv[1])
  gc()
  console.log(process.memoryUsage.rss() - before)`

/** What a program prints in several processes, for each module. */
function measure(executable, program, ...flags) {
  const samples = Object.fromEntries(Object.keys(modules).map((name) => [name, []]))
  for (let run = 0; run < PROCESSES; run++) {
    for (const [name, { file, backend = '' }] of Object.entries(modules)) {
      const env = { ...process.env, HARAKA_DSN_RS_BACKEND: backend }
      const args = [...flags, '--eval', program, file]
      samples[name].push(Number(execFileSync(executable, args, { env })))
    }
  }
  return samples
}

/** The size in bytes, uncompressed and compressed. */
function sizesOf(file) {
  const content = fs.readFileSync(file)
  return { size: content.length, compressed: gzipSync(content).length }
}

/** For each module, the medians of the time in ms and of the memory in bytes, and the backend's size. */
function measureRequire(executable) {
  // The flag makes V8 reject Node.js's code cache, which would take more time than require() itself.
  const [times, memory] = [measure(executable, TIME), measure(executable, MEMORY, '--expose-gc')]
  const results = Object.entries(modules).map(([name, { loads }]) => [
    name,
    { time: median(times[name]), rss: median(memory[name]), ...(loads && sizesOf(loads)) },
  ])
  return Object.fromEntries(results)
}

module.exports = { measureRequire }

if (require.main === module) {
  console.log(`Node.js ${process.version}, medians of ${PROCESSES} processes\n`)
  for (const [name, { time, rss, size }] of Object.entries(measureRequire(process.execPath))) {
    const columns = [
      milliseconds(time),
      `${Math.round(rss / 1024)} KiB`,
      size ? `${size} bytes` : '',
    ]
    console.log(`${name.padEnd(20)}${columns.map((column) => column.padStart(16)).join('')}`)
  }
}
