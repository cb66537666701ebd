'use strict'

// Compares every call, and require(), with haraka-dsn's and with the twin's.
//
//   npm run bench [-- --against FOLDER] [--processes N]
//
// --against measures another copy of this package as well, such as a build of another revision. --report
// measures with several versions of Node.js and writes the results into docs/performance.md, with a plot.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { binaryInUse, wasmModule } = require('../scripts/binary-in-use')
const { replaceSection } = require('../scripts/markdown-tables')
const { executableOf, install } = require('../scripts/runtimes')
const { compare } = require('./measure-calls')
const { plot } = require('./plot')
const { measureRequire } = require('./measure-require')
const { callsTable, requireTable, summaryTable } = require('./result-tables')

const RUNTIMES = ['node20', 'node22', 'node24', 'node26']

const root = path.join(__dirname, '..')

const { against, processes, report } = parseArgs({
  options: {
    against: { type: 'string' },
    processes: { type: 'string', default: '5' },
    report: { type: 'boolean' },
  },
}).values

/** The packages that are measured: the module, the backend, and the backend's file. */
const packages = {
  'haraka-dsn': { module: require.resolve('haraka-dsn') },
  'haraka-dsn-rs': { module: root, backend: 'native', file: binaryInUse },
  twin: { module: path.join(__dirname, 'javascript-twin.js'), backend: 'native' },
  ...(fs.existsSync(wasmModule) && {
    WebAssembly: { module: root, backend: 'wasm', file: wasmModule },
  }),
  ...(against && { [against]: { module: path.resolve(against), backend: 'native' } }),
}

/** What is measured with a version of Node.js. */
function measure(executable) {
  const node = execFileSync(executable, ['--version'], { encoding: 'utf8' }).trim().slice(1)
  console.log(`Node.js ${node}`)
  const { rows, mean } = compare(executable, packages, Number(processes))
  return { node, rows, mean, require: measureRequire(executable, packages) }
}

/** Measures with this Node.js and prints the results. */
function print() {
  const run = measure(process.execPath)
  console.log(`\n${callsTable([run])}\n\n${requireTable(run, packages)}`)
}

/** Measures with all versions and writes the results. Times are shown of the first one. */
async function document() {
  await install(RUNTIMES)
  const runs = RUNTIMES.map((runtime) => measure(executableOf(runtime)))
  const section = (name, ...content) =>
    replaceSection(path.join(root, 'docs/performance.md'), name, content.join('\n\n'))
  const date = new Date().toISOString().slice(0, 10)
  const cpus = os.cpus()
  const machine = `${cpus[0].model}, ${cpus.length} cores, ${processes} processes`
  section(
    'summary',
    `haraka-dsn-rs ${ours.version} and haraka-dsn ${original.version}, ${date}, ${machine}:`,
    summaryTable(runs),
  )
  section('calls', callsTable(runs))
  section('wasm', requireTable(runs[0], packages))
  fs.writeFileSync(path.join(root, 'docs/calls.svg'), plot(runs[0]))
}

if (report) document()
else print()
