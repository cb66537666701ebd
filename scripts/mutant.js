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

const options = {
  cwd: path.join(__dirname, '..'),
  env: { FUZZ_ROUNDS: '2', ...process.env },
  stdio: 'inherit',
}
const fails = (name) =>
  spawnSync(process.execPath, [`__test__/${name}.test.js`], options).status !== 0

process.exitCode = TESTS.some(fails) ? 1 : 0
