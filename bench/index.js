'use strict'

// Every call beside haraka-dsn's, in several processes: what V8 makes of a call differs from one
// process to the next.
//
//   npm run bench [-- --json FILE]

const { execFileSync } = require('node:child_process')
const { writeFileSync } = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const original = require('haraka-dsn/package.json')
const ours = require('../package.json')
const { usual } = require('./shapes')
const { geometricMean, jsonFile, median } = require('./statistics')

const processes = 9

const run = () => {
  const calls = path.join(__dirname, 'calls.js')
  return JSON.parse(execFileSync(process.execPath, [calls], { encoding: 'utf8' }))
}

/** The rows of all processes as one, each time with those of all rounds. */
function merge([first, ...others]) {
  return first.map((row, at) => {
    const merged = { ...row }
    for (const who of ['floor', 'original', 'ours']) {
      if (row[who]) merged[who] = [row, ...others.map((rows) => rows[at])].flatMap((r) => r[who])
    }
    return merged
  })
}

function summarize({ name, floor, original, ours }) {
  if (floor) return { name, floor: median(floor) }
  const ratios = original.map((time, at) => time / ours[at])
  return { name, original: median(original), ours: median(ours), ratio: median(ratios) }
}

const isUsual = ({ name }) => usual.some(([usualName]) => usualName === name)

const rows = merge(Array.from({ length: processes }, run)).map(summarize)
const result = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${os.cpus()[0].model}, ${os.cpus().length} cores`,
  node: process.version,
  versions: { original: original.version, ours: ours.version },
  processes,
  rows,
  geometricMean: geometricMean(rows.filter(isUsual).map(({ ratio }) => ratio)),
}

const line = (name, original, ours, ratio) =>
  console.log(`${name.padEnd(44)}${original.padStart(11)}${ours.padStart(11)}${ratio.padStart(8)}`)
const ns = (time) => (time === undefined ? '' : `${Math.round(time)} ns`)

console.log(`Node.js ${result.node}, ${result.machine}, median of ${processes} processes\n`)
line('', 'haraka-dsn', 'ours', 'ratio')
for (const { name, floor, original, ours, ratio } of rows) {
  line(name, ns(original), ns(floor ?? ours), ratio ? `${ratio.toFixed(2)}×` : '')
}
line('geometric mean of all but the last three', '', '', `${result.geometricMean.toFixed(2)}×`)

if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify(result, null, 2)}\n`)
