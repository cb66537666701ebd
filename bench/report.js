'use strict'

// Measures with Node.js 20, 22, 24 and 26 and writes the results into docs/performance.md, with a plot.
//
//   npm run bench:report [-- --processes N]

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { replaceSection, table: tableOf } = require('../scripts/document')
const { executableOf, install } = require('../scripts/runtimes')
const { compare, packages, wasmPackage } = require('./compare')
const { kilobytes, milliseconds, nanoseconds, times } = require('./format')
const { plot } = require('./plot')
const { measureRequire } = require('./require')

const { processes } = parseArgs({
  options: { processes: { type: 'string', default: '5' } },
}).values

const RUNTIMES = ['node20', 'node22', 'node24', 'node26']

const docs = path.join(__dirname, '..', 'docs')

function measure(runtime) {
  const executable = executableOf(runtime)
  const version = execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim().slice(1)
  console.log(`Node.js ${version}`)
  // Times are shown of one version, which also measures the WebAssembly backend.
  const measured = runtime === RUNTIMES[0] ? { ...packages, ...wasmPackage } : packages
  return {
    node: version,
    ...compare(executable, measured, Number(processes)),
    load: measureRequire(executable),
  }
}

/** A table of numbers. */
const table = (head, rows) => tableOf(head, rows, '--:')

/** The speed on each version of Node.js, on average. */
const summaryTable = (runs) =>
  table(
    ['Node.js', 'haraka-dsn-rs', 'twin', '`require` haraka-dsn', '`require` haraka-dsn-rs'],
    runs.map(({ node, mean, load }) => [
      node,
      times(mean.ours),
      times(mean.twin),
      milliseconds(load['haraka-dsn'].time),
      milliseconds(load.ours.time),
    ]),
  )

/** The times of each call on one version, and the ratios on all. */
function callsTable(runs) {
  const both = ({ ours, twin }) => `${times(ours)} (${times(twin)})`
  const rows = runs[0].rows.map(({ name, time }, index) => [
    name,
    ...[time.original, time.ours, time.twin].map(nanoseconds),
    ...runs.map(({ rows }) => both(rows[index].ratio)),
  ])
  const versions = runs.map(({ node }) => `Node.js ${node.split('.')[0]}`)
  return table(
    ['Call', 'haraka-dsn', 'haraka-dsn-rs', 'twin', ...versions],
    [...rows, ['geometric mean', '', '', '', ...runs.map(({ mean }) => both(mean))]],
  )
}

/** What each backend needs to load. */
function loadTable({ load }) {
  const backends = [load.ours, load.WebAssembly]
  const all = [load['haraka-dsn'], ...backends]
  return table(
    ['', 'haraka-dsn', 'binary', 'WebAssembly'],
    [
      ['size', '', ...backends.map(({ size }) => kilobytes(size))],
      ['compressed with gzip', '', ...backends.map(({ compressed }) => kilobytes(compressed))],
      ['`require`', ...all.map(({ time }) => milliseconds(time))],
      ['resident memory that `require` adds', ...all.map(({ rss }) => kilobytes(rss))],
    ],
  )
}

/** The speed of both backends. */
const wasmTable = ({ rows, mean }) =>
  table(
    ['Call', 'haraka-dsn', 'binary', 'WebAssembly', 'binary', 'WebAssembly'],
    [
      ...rows.map(({ name, time, ratio }) => [
        name,
        ...[time.original, time.ours, time.WebAssembly].map(nanoseconds),
        ...[ratio.ours, ratio.WebAssembly].map(times),
      ]),
      ['geometric mean', '', '', '', times(mean.ours), times(mean.WebAssembly)],
    ],
  )

function write(runs) {
  const [main] = runs
  const section = (name, ...content) =>
    replaceSection(path.join(docs, 'performance.md'), name, content.join('\n\n'))
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${os.cpus()[0].model}, ${os.cpus().length} cores`
  section(
    'summary',
    `haraka-dsn-rs ${ours.version} and haraka-dsn ${original.version}, ${date}, ${machine}:`,
    summaryTable(runs),
  )
  section('calls', callsTable(runs))
  section('wasm', loadTable(main), wasmTable(main))
  fs.writeFileSync(path.join(docs, 'calls.svg'), plot(main))
}

async function main() {
  await install(RUNTIMES)
  write(RUNTIMES.map(measure))
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
