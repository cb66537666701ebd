'use strict'

// Checks that memory does not grow in a long-running process, compared with haraka-dsn: millions of
// calls of all shapes, and workers that exit, are terminated in the middle of a call, or throw.
//
//   npm run soak [-- --calls 20000000 --workers 2000]

const { fork } = require('node:child_process')
const { once } = require('node:events')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { median } = require('../../bench/statistics')

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000000' },
    workers: { type: 'string', default: '2000' },
  },
})

const modules = { 'haraka-dsn': require.resolve('haraka-dsn'), ours: require.resolve('../..') }
const samples = 100
const tolerance = 4 * 2 ** 20

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** Runs a script with each module in turn and resolves with the memory samples of each. */
async function soak(script, total) {
  const children = Object.entries(modules).map(([name, file]) => {
    const child = fork(path.join(__dirname, script), [file], { execArgv: ['--expose-gc'] })
    child.once('exit', (code, signal) => {
      if (child.connected) throw new Error(`${script} with ${name} exited: ${signal ?? code}`)
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
function growth(memory, kind) {
  const quarter = (number) =>
    memory.slice((samples * (number - 1)) / 4, (samples * number) / 4).map((m) => m[kind])
  return median(quarter(4)) - median(quarter(2))
}

function printRow(cells) {
  const [first, second, ...others] = cells
  console.log(
    first.padEnd(12) + second.padEnd(6) + others.map((cell) => cell.padStart(11)).join(''),
  )
}

/** Prints the rows and returns whether ours grows more than the original, which is the baseline. */
function report(children) {
  let grows = false
  for (const kind of ['rss', 'heap']) {
    let baseline = 0
    for (const { name, memory } of children) {
      const points = [0, 25, 50, 75, 100].map((sample) => megabytes(memory[sample][kind]))
      const grown = growth(memory, kind)
      printRow([name, kind, ...points, megabytes(grown)])
      if (name === 'ours') grows ||= grown > baseline + tolerance
      else baseline = Math.max(0, grown)
    }
  }
  return grows
}

async function main() {
  for (const [script, total] of Object.entries({
    'calls.js': Number(values.calls),
    'workers.js': Number(values.workers),
  })) {
    if (!total) continue
    console.log(`\n${total.toLocaleString('en')} ${path.parse(script).name}`)
    printRow(['', '', 'start', '25 %', '50 %', '75 %', 'end', 'growth'])
    const grows = report(await soak(script, total))
    console.log(grows ? 'GROWS' : 'does not grow')
    if (grows) process.exitCode = 1
  }
}

main()
