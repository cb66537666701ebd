'use strict'

// Builds every target, or those that are named, on this machine:
//
//   npm run build:targets [-- [--rustup] <triple>...]

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { WASM } = require('.')
const { main } = require('./command')
const { resultOf } = require('./results')
const { toolchainFor } = require('./toolchain')
const { Failure, root } = require('./support')

/** Runs scripts/build.js; its output is shown only if it fails. */
function build(target, options) {
  const { triple, env } = toolchainFor(target, options)
  const args = ['scripts/build.js', '--target', triple, ...(triple === WASM ? [] : ['--zig'])]
  // Separate, because another compiler than rustup's would make Cargo rebuild everything, here and
  // there.
  const CARGO_TARGET_DIR = path.join(root, 'target/targets')
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env, CARGO_TARGET_DIR },
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
  })
  if (status !== 0) {
    resultOf(target, { built: 'FAILED' })
    const errors = stderr.slice(Math.max(0, stderr.search(/^error/m)))
    throw new Failure(`Building ${target.triple} failed:\n${stdout}${errors}`)
  }
}

main((target, options) => {
  const started = Date.now()
  build(target, options)
  const seconds = Math.round((Date.now() - started) / 1000)
  const { size } = fs.statSync(path.join(root, 'prebuilds', target.file))
  resultOf(target, { built: `${seconds} s`, size })
})
