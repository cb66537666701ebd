'use strict'

// npm run fuzz -- --calls 10000000 --seed 1: random calls, compared with haraka-dsn.

const { createHash, randomInt } = require('node:crypto')
const { parseArgs } = require('node:util')
const fc = require('fast-check')

/**
 * Runs properties in endless rounds, and yields the seed of each round and the number of compared calls.
 * Rounds keep no memory, and each can be repeated: its seed makes it the first one.
 */
function* fuzz(properties, seed) {
  for (; ; seed = nextSeed(seed)) {
    let calls = 0
    for (const property of properties) calls += check(property, seed)
    yield { seed, calls }
  }
}

/** Runs a property; throws fast-check's error for the smallest failing run. */
function check({ claim, arbitraries, compare, runs }, seed) {
  let calls = 0
  const run = (...values) => {
    calls += compare(...values)
  }
  try {
    fc.assert(fc.property(...arbitraries, run), { seed, numRuns: runs, includeErrorInReport: true })
  } catch (error) {
    error.message = `Falsified: ${claim}.\nReproduce: npm run fuzz -- --seed ${seed} --calls 1\n\n${error.message}`
    throw error
  }
  return calls
}

// 31 bits: fast-check's seeds are signed 32-bit integers. Hashed, because adjacent seeds may give similar
// values.
const nextSeed = (seed) => createHash('sha256').update(String(seed)).digest().readUInt32LE() >>> 1

function main() {
  const number = { type: 'string' }
  const { values } = parseArgs({ options: { calls: number, seed: number } })
  const { calls: wanted = 1_000_000, seed = randomInt(2 ** 31) } = values
  console.log(`Seed ${seed}`)
  const start = Date.now()
  let calls = 0
  let printed = start
  const printProgress = () => {
    printed = Date.now()
    const rate = Math.round((calls * 1000) / (printed - start))
    const memory = Math.round(process.memoryUsage.rss() / 2 ** 20)
    console.log(`${calls} calls, ${rate} calls/s, ${memory} MB`)
  }
  for (const round of fuzz(require('./properties'), Number(seed))) {
    calls += round.calls
    if (!(calls < Number(wanted))) break
    if (Date.now() - printed > 10_000) printProgress()
  }
  printProgress()
  console.log('No difference.')
}

module.exports = { fuzz }

if (require.main === module) {
  try {
    main()
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
