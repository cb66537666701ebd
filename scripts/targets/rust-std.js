'use strict'

// Rust's standard library for a target: rustup's, if it is installed there. Otherwise Debian's compiler
// compiles it, because Debian has a package of its sources.

const fs = require('node:fs')
const path = require('node:path')

const { cache, run, writeCommand } = require('../cache')
const { extractDebianPackages } = require('./debian-packages')

/** The environment in which Cargo builds for a target, and before it `crates` of the standard library. */
function rustFor(triple, crates) {
  const library = path.join(run('rustc', ['--print', 'sysroot']).trim(), 'lib/rustlib')
  if (fs.existsSync(path.join(library, triple, 'lib'))) return {}
  const usr = path.join(extractDebianPackages('rust', ['rustc-web', 'rust-web-src']), 'usr')
  const RUSTC = writeCommand(path.join(cache, 'bin/rustc'), [path.join(usr, 'bin/rustc')], {
    LD_LIBRARY_PATH: path.join(usr, 'lib/x86_64-linux-gnu'),
    // rustup's rust-objcopy and rust-lld, which strip Mach-O files and link WebAssembly.
    PATH: `${library}/x86_64-unknown-linux-gnu/bin:${process.env.PATH}`,
  })
  return { RUSTC, RUSTC_BOOTSTRAP: '1', CARGO_UNSTABLE_BUILD_STD: crates }
}

module.exports = { rustFor }
