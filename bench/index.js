'use strict'

// Compares the speed of every call with haraka-dsn's, in several processes, because V8 may optimize a call
// differently in each.
//
//   npm run bench [-- --against REVISION] [--processes N] [--json FILE]
//
// With --against, a build of another revision of this package is measured as well.

const { execFileSync } = require('node:child_process')
const { writeFileSync } = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { buildOf } = require('./revision')
const { geometricMean, median } = require('./statistics')

const { against, json, processes } = parseArgs({
  options: {
    against: { type: 'string' },
    json: { type: 'string' },
    processes: { type: 'string', default: '9' },
  },
}).values

const packages = { original: 'haraka-dsn', ours: path.join(__dirname, '..') }
if (against) packages.against = buildOf(against)

function runProcess() {
  const modules = Object.entries(packages).map(([name, module]) => `${name}=${module}`)
  const args = [path.join(__dirname, 'calls.js'), ...modules]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

/** The medians of a row over all processes: of times in ns, and of ratios of the same round. */
function summarize(rows) {
  const times = (who) => rows.flatMap((row) => row.times[who] ?? [])
  const ratios = (who) => times('original').map((time, round) => time / times(who)[round])
  const [{ name }] = rows
  if (rows[0].times.floor) return { name, floor: median(times('floor')) }
  const summary = { name, original: median(times('original')), ours: median(times('ours')) }
  summary.ratio = median(ratios('ours'))
  if (against) summary.against = median(ratios('against'))
  return summary
}

const runs = Array.from({ length: Number(processes) }, runProcess)
const rows = runs[0].map((_, index) => summarize(runs.map((run) => run[index])))
const calls = rows.filter(({ floor }) => floor === undefined)
const mean = (column) => geometricMean(calls.map((row) => row[column]))

const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${os.cpus()[0].model}, ${os.cpus().length} cores`,
  node: process.version,
  versions: { original: original.version, ours: ours.version },
  processes: runs.length,
  rows,
  geometricMean: mean('ratio'),
}

const line = (name, columns) =>
  console.log(`${name.padEnd(56)}${columns.map((column) => column.padStart(12)).join('')}`)
const ns = (time) => `${Math.round(time)} ns`
const times = (ratio) => (ratio === undefined ? '' : `${ratio.toFixed(2)}×`)

console.log(`Node.js ${result.node}, ${result.machine}, median of ${runs.length} processes\n`)
line('', ['haraka-dsn', 'ours', 'ratio', against ?? ''])
for (const { name, floor, original, ours, ratio, against } of rows) {
  if (floor) line(name, ['', ns(floor)])
  else line(name, [ns(original), ns(ours), times(ratio), times(against)])
}
const means = [times(mean('ratio')), against ? times(mean('against')) : '']
line('geometric mean of all calls', ['', '', ...means])

if (json) writeFileSync(json, `${JSON.stringify(result, null, 2)}\n`)
