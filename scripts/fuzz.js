'use strict'

// npm run fuzz -- --calls 10000000 --seed 1: random calls, compared with haraka-dsn.

const { randomInt } = require('node:crypto')
const { parseArgs } = require('node:util')

const { fuzz } = require('../__test__/support/fuzz')
const properties = require('../__test__/support/properties')

const interval = 10_000

function options() {
  const number = { type: 'string' }
  const { values } = parseArgs({ options: { calls: number, seed: number } })
  const { calls = 1_000_000, seed = randomInt(2 ** 31) } = values
  return { wanted: Number(calls), seed: Number(seed) }
}

function run({ wanted, seed }) {
  console.log(`Seed ${seed}`)
  const start = Date.now()
  let [calls, lastPrinted] = [0, start]
  const printProgress = () => {
    lastPrinted = Date.now()
    const rate = Math.round((calls * 1000) / (lastPrinted - start))
    const memory = Math.round(process.memoryUsage.rss() / 2 ** 20)
    console.log(`${calls} calls, ${rate} calls/s, ${memory} MB`)
  }
  for (const round of fuzz(properties, seed)) {
    calls += round.calls
    if (!(calls < wanted)) break
    if (Date.now() - lastPrinted > interval) printProgress()
  }
  printProgress()
  console.log('No difference.')
}

try {
  run(options())
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
