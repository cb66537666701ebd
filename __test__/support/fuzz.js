'use strict'

const { createHash } = require('node:crypto')
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

module.exports = { fuzz }
