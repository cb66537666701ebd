'use strict'

// One round of the load test: a fresh Haraka with one of the packages, and all clients at once.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { configure, copyExample, example } = require('../haraka/installation')
const { Haraka } = require('../haraka/server')
const { refuse } = require('./client')
const { refusals } = require('./refusals')

const timeout = 600_000

const plugin = path.join(__dirname, 'cpu_time.js')
const packages = {
  'haraka-dsn': path.dirname(require.resolve('haraka-dsn/package.json')),
  ours: path.join(__dirname, '..', '..'),
}

/**
 * Installs the example with the package. Haraka is copied, so that its own require() finds the
 * package too; everything else is linked.
 */
function install(directory, source) {
  copyExample(directory)
  const from = path.join(example, 'node_modules')
  const to = path.join(directory, 'node_modules')
  fs.cpSync(path.join(from, 'Haraka'), path.join(to, 'Haraka'), { recursive: true })
  fs.symlinkSync(source, path.join(to, 'haraka-dsn'), 'junction')
  for (const name of fs.readdirSync(from)) {
    const file = path.join(to, name)
    if (!fs.existsSync(file)) fs.symlinkSync(path.join(from, name), file, 'junction')
  }
  fs.copyFileSync(plugin, path.join(directory, 'plugins', path.basename(plugin)))
  configure(directory, 'plugins', path.parse(plugin).name)
}

/** Splits a total into `count` integers that differ by at most one. */
const shares = (total, count) =>
  Array.from({ length: count }, (_, index) => Math.floor((total + index) / count))

/** Resolves with the elapsed seconds and the problems found. */
async function runClients(port, { clients, recipients }) {
  const lists = shares(recipients, clients).map(refusals)
  const started = performance.now()
  const outcomes = await Promise.allSettled(lists.map((list) => refuse(port, list)))
  const seconds = (performance.now() - started) / 1000
  return { seconds, problems: outcomes.flatMap(({ reason }) => reason?.message ?? []) }
}

/**
 * Runs a round with the package of that name and resolves with the elapsed seconds, Haraka's CPU
 * seconds and the problems found: `{ seconds, cpu, problems }`.
 */
async function round(name, options) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-load-'))
  try {
    install(directory, packages[name])
    const haraka = new Haraka(directory, AbortSignal.timeout(timeout))
    const { seconds, problems } = await haraka
      .listening()
      .then((port) => runClients(port, options))
      .catch((error) => ({ problems: [error.message] }))
    const status = await haraka.stop()
    if (status !== 0) problems.push(`Haraka exited with ${status}`)
    const [, cpu] = /^CPU time: (\d+) µs$/m.exec(haraka.log) ?? []
    return { seconds, cpu: cpu / 1e6, problems }
  } finally {
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

module.exports = { packages, round }
