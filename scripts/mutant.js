'use strict'

// Runs tests of `npm test` on a mutant, one file after the other, until one fails: for `cargo mutants`
// on the N-API layer, and for Stryker.

const { spawnSync } = require('node:child_process')
const path = require('node:path')

/** The quickest first: the first eight catch most mutants. */
const TESTS = [
  ...['accessors', 'backend', 'registry', 'deviations', 'hidden-class', 'caching', 'pollution'],
  ...['default-texts', 'memory', 'differential', 'bare-binary', 'fallback', 'binary-format'],
  ...['loader', 'platform-selection', 'reports', 'multiple-instances', 'parse', 'parity'],
]
/** Those that need the binary. */
const OF_BINARY = [
  ...['memory', 'bare-binary', 'fallback', 'binary-format', 'loader', 'platform-selection'],
  'multiple-instances',
]

const options = {
  cwd: path.join(__dirname, '..'),
  env: { FUZZ_ROUNDS: '2', ...process.env },
  stdio: 'inherit',
}
const fails = (name) =>
  spawnSync(process.execPath, [`__test__/${name}.test.js`], options).status !== 0

const tests =
  process.env.HARAKA_DSN_RS_BACKEND === 'wasm'
    ? TESTS.filter((name) => !OF_BINARY.includes(name))
    : TESTS
process.exitCode = tests.some(fails) ? 1 : 0
