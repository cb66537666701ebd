'use strict'

// Runs the parity tests on the named runtimes, or on all of this directory's package.json: other versions of
// Node.js, Bun and Deno.
//
//   npm run test:runtimes [-- <runtime>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { isInstalled, npm } = require('../npm')
const { dependencies, optionalDependencies } = require('./package.json')

const root = path.join(__dirname, '../..')
const suites = ['parity', 'differential', 'haraka-dsn-guide', 'differences', 'parse']
const timeout = 300_000 // of a suite, and of the installation

/** The arguments that start the test runner of a runtime. */
const FLAGS = { bun: ['test', '--timeout=60000'], deno: ['test', '-A', '--no-lock', '--no-check'] }

const runtimes = { ...dependencies, ...optionalDependencies }

function executableOf(runtime) {
  const program = { bun: 'bin/bun', deno: 'deno' }[runtime] ?? 'bin/node'
  return path.join(__dirname, 'node_modules', runtime, program)
}

/** Installs only what is needed: all runtimes together take more than a gigabyte. */
async function install(selected) {
  const isPresent = (runtime) => fs.existsSync(executableOf(runtime))
  if (isInstalled(__dirname) && selected.every(isPresent)) return
  const isRequired = (runtime) => runtime in dependencies
  const flags = selected.every(isRequired) ? ['--omit=optional'] : []
  const args = ['ci', '--prefer-offline', '--ignore-scripts', ...flags]
  await npm(args, { cwd: __dirname, timeout })
}

/** Whether a suite passes on a runtime; prints the suite's output if it fails. */
function passes(runtime, suite) {
  const args = [...(FLAGS[runtime] ?? []), `./__test__/${suite}.test.js`]
  const env = { FUZZ_ROUNDS: '20', ...process.env } // fewer random calls than `npm test` makes
  const options = { cwd: root, env, timeout, encoding: 'utf8', maxBuffer: Infinity }
  const { status, error, stdout, stderr } = spawnSync(executableOf(runtime), args, options)
  console.log(`${runtime} (${runtimes[runtime]}): ${suite} ${status === 0 ? 'passed' : 'FAILED'}`)
  if (status !== 0) console.log(`${error ?? ''}\n${stdout}${stderr}`)
  return status === 0
}

async function main(named) {
  const selected = named.length ? named : Object.keys(runtimes)
  await install(selected)
  for (const runtime of selected) {
    for (const suite of suites) if (!passes(runtime, suite)) process.exitCode = 1
  }
}

module.exports = { executableOf, install }

if (require.main === module) main(process.argv.slice(2))
