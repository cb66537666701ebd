'use strict'

// Checks the binary of every target, or of those named, and runs the tests with it if it can run on this
// machine:
//
//   npm run test:targets [-- [--document] <triple>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { scripts, version } = require('../../package.json')
const { faultsOfRelease } = require('../release/check')
const { main } = require('./command')
const { resultOf } = require('./results')
const { runnerFor } = require('./runners')
const { Failure, root } = require('./support')

/** The test files of an npm script. */
const suitesOf = (script) => script.split(' ').filter((word) => word.endsWith('.js'))
/** Suites that start other programs in most of their tests. */
const SPAWNING = /\bmultiple-instances\.test\.js$/
const timeout = 7_200_000 // of all tests of a target: an emulator on a busy machine takes its time

/** Throws unless the binary of a target may be released. */
function read(target) {
  const binary = path.join(root, 'prebuilds', target.file)
  if (!fs.existsSync(binary)) {
    throw new Failure(`${binary} is missing: npm run build:targets -- ${target.triple}`)
  }
  const content = fs.readFileSync(binary)
  const faults = faultsOfRelease([target], new Map([[target.file, content]]), version)
  resultOf(target, {
    size: content.length,
    checks: faults.length ? 'FAILED' : 'passed',
    'run by': 'not run',
    tests: '',
    date: new Date().toISOString().slice(0, 10),
  })
  if (faults.length) throw new Failure(faults.join('\n'))
}

/** Runs Node.js with a runner; its exit status and its output. */
function execute({ node, env }, args) {
  // To a file, because programs in Wine cannot write to the sockets that Node.js uses for output.
  const output = path.join(os.tmpdir(), `haraka-dsn-output-${process.pid}`)
  const descriptor = fs.openSync(output, 'w')
  try {
    const { status, signal, error } = spawnSync(node, args, {
      cwd: root,
      env: { FUZZ_ROUNDS: '20', ...process.env, ...env },
      stdio: ['ignore', descriptor, descriptor],
      timeout,
    })
    return { ended: error?.code ?? signal ?? status, text: fs.readFileSync(output, 'utf8') }
  } finally {
    fs.closeSync(descriptor)
    fs.rmSync(output)
  }
}

const count = (text, what) =>
  [...text.matchAll(new RegExp(`^# ${what} (\\d+)$`, 'gm'))].reduce((n, [, m]) => n + Number(m), 0)

/** The failed tests in TAP output. */
const failures = (text) =>
  text
    .split(/^(?=# Subtest: )/m)
    .filter((part) => /^\s*not ok /m.test(part))
    .join('')

/** Runs the test files with Node.js's test runner or, if programs cannot start others, one by one. */
function executeAll(runner) {
  const suites = suitesOf(scripts[runner.script ?? 'test:binary'])
  if (runner.canSpawn) return [execute(runner, ['--test', '--test-reporter=tap', ...suites])]
  const files = suites.filter((file) => !SPAWNING.test(file))
  return files.map((file) => execute(runner, ['--test-reporter=tap', file]))
}

/** Runs all suites that are for the binary alone. */
function test(target, runner) {
  const started = Date.now()
  const outcomes = executeAll(runner)
  const seconds = Math.round((Date.now() - started) / 1000)
  const text = outcomes.map((outcome) => outcome.text).join('')
  const [passed, failed, skipped] = ['pass', 'fail', 'skipped'].map((what) => count(text, what))
  const isRight = outcomes.every(({ ended }) => ended === 0) && failed === 0 && passed > 0
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped`
  resultOf(target, { tests: `${isRight ? '' : 'FAILED: '}${counts}, ${seconds} s` })
  if (isRight) return
  const endings = outcomes.map(({ ended }) => ended).join(', ')
  throw new Failure(`${target.triple} failed (${endings}):\n${failures(text)}`)
}

main((target) => {
  read(target)
  const runner = runnerFor(target)
  if (!runner) return
  const [nodeVersion] = execute(runner, ['--version']).text.trim().split('\n')
  resultOf(target, { 'run by': `Node.js ${nodeVersion}, ${runner.name}` })
  test(target, runner)
})
