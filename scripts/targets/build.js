'use strict'

// Builds every target, or those that are named, on this machine:
//
//   npm run build:targets [-- <triple>...]

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { fillOnce, installPipPackages } = require('../cache')
const { namedTargets, wasm } = require('.')
const { rustFor } = require('./rust-std')

const root = path.join(__dirname, '../..')

/** The environment in which Cargo finds cargo-zigbuild, and that finds zig, which is a module of Python. */
function zig() {
  const directory = installPipPackages(path.join(__dirname, 'requirements.txt'))
  return { PATH: `${directory}/bin:${process.env.PATH}`, PYTHONPATH: directory }
}

/** The environment in which napi's build script finds an import library of node.exe: an empty one. */
function nodeLibrary() {
  const LIBNODE_PATH = fillOnce('libnode', (to) => {
    // The build script looks for the first name, the linker for the second.
    for (const name of ['libnode.dll', 'node.lib']) fs.writeFileSync(`${to}/${name}`, '!<arch>\n')
  })
  return { LIBNODE_PATH }
}

for (const target of namedTargets(process.argv.slice(2))) {
  console.log(target.triple)
  // zig links for Windows as LLVM's MinGW does.
  const triple = target.triple.replace(/-msvc$/, '-gnullvm')
  const [crates, flags, linker] =
    target === wasm ? ['std,panic_abort', [], {}] : ['std,panic_unwind', ['--zig'], zig()]
  const env = {
    ...process.env,
    ...linker,
    ...rustFor(triple, crates),
    ...(target.platform === 'win32' && nodeLibrary()),
    // A directory of its own: Cargo rebuilds everything in one that another compiler has used.
    CARGO_TARGET_DIR: path.join(root, 'target/targets'),
  }
  const args = ['scripts/build.js', '--target', triple, ...flags]
  execFileSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' })
}
