'use strict'

// Runs tests of `npm test` on a mutant, one file after the other, until one fails: for `cargo mutants`
// on the N-API layer, and for Stryker.

const { spawnSync } = require('node:child_process')
const path = require('node:path')

const isWasm = process.env.HARAKA_DSN_RS_BACKEND === 'wasm'

/** These test the binary and its loader. */
const ofBinary = [
  ...['memory', 'bare-binary', 'fallback', 'loader', 'platform-selection', 'multiple-instances'],
]

/** The quickest first: those of the first line catch most mutants. */
const tests = [
  ...['accessors', 'backend', 'registry', 'deviations', 'hidden-class', 'caching', 'pollution'],
  ...['replies', 'guide', 'default-texts', 'write-report', 'reports', 'parse', 'differential'],
  ...(isWasm ? [] : ofBinary),
  'parity',
]

const options = {
  cwd: path.join(__dirname, '..'),
  env: { FUZZ_ROUNDS: '2', ...process.env },
  stdio: 'inherit',
}
const fails = (name) =>
  spawnSync(process.execPath, [`__test__/${name}.test.js`], options).status !== 0

process.exitCode = tests.some(fails) ? 1 : 0
