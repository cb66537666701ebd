'use strict'

// Compares every call, and require(), with haraka-dsn's and with the twin's.
//
//   npm run bench [-- --against FOLDER] [--wasm] [--processes N]
//
// --against measures another copy of this package as well, such as a build of another revision, and --wasm
// the WebAssembly backend. --report measures with several versions of Node.js and writes the results into
// docs/performance.md, with a plot.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { replaceSection } = require('../scripts/document')
const { executableOf, install } = require('../scripts/runtimes')
const { compare, packages } = require('./compare')
const { plot } = require('./plot')
const { measureRequire } = require('./require')
const { callsTable, loadTable, summaryTable, versionsTable } = require('./tables')

const RUNTIMES = ['node20', 'node22', 'node24', 'node26']

const root = path.join(__dirname, '..')

const { against, processes, report, wasm } = parseArgs({
  options: {
    against: { type: 'string' },
    processes: { type: 'string', default: '5' },
    report: { type: 'boolean' },
    wasm: { type: 'boolean' },
  },
}).values

const WASM = { WebAssembly: { module: root, backend: 'wasm' } }

/** What is measured with a version of Node.js. */
function measure(executable, measured) {
  const node = execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim().slice(1)
  console.log(`Node.js ${node}`)
  const { rows, mean } = compare(executable, measured, Number(processes))
  return { node, rows, mean, load: measureRequire(executable) }
}

/** Measures with this Node.js and prints the results. */
function print() {
  const measured = {
    ...packages,
    ...(wasm && WASM),
    ...(against && { [against]: { module: path.resolve(against), backend: 'native' } }),
  }
  const run = measure(process.execPath, measured)
  console.log(`\n${callsTable(run, Object.keys(measured).slice(1))}\n\n${loadTable(run)}`)
}

/** Measures with all versions and writes the results. Times are shown of the first one. */
async function document() {
  await install(RUNTIMES)
  const runs = RUNTIMES.map((runtime, index) =>
    measure(executableOf(runtime), { ...packages, ...(index === 0 && WASM) }),
  )
  const section = (name, ...content) =>
    replaceSection(path.join(root, 'docs/performance.md'), name, content.join('\n\n'))
  const date = new Date().toISOString().slice(0, 10)
  const machine = `${os.cpus()[0].model}, ${os.cpus().length} cores`
  section(
    'summary',
    `haraka-dsn-rs ${ours.version} and haraka-dsn ${original.version}, ${date}, ${machine}:`,
    summaryTable(runs),
  )
  section('calls', versionsTable(runs))
  section('wasm', loadTable(runs[0]), callsTable(runs[0], ['haraka-dsn-rs', 'WebAssembly']))
  fs.writeFileSync(path.join(root, 'docs/calls.svg'), plot(runs[0]))
}

if (report) document()
else print()
