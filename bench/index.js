'use strict'

// Compares the speed of every call with haraka-dsn's, in several processes, because V8 may optimize a call
// differently in each.
//
//   npm run bench [-- --against REVISION] [--wasm] [--processes N] [--json FILE]
//
// With --against, a build of another revision of this package is measured as well, with --wasm the
// WebAssembly backend.

const { execFileSync } = require('node:child_process')
const { writeFileSync } = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { buildOf } = require('./revision')
const { geometricMean, median } = require('./statistics')

const { against, json, processes, wasm } = parseArgs({
  options: {
    against: { type: 'string' },
    json: { type: 'string' },
    processes: { type: 'string', default: '9' },
    wasm: { type: 'boolean' },
  },
}).values

const root = path.join(__dirname, '..')
const others = {}
if (wasm) others.WebAssembly = `${root}=wasm`

function runProcess() {
  const packages = { original: 'haraka-dsn', ours: `${root}=native`, ...others }
  const modules = Object.entries(packages).map(([name, module]) => `${name}=${module}`)
  // Without `gc`, mitata allocates a gigabyte before each measurement, and the marking that this starts
  // doubles the time of calls that allocate much.
  const args = ['--expose-gc', path.join(__dirname, 'calls.js'), ...modules]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const ofOthers = (what) => Object.fromEntries(Object.keys(others).map((who) => [who, what(who)]))

/** The medians of a row over all processes: of times in ns, and of ratios of the same round. */
function summarize(rows) {
  const times = (who) => rows.flatMap((row) => row.times[who] ?? [])
  const ratios = (who) => times('original').map((time, round) => time / times(who)[round])
  const [{ name }] = rows
  if (rows[0].times.floor) return { name, floor: median(times('floor')) }
  const summaryOf = (who) => ({ time: median(times(who)), ratio: median(ratios(who)) })
  const { time, ratio } = summaryOf('ours')
  const summary = { name, original: median(times('original')), ours: time, ratio }
  return { ...summary, others: ofOthers(summaryOf) }
}

async function main() {
  if (against) others[against] = await buildOf(against)
  const runs = Array.from({ length: Number(processes) }, runProcess)
  const rows = runs[0].map((_, index) => summarize(runs.map((run) => run[index])))
  const calls = rows.filter(({ floor }) => floor === undefined)
  const mean = (ratioOf) => geometricMean(calls.map(ratioOf))

  const result = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${os.cpus()[0].model}, ${os.cpus().length} cores`,
    node: process.version,
    versions: { original: original.version, ours: ours.version },
    processes: runs.length,
    rows,
    geometricMean: mean(({ ratio }) => ratio),
    othersGeometricMean: ofOthers((who) => mean(({ others }) => others[who].ratio)),
  }

  const line = (name, columns) =>
    console.log(`${name.padEnd(56)}${columns.map((column) => column.padStart(12)).join('')}`)
  const ns = (time) => `${Math.round(time)} ns`
  const times = (ratio) => `${ratio.toFixed(2)}×`

  console.log(`Node.js ${result.node}, ${result.machine}, median of ${runs.length} processes\n`)
  line('', ['haraka-dsn', 'ours', 'ratio', ...Object.keys(others).flatMap((who) => [who, 'ratio'])])
  for (const { name, floor, original, ours, ratio, others } of rows) {
    if (floor) line(name, ['', ns(floor)])
    else {
      const more = Object.values(others).flatMap(({ time, ratio }) => [ns(time), times(ratio)])
      line(name, [ns(original), ns(ours), times(ratio), ...more])
    }
  }
  const means = Object.values(result.othersGeometricMean).flatMap((ratio) => ['', times(ratio)])
  line('geometric mean of all calls', ['', '', times(result.geometricMean), ...means])

  if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`)
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
