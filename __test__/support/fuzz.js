'use strict'

// npm run fuzz -- --calls 10000000 --seed 1: random calls, compared with haraka-dsn.

const { createHash, randomInt } = require('node:crypto')
const { parseArgs } = require('node:util')
const fc = require('fast-check')
const { count } = require('./compare')

/** Runs properties in endless rounds, whose seeds it yields. The seed of a round makes it the first one. */
function* fuzz(properties, seed) {
  for (; ; seed = nextSeed(seed)) {
    for (const property of properties) check(property, seed)
    yield seed
  }
}

/** Throws fast-check's error for the smallest failing run of a property. */
function check({ claim, property, runs }, seed) {
  try {
    fc.assert(property, { seed, numRuns: runs, includeErrorInReport: true })
  } catch (error) {
    const command = `npm run fuzz -- --seed ${seed} --calls 1`
    error.message = `Falsified: ${claim}.\nReproduce: ${command}\n\n${error.message}`
    throw error
  }
}

// 31 bits: fast-check's seeds are signed 32-bit integers. Hashed, because adjacent seeds may give similar
// values.
const nextSeed = (seed) => createHash('sha256').update(String(seed)).digest().readUInt32LE() >>> 1

function main() {
  const number = { type: 'string' }
  const { values } = parseArgs({ options: { calls: number, seed: number } })
  const { calls = 1_000_000, seed = randomInt(2 ** 31) } = values
  console.log(`Seed ${seed}`)
  const start = Date.now()
  let printed = start
  const printProgress = () => {
    printed = Date.now()
    const rate = Math.round((count.calls * 1000) / (printed - start))
    const memory = Math.round(process.memoryUsage.rss() / 2 ** 20)
    console.log(`${count.calls} calls, ${rate} calls/s, ${memory} MB`)
  }
  for (const _ of fuzz(require('./properties'), Number(seed))) {
    if (count.calls >= Number(calls)) break
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
