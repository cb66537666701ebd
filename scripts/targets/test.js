'use strict'

// Reads the binary of every target, or of those that are named, and runs the tests with it where
// this machine has a way to run it:
//
//   npm run test:targets [-- <triple>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { scripts, version } = require('../../package.json')
const { faultsOfRelease } = require('../release/check')
const { main } = require('./command')
const { resultOf } = require('./results')
const { runnerFor } = require('./runners')
const { Missing, root } = require('./workshop')

const [, , ...suites] = scripts['test:binary'].split(' ')
const timeout = 1_800_000 // of all tests of a target, which an emulator runs ten times as slowly

/** Throws unless the binary of a target may be released. */
function read(target) {
  const binary = path.join(root, 'prebuilds', target.file)
  if (!fs.existsSync(binary)) {
    throw new Missing(`${binary} is missing: npm run build:targets -- ${target.triple}`)
  }
  const content = fs.readFileSync(binary)
  const faults = faultsOfRelease([target], new Map([[target.file, content]]), version)
  resultOf(target, { size: content.length, read: faults.length ? 'FAILED' : 'right' })
  if (faults.length) throw new Missing(faults.join('\n'))
}

/** What Node.js prints, with the environment of a runner. */
function execute({ node, env }, args) {
  const { status, signal, error, stdout, stderr } = spawnSync(node, args, {
    cwd: root,
    env: { FUZZ_ROUNDS: '20', ...process.env, ...env },
    encoding: 'utf8',
    timeout,
    maxBuffer: Number.POSITIVE_INFINITY,
  })
  return { ended: error?.code ?? signal ?? status, stdout, stderr }
}

const count = (text, what) => Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)

/** The tests that failed, of the output in TAP. */
const failures = (text) =>
  text
    .split(/^(?=# Subtest: )/m)
    .filter((part) => /^\s*not ok /m.test(part))
    .join('')

/** Runs all suites that are for the binary alone. */
function test(target, runner) {
  const started = Date.now()
  const args = ['--test', '--test-reporter=tap', ...suites]
  const { ended, stdout, stderr } = execute(runner, args)
  const seconds = Math.round((Date.now() - started) / 1000)
  const [passed, failed] = [count(stdout, 'pass'), count(stdout, 'fail')]
  const isRight = ended === 0 && failed === 0 && passed > 0
  resultOf(target, {
    result: `${isRight ? '' : 'FAILED: '}${passed} passed, ${failed} failed, ${seconds} s`,
  })
  if (!isRight)
    throw new Missing(`${target.triple} ended with ${ended}:\n${failures(stdout)}${stderr}`)
}

main((target) => {
  read(target)
  const runner = runnerFor(target)
  if (!runner) return resultOf(target, { run: 'no', result: 'read only' })
  const [nodeVersion] = execute(runner, ['--version']).stdout.split('\n')
  resultOf(target, { run: `${runner.name}, Node.js ${nodeVersion}`, result: '' })
  return test(target, runner)
})
