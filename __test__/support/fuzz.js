'use strict'

const { createHash } = require('node:crypto')
const fc = require('fast-check')

/**
 * Runs properties round by round, for ever, and yields the seed of each round and the number of
 * calls that it compared. What a round makes is given back after it, and any round can be repeated:
 * with its seed it is the first.
 */
function* fuzz(properties, seed) {
  for (; ; seed = nextSeed(seed)) {
    let calls = 0
    for (const property of properties) calls += check(property, seed)
    yield { seed, calls }
  }
}

/** Throws what fast-check says of the smallest run that fails. */
function check({ claim, arbitraries, compare, runs }, seed) {
  let calls = 0
  const run = (...values) => {
    calls += compare(...values)
  }
  try {
    fc.assert(fc.property(...arbitraries, run), { seed, numRuns: runs, includeErrorInReport: true })
  } catch (error) {
    error.message = `Not true: ${claim}.\nAgain: npm run fuzz -- --seed ${seed} --calls 1\n\n${error.message}`
    throw error
  }
  return calls
}

// 31 bits: what fast-check takes, and no sign. Hashed, for neighbouring seeds may give similar values.
const nextSeed = (seed) => createHash('sha256').update(String(seed)).digest().readUInt32LE() >>> 1

module.exports = { fuzz }
