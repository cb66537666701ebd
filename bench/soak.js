'use strict'

// Checks that memory does not grow in a long-running process, compared with haraka-dsn: millions of
// calls of all kinds, and workers that exit, are terminated in the middle of a call, or throw.
//
//   npm run soak [-- --calls 20000000 --workers 2000]

const { fork } = require('node:child_process')
const { once } = require('node:events')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { table } = require('../scripts/document')
const { median } = require('./statistics')

const totals = parseArgs({
  options: {
    calls: { type: 'string', default: '20000000' },
    workers: { type: 'string', default: '2000' },
  },
}).values

const modules = { 'haraka-dsn': require.resolve('haraka-dsn'), ours: require.resolve('..') }
const SAMPLES = 100
const TOLERANCE = 4 * 2 ** 20

/** Makes so many calls or workers with each module in turn; resolves with the memory samples of each. */
async function soak(kind, total) {
  const children = Object.entries(modules).map(([name, file]) => {
    const program = path.join(__dirname, 'soak-process.js')
    const child = fork(program, [kind, file], { execArgv: ['--expose-gc'] })
    child.once('exit', (code, signal) => {
      if (code !== 0) throw new Error(`${kind} with ${name} exited: ${signal ?? code}`)
    })
    return { name, child, memory: [] }
  })
  for (let sample = 0; sample <= SAMPLES; sample++) {
    // The first share is small: it loads and warms up everything.
    const share = Math.ceil(total / SAMPLES / (sample ? 1 : 10))
    for (const { child, memory } of children) {
      child.send(share)
      memory.push((await once(child, 'message'))[0])
    }
  }
  for (const { child } of children) child.disconnect()
  return children
}

/**
 * The growth from the second quarter to the last, as medians: V8 and the allocator settle in the first
 * quarter, and single samples are noisy.
 */
function growth(memory, what) {
  const quarter = (number) =>
    memory.slice((SAMPLES * (number - 1)) / 4, (SAMPLES * number) / 4).map((each) => each[what])
  return median(quarter(4)) - median(quarter(2))
}

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** Prints the samples, and whether ours grows more than the original, which is the baseline. */
function report(title, children) {
  const kinds = ['rss', 'heap']
  const rows = children.flatMap(({ name, memory }) =>
    kinds.map((what) => {
      const points = [0, 25, 50, 75, 100].map((sample) => memory[sample][what])
      return [`${name}, ${what}`, ...[...points, growth(memory, what)].map(megabytes)]
    }),
  )
  console.log(`\n${table([title, 'start', '25 %', '50 %', '75 %', 'end', 'growth'], rows)}`)
  for (const what of kinds) {
    const [theirs, ours] = children.map(({ memory }) => growth(memory, what))
    if (ours <= Math.max(0, theirs) + TOLERANCE) continue
    console.log(`${what} GROWS`)
    process.exitCode = 1
  }
}

async function main() {
  for (const [kind, total] of Object.entries(totals)) {
    if (Number(total)) report(`${total} ${kind}`, await soak(kind, Number(total)))
  }
}

main()
