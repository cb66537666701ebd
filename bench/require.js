'use strict'

// Measures what require() costs in a fresh process, and the size of each backend.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { gzipSync } = require('node:zlib')

const { binaryInUse } = require('../scripts/binary-in-use')
const { wasm } = require('../scripts/targets')
const { median } = require('./statistics')

const PROCESSES = 15

const ours = require.resolve('..')
const wasmModule = path.join(path.dirname(binaryInUse), wasm.file)
const modules = {
  'haraka-dsn': { file: require.resolve('haraka-dsn') },
  'haraka-dsn-rs': { file: ours, backend: 'native', loads: binaryInUse },
  ...(fs.existsSync(wasmModule) && {
    WebAssembly: { file: ours, backend: 'wasm', loads: wasmModule },
  }),
}

// Programs that print the time in ms and the resident memory in bytes.
const TIME = `const start = process.hrtime.bigint()
  require(process.argv[1])
  console.log(Number(process.hrtime.bigint() - start) / 1e6)`
const MEMORY = `gc()
  const before = process.memoryUsage.rss()
  require(process.argv[1])
  gc()
  console.log(process.memoryUsage.rss() - before)`

/** The median of what a program prints in several processes, for each module. They take turns. */
function measure(executable, program, ...flags) {
  const samples = Object.fromEntries(Object.keys(modules).map((name) => [name, []]))
  for (let run = 0; run < PROCESSES; run++) {
    for (const [name, { file, backend = '' }] of Object.entries(modules)) {
      const env = { ...process.env, HARAKA_DSN_RS_BACKEND: backend }
      const args = [...flags, '--eval', program, file]
      samples[name].push(Number(execFileSync(executable, args, { env })))
    }
  }
  return (name) => median(samples[name])
}

/** For each module, the time in ms, the memory, and the backend's size in bytes. */
function measureRequire(executable) {
  // The flag makes V8 reject Node.js's code cache, which would take more time than require() itself.
  const [time, rss] = [measure(executable, TIME), measure(executable, MEMORY, '--expose-gc')]
  return Object.entries(modules).map(([name, { loads }]) => {
    const content = loads && fs.readFileSync(loads)
    const sizes = content && { size: content.length, compressed: gzipSync(content).length }
    return { name, time: time(name), rss: rss(name), ...sizes }
  })
}

module.exports = { measureRequire }
