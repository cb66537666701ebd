'use strict'

// Builds the addon or, for wasm32-unknown-unknown, the WebAssembly module:
//
//   node scripts/build.js [--features node] [--output prebuilds] [--target <triple>] [--zig]
//
// Without --target, it builds the addon for this system, and the module if Rust has its target.
//
// Not with `napi build`: Cargo optimizes at link time only where the cdylib is all that it makes of
// the crate, and to ask for that takes `cargo rustc`. With --zig, cargo-zigbuild links: for an old
// glibc, for musl, or for another system than this one.

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { WASM, targetOf } = require('./targets')

const options = parseArgs({
  options: {
    features: { type: 'string' },
    output: { type: 'string', default: 'prebuilds' },
    target: { type: 'string' },
    zig: { type: 'boolean' },
  },
}).values

const { CARGO_HOME, CARGO_UNSTABLE_BUILD_STD, RUSTC = 'rustc', RUSTFLAGS } = process.env

/** Runs a program whose complaints are shown, and returns what it prints. */
function run(command, args, env) {
  const { error, status, stdout } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
    env: { ...process.env, ...env },
  })
  if (error) throw error
  if (status !== 0) process.exit(1)
  return stdout
}

const sysroot = fs.realpathSync(run(RUSTC, ['--print', 'sysroot']).trim())
const [, host] = run(RUSTC, ['-vV']).match(/^host: (.+)$/m)

// Panics name source files: by these names, instead of by their paths on this machine.
const directories = {
  '~': os.homedir(),
  cargo: CARGO_HOME ?? path.join(os.homedir(), '.cargo'),
  rust: sysroot,
}

const pathFlags = () =>
  Object.entries(directories)
    .filter(([, directory]) => !/\s/.test(directory)) // which RUSTFLAGS cannot express
    .map(([name, directory]) => `--remap-path-prefix=${directory}=${name}`)

/** Node.js links the libc of musl, but does not expect the runtime of Visual C++. */
function libcFlags({ triple, libc }) {
  if (libc === 'musl') return ['-C target-feature=-crt-static']
  return triple.endsWith('-msvc') ? ['-C target-feature=+crt-static'] : []
}

function linkFlags({ triple, platform, file }) {
  // A library for macOS contains its own path: by default, that of the build directory.
  if (platform === 'darwin') return [`-C link-arg=-Wl,-install_name,@rpath/${file}`]
  // zig would link an unwinder of its own, 26 KB; with gcc at hand, that of Node.js is used.
  if (!options.zig || triple !== host) return []
  return [`-C link-arg=${run('gcc', ['-print-file-name=libgcc_s.so.1']).trim()}`]
}

/** What Cargo is told besides, by which program, for a target. */
function commandFor({ triple, glibc }) {
  if (triple === WASM) {
    // WebAssembly cannot unwind; its memory is as large as the stack, 1 MB unless told.
    const config = ['profile.release.panic="abort"', `target.${WASM}.rustflags=[]`]
    return { cargo: 'cargo', args: ['--target', triple, ...config.flatMap((c) => ['--config', c])] }
  }
  const cargo = options.zig ? 'cargo-zigbuild' : 'cargo'
  if (!options.target) return { cargo, args: [] }
  return { cargo, args: ['--target', options.zig && glibc ? `${triple}.${glibc}` : triple] }
}

/** Runs Cargo for a target and returns the file that it made last. */
function compile(target) {
  const { cargo, args: more } = commandFor(target)
  const features = options.features ?? (target.triple === WASM ? 'wasm' : 'node')
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib']
  args.push('--features', features, '--message-format', 'json-render-diagnostics', ...more)
  const flags = [RUSTFLAGS, ...pathFlags(), ...libcFlags(target), ...linkFlags(target)]
  const env = { RUSTFLAGS: flags.filter(Boolean).join(' ') }
  if (target.macos) env.MACOSX_DEPLOYMENT_TARGET = target.macos
  const messages = run(cargo, args, env)
  const artifacts = messages.split('\n').filter((line) => line.includes('"compiler-artifact"'))
  return JSON.parse(artifacts.at(-1)).filenames[0]
}

function build(triple) {
  const target = targetOf(triple)
  const library = compile(target)
  const built = path.join(options.output, target.file)
  fs.mkdirSync(options.output, { recursive: true })
  fs.rmSync(built, { force: true }) // A process may have the old one mapped: it keeps it.
  fs.copyFileSync(library, built)
  console.log(built)
}

const hasWasm = () =>
  CARGO_UNSTABLE_BUILD_STD || fs.existsSync(path.join(sysroot, 'lib/rustlib', WASM, 'lib'))

build(options.target ?? host)
if (!options.target && !options.features) {
  if (hasWasm()) build(WASM)
  else console.log(`Rust has no ${WASM}: without the module for systems that have no binary`)
}
