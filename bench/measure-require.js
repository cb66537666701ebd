'use strict'

// Measures the time that require() takes in a fresh process.

const { execFileSync } = require('node:child_process')

const { median } = require('./statistics')

const PROCESSES = 15

/** Prints how many ms it takes to require a module. */
const PROGRAM = `const start = process.hrtime.bigint()
  require(process.argv[1])
  console.log(Number(process.hrtime.bigint() - start) / 1e6)`

/** The time in ms for each package. They take turns in several processes. */
function measureRequire(executable, packages) {
  const times = Object.fromEntries(Object.keys(packages).map((name) => [name, []]))
  for (let run = 0; run < PROCESSES; run++) {
    for (const [name, { module, backend = '' }] of Object.entries(packages)) {
      const env = { ...process.env, HARAKA_DSN_RS_BACKEND: backend }
      times[name].push(Number(execFileSync(executable, ['--eval', PROGRAM, module], { env })))
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, each]) => [name, median(each)]))
}

module.exports = { measureRequire }
