'use strict'

// Checks that memory does not grow in a long-running process, compared with haraka-dsn: millions of
// calls of all shapes, and workers that exit, are terminated in the middle of a call, or throw.
//
//   npm run soak [-- --calls 20000000 --workers 2000]

const { fork } = require('node:child_process')
const { once } = require('node:events')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { median } = require('../statistics')

const totals = parseArgs({
  options: {
    calls: { type: 'string', default: '20000000' },
    workers: { type: 'string', default: '2000' },
  },
}).values

const modules = { 'haraka-dsn': require.resolve('haraka-dsn'), ours: require.resolve('../..') }
const samples = 100
const tolerance = 4 * 2 ** 20

/** Makes so many calls or workers with each module in turn; resolves with the memory samples of each. */
async function soak(kind, total) {
  const children = Object.entries(modules).map(([name, file]) => {
    const args = [kind, file]
    const child = fork(path.join(__dirname, 'measured.js'), args, { execArgv: ['--expose-gc'] })
    child.once('exit', (code, signal) => {
      if (child.connected) throw new Error(`${kind} with ${name} exited: ${signal ?? code}`)
    })
    return { name, child, memory: [] }
  })
  for (let sample = 0; sample <= samples; sample++) {
    // The first share is small: it loads and warms up everything.
    const share = Math.ceil(total / samples / (sample ? 1 : 10))
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
    memory.slice((samples * (number - 1)) / 4, (samples * number) / 4).map((each) => each[what])
  return median(quarter(4)) - median(quarter(2))
}

/** Prints the samples, and whether ours grows more than the original, which is the baseline. */
function report(children) {
  const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`
  for (const what of ['rss', 'heap']) {
    const [baseline, grown] = children.map(({ name, memory }) => {
      const grown = growth(memory, what)
      const points = [0, 25, 50, 75, 100].map((sample) => memory[sample][what])
      const columns = [...points, grown].map((bytes) => megabytes(bytes).padStart(11))
      console.log(`${name.padEnd(12)}${what.padEnd(6)}${columns.join('')}`)
      return Math.max(0, grown)
    })
    if (grown <= baseline + tolerance) continue
    console.log(`${what} GROWS`)
    process.exitCode = 1
  }
}

async function main() {
  for (const [kind, total] of Object.entries(totals)) {
    if (!Number(total)) continue
    const columns = ['start', '25 %', '50 %', '75 %', 'end', 'growth']
    console.log(`${total} ${kind}`.padEnd(18) + columns.map((each) => each.padStart(11)).join(''))
    report(await soak(kind, Number(total)))
  }
}

main()
