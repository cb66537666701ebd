'use strict'

// Runs the parity tests on the named runtimes, or on all of them.

const { spawnSync } = require('node:child_process')
const path = require('node:path')

const { commandOf, executableOf, install, runtimes } = require('./runtimes')

const root = path.join(__dirname, '..', '..')
const suites = ['parity', 'differential', 'guide', 'deviations', 'parse']
const timeout = 300_000 // per suite
// Fewer random calls than `npm test` makes.
const env = { FUZZ_ROUNDS: '20', ...process.env }

/** Whether a suite passes on a runtime; prints the suite's output if it fails. */
function passes(runtime, suite) {
  const [, ...flags] = commandOf(runtime)
  const args = [...flags, path.join('__test__', `${suite}.test.js`)]
  const options = { cwd: root, env, timeout, encoding: 'utf8', maxBuffer: Infinity }
  const { status, signal, error, stdout, stderr } = spawnSync(executableOf(runtime), args, options)
  const passed = status === 0
  console.log(`${runtime} (${runtimes[runtime]}): ${suite} ${passed ? 'passed' : 'FAILED'}`)
  if (!passed) console.log(`${error ?? `exited with ${signal ?? status}`}\n${stdout}${stderr}`)
  return passed
}

async function main(named) {
  const unknown = named.filter((runtime) => !(runtime in runtimes))
  if (unknown.length)
    throw new Error(`unknown runtime: ${unknown}; known: ${Object.keys(runtimes)}`)
  const selected = named.length ? named : Object.keys(runtimes)
  await install(selected)
  for (const runtime of selected) {
    for (const suite of suites) if (!passes(runtime, suite)) process.exitCode = 1
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
