'use strict'

// Checks the binary of every target, or of those named, and runs the tests with it if it can run on this
// machine. The results of all targets are written into docs/platforms.md.
//
//   npm run test:targets [-- <triple>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { scripts, version } = require('../../package.json')
const { cache } = require('../cache')
const { replaceSection, table } = require('../markdown-tables')
const { faultsOfRelease } = require('../release/check-binaries')
const { namedTargets } = require('.')
const { runnerFor } = require('./runners')

const root = path.join(__dirname, '../..')

/** Runs Node.js by its command: the output, and whether it succeeded. */
function execute(node, args, env = {}) {
  // A file, because programs in Wine cannot write to the sockets and pipes of other programs.
  const file = path.join(cache, `output.${process.pid}`)
  const output = fs.openSync(file, 'w')
  const { status } = spawnSync(node, args, {
    cwd: root,
    env: { FUZZ_ROUNDS: '20', ...process.env, ...env },
    stdio: ['ignore', output, output],
    timeout: 7_200_000, // an emulator on a busy machine takes its time
  })
  fs.closeSync(output)
  const text = fs.readFileSync(file, 'utf8')
  fs.rmSync(file)
  return { succeeded: status === 0, text }
}

/** Runs the test files: all at once or, in Wine, where programs cannot start others, one by one. */
function executeAll(node, { platform }) {
  const [script, env] =
    platform === 'any' ? ['test:calls', { HARAKA_DSN_RS_BACKEND: 'wasm' }] : ['test:binary']
  const suites = scripts[script].split(' ').filter((word) => word.endsWith('.js'))
  const args = ['--test-reporter=tap']
  if (platform !== 'win32') return [execute(node, [...args, '--test', ...suites], env)]
  const alone = suites.filter((file) => !file.endsWith('/multiple-instances.test.js'))
  return alone.map((file) => execute(node, [...args, file], env))
}

/** Runs all suites and counts the tests; the output of those that fail is printed. */
function test(target, node) {
  const started = Date.now()
  const outcomes = executeAll(node, target)
  const seconds = Math.round((Date.now() - started) / 1000)
  const counts = { pass: 0, fail: 0, skipped: 0 }
  for (const { text } of outcomes) {
    for (const [, what, count] of text.matchAll(/^# (\w+) (\d+)$/gm)) counts[what] += Number(count)
  }
  const { pass, fail, skipped } = counts
  const summary = `${pass} passed, ${fail} failed, ${skipped} skipped, ${seconds} s`
  const failed = outcomes.filter(({ succeeded }) => !succeeded)
  if (pass > 0 && failed.length === 0) return summary
  process.exitCode = 1
  for (const { text } of failed) {
    const tests = text.split(/^(?=# Subtest: )/m)
    console.error(tests.filter((part) => /^\s*not ok /m.test(part)).join('') || text)
  }
  return `FAILED: ${summary}`
}

/** The row of a target in the table of results. */
function resultOf(target) {
  console.error(target.triple)
  const content = fs.readFileSync(path.join(root, 'prebuilds', target.file))
  const faults = faultsOfRelease([target], new Map([[target.file, content]]), version)
  for (const fault of faults) console.error(fault)
  if (faults.length) process.exitCode = 1
  const { name, node } = runnerFor(target)
  // Wine says first that it fills its prefix.
  const nodeVersion = node && execute(node, ['--version']).text.trim().split('\n').at(-1)
  return {
    target: target.triple,
    size: `${Math.round(content.length / 1000)} KB`,
    checks: faults.length ? 'FAILED' : 'passed',
    'run by': node ? `Node.js ${nodeVersion}, ${name}` : 'not run',
    tests: node ? test(target, node) : '',
    date: new Date().toISOString().slice(0, 10),
  }
}

const names = process.argv.slice(2)
const results = namedTargets(names).map(resultOf)
const rows = table(Object.keys(results[0]), results.map(Object.values), 'left')
console.log(rows)
if (!names.length) replaceSection(path.join(root, 'docs/platforms.md'), 'targets', rows)
