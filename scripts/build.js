'use strict'

// Builds the addon:
//
//   node scripts/build.js [--features node] [--output prebuilds] [--target <triple>] [--zig]
//
// Not with `napi build`: Cargo optimizes at link time only where the cdylib is all that it makes of
// the crate, and to ask for that takes `cargo rustc`. With --zig, cargo-zigbuild links: for an old
// glibc, for musl, or for another system than this one.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { targetOf } = require('./targets')

const { features, output, target, zig } = parseArgs({
  options: {
    features: { type: 'string', default: 'node' },
    output: { type: 'string', default: 'prebuilds' },
    target: { type: 'string' },
    zig: { type: 'boolean' },
  },
}).values

const { CARGO_HOME, RUSTC = 'rustc', RUSTFLAGS } = process.env

const run = (command, args, env) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
    env: { ...process.env, ...env },
  })

// Panics name source files: by these names, instead of by their paths on this machine.
const directories = {
  '~': os.homedir(),
  cargo: CARGO_HOME ?? path.join(os.homedir(), '.cargo'),
  rust: fs.realpathSync(run(RUSTC, ['--print', 'sysroot']).trim()),
}

const pathsFlags = () =>
  Object.entries(directories)
    .filter(([, directory]) => !/\s/.test(directory)) // which RUSTFLAGS cannot express
    .map(([name, directory]) => `--remap-path-prefix=${directory}=${name}`)

const [, host] = run(RUSTC, ['-vV']).match(/^host: (.+)$/m)
const triple = target ?? host
const { platform, libc, glibc, file } = targetOf(triple)

/** Node.js links the libc of musl, but does not expect the runtime of Visual C++. */
function libcFlags() {
  if (libc === 'musl') return ['-C target-feature=-crt-static']
  return triple.endsWith('-msvc') ? ['-C target-feature=+crt-static'] : []
}

function linkFlags() {
  // A library for macOS contains its own path: by default, that of the build directory.
  if (platform === 'darwin') return [`-C link-arg=-Wl,-install_name,@rpath/${file}`]
  // zig would link an unwinder of its own, 26 KB; with gcc at hand, that of Node.js is used.
  if (!zig || triple !== host) return []
  return [`-C link-arg=${run('gcc', ['-print-file-name=libgcc_s.so.1']).trim()}`]
}

function targetArguments() {
  if (!target) return []
  return ['--target', zig && glibc ? `${target}.${glibc}` : target]
}

/** Runs Cargo and returns the file that it made last, which is the addon. */
function compile() {
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib']
  args.push('--features', features, '--message-format', 'json-render-diagnostics')
  const env = {
    RUSTFLAGS: [RUSTFLAGS, ...pathsFlags(), ...libcFlags(), ...linkFlags()]
      .filter(Boolean)
      .join(' '),
  }
  const messages = run(zig ? 'cargo-zigbuild' : 'cargo', [...args, ...targetArguments()], env)
  const artifacts = messages.split('\n').filter((line) => line.includes('"compiler-artifact"'))
  return JSON.parse(artifacts.at(-1)).filenames[0]
}

const library = compile()
const built = path.join(output, file)
fs.mkdirSync(output, { recursive: true })
fs.rmSync(built, { force: true }) // A process may have the old one mapped: it keeps it.
fs.copyFileSync(library, built)
console.log(built)
