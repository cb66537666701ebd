'use strict'

// Builds the addon or, for wasm32-unknown-unknown, the WebAssembly module:
//
//   node scripts/build.js [--features node] [--output prebuilds] [--target <triple>] [--zig]
//
// Without --target, it builds the addon for this system, and the module if the Rust toolchain has its
// target.
//
// `napi build` is not used: Cargo applies LTO only if the cdylib is the only crate type, which requires
// `cargo rustc`. --zig links with cargo-zigbuild, for an old glibc, for musl or for another system.

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

/** Runs a program and returns its standard output; standard error is inherited. */
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

// Panic messages contain source paths: these names replace the directories of this machine.
const directories = {
  '~': os.homedir(),
  cargo: CARGO_HOME ?? path.join(os.homedir(), '.cargo'),
  rust: sysroot,
}

const pathFlags = () =>
  Object.entries(directories)
    .filter(([, directory]) => !/\s/.test(directory)) // RUSTFLAGS is split at white space.
    .map(([name, directory]) => `--remap-path-prefix=${directory}=${name}`)

/** Link musl dynamically, because Node.js does; link the Visual C++ runtime statically. */
function libcFlags({ triple, libc }) {
  if (libc === 'musl') return ['-C target-feature=-crt-static']
  return triple.endsWith('-msvc') ? ['-C target-feature=+crt-static'] : []
}

function linkFlags({ triple, platform, file }) {
  // A library for macOS contains its own path, by default in the build directory.
  if (platform === 'darwin') return [`-C link-arg=-Wl,-install_name,@rpath/${file}`]
  // zig would link its own unwinder, 26 KB; with gcc's library, Node.js's is used.
  if (!options.zig || triple !== host) return []
  return [`-C link-arg=${run('gcc', ['-print-file-name=libgcc_s.so.1']).trim()}`]
}

/** The Cargo command to run for a target, and its extra arguments. */
function commandFor({ triple, glibc }) {
  if (triple === WASM) {
    // WebAssembly cannot unwind.
    const config = ['profile.release.panic="abort"', `target.${WASM}.rustflags=[]`]
    return { cargo: 'cargo', args: ['--target', triple, ...config.flatMap((c) => ['--config', c])] }
  }
  const cargo = options.zig ? 'cargo-zigbuild' : 'cargo'
  if (!options.target) return { cargo, args: [] }
  return { cargo, args: ['--target', options.zig && glibc ? `${triple}.${glibc}` : triple] }
}

/** Runs Cargo for a target and returns the path of the library. */
function compile(target) {
  const { cargo, args: extraArgs } = commandFor(target)
  const features = options.features ?? (target.triple === WASM ? 'wasm' : 'node')
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib']
  args.push('--features', features, '--message-format', 'json-render-diagnostics', ...extraArgs)
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
  fs.rmSync(built, { force: true }) // Do not overwrite a file that a process has mapped.
  fs.copyFileSync(library, built)
  console.log(built)
}

const hasWasm = () =>
  CARGO_UNSTABLE_BUILD_STD || fs.existsSync(path.join(sysroot, 'lib/rustlib', WASM, 'lib'))

build(options.target ?? host)
if (!options.target && !options.features) {
  if (hasWasm()) build(WASM)
  else console.log(`Not building the WebAssembly module: Rust has no target ${WASM}`)
}
