'use strict'

// Checks the binary of every target, or of those named, and runs the tests with it if it can run on this
// machine. With --document, it writes the results of all targets into docs/platforms.md.
//
//   npm run test:targets [-- --document | <triple>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { scripts, version } = require('../../package.json')
const { replaceSection, table } = require('../document')
const { faultsOfRelease } = require('../release/check')
const { namedTargets } = require('.')
const { runnerFor } = require('./runners')

const root = path.join(__dirname, '../..')
const timeout = 7_200_000 // of all tests of a target: an emulator on a busy machine takes its time

/** The test files of an npm script. */
const suitesOf = (script) => scripts[script].split(' ').filter((word) => word.endsWith('.js'))

/** Runs Node.js with a runner: its output, and whether it succeeded. */
function execute({ node, env }, args) {
  // To a file, because programs in Wine cannot write to the sockets that Node.js uses for output.
  const output = path.join(os.tmpdir(), `haraka-dsn-output-${process.pid}`)
  const descriptor = fs.openSync(output, 'w')
  try {
    const { status } = spawnSync(node, args, {
      cwd: root,
      env: { FUZZ_ROUNDS: '20', ...process.env, ...env },
      stdio: ['ignore', descriptor, descriptor],
      timeout,
    })
    return { succeeded: status === 0, text: fs.readFileSync(output, 'utf8') }
  } finally {
    fs.closeSync(descriptor)
    fs.rmSync(output)
  }
}

/** Runs the test files: all at once or, in Wine, where programs cannot start others, one by one. */
function executeAll(runner, { platform }) {
  const suites = suitesOf(platform === 'any' ? 'test:wasm' : 'test:binary')
  const args = ['--test-reporter=tap']
  if (platform !== 'win32') return [execute(runner, [...args, '--test', ...suites])]
  const alone = suites.filter((file) => !file.endsWith('/multiple-instances.test.js'))
  return alone.map((file) => execute(runner, [...args, file]))
}

/** The sum of a count in TAP output. */
const sum = (text, what) =>
  [...text.matchAll(new RegExp(`^# ${what} (\\d+)$`, 'gm'))].reduce((n, [, m]) => n + Number(m), 0)

/** Runs all suites; the output of tests that fail is printed. */
function test(target, runner) {
  const started = Date.now()
  const outcomes = executeAll(runner, target)
  const seconds = Math.round((Date.now() - started) / 1000)
  const text = outcomes.map((outcome) => outcome.text).join('')
  const [passed, failed, skipped] = ['pass', 'fail', 'skipped'].map((what) => sum(text, what))
  const succeeded = outcomes.every((outcome) => outcome.succeeded) && passed > 0
  if (!succeeded) {
    process.exitCode = 1
    const parts = text.split(/^(?=# Subtest: )/m)
    console.error(parts.filter((part) => /^\s*not ok /m.test(part)).join('') || text)
  }
  const counts = `${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds} s`
  return succeeded ? counts : `FAILED: ${counts}`
}

/** The row of a target in the table of results. */
function resultOf(target) {
  console.error(target.triple)
  const content = fs.readFileSync(path.join(root, 'prebuilds', target.file))
  const faults = faultsOfRelease([target], new Map([[target.file, content]]), version)
  for (const fault of faults) console.error(fault)
  if (faults.length) process.exitCode = 1
  const result = {
    target: target.triple,
    size: `${Math.round(content.length / 1000)} KB`,
    checks: faults.length ? 'FAILED' : 'passed',
    'run by': 'not run',
    tests: '',
    date: new Date().toISOString().slice(0, 10),
  }
  const runner = runnerFor(target)
  if (!runner) return result
  const [node] = execute(runner, ['--version']).text.trim().split('\n')
  return {
    ...result,
    'run by': `Node.js ${node}, ${runner.name}`,
    tests: test(target, runner),
  }
}

const { values, positionals } = parseArgs({
  options: { document: { type: 'boolean' } },
  allowPositionals: true,
})
const results = namedTargets(values.document ? [] : positionals).map(resultOf)
const rows = table(Object.keys(results[0]), results.map(Object.values), 'left')
console.log(rows)
if (values.document) replaceSection(path.join(root, 'docs/platforms.md'), 'targets', rows)
