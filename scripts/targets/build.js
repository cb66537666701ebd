'use strict'

// Builds every target, or those that are named, on this machine:
//
//   npm run build:targets [-- <triple>...]

const { execFileSync } = require('node:child_process')
const path = require('node:path')

const { WASM, namedTargets } = require('.')
const { toolchainFor } = require('./toolchain')

const root = path.join(__dirname, '../..')

for (const target of namedTargets(process.argv.slice(2))) {
  console.log(target.triple)
  const { triple, env } = toolchainFor(target)
  const args = ['scripts/build.js', '--target', triple, ...(triple === WASM ? [] : ['--zig'])]
  // Separate, because another compiler than rustup's would make Cargo rebuild everything, here and
  // there.
  const CARGO_TARGET_DIR = path.join(root, 'target/targets')
  const options = { cwd: root, env: { ...process.env, ...env, CARGO_TARGET_DIR }, stdio: 'inherit' }
  execFileSync(process.execPath, args, options)
}
