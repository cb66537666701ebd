'use strict'

// Builds the addon:
//
//   node scripts/build.js [--features node] [--output prebuilds] [--target <triple>] [--zig]
//
// Not with `napi build`: Cargo optimizes at link time only where the cdylib is all that it makes of
// the crate, and to ask for that takes `cargo rustc`. With zig, which cargo-zigbuild lets link, the
// build is for an old glibc, or for musl.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { parseTriple } = require('@napi-rs/cli')

const { napi } = require('../package.json')
const { oldestGlibc } = require('./release/check')

const { features, output, target, zig } = parseArgs({
  options: {
    features: { type: 'string', default: 'node' },
    output: { type: 'string', default: 'prebuilds' },
    target: { type: 'string' },
    zig: { type: 'boolean' },
  },
}).values

// A panic tells the file of its code: under these names, and not where they are on this machine.
const directories = {
  '~': os.homedir(),
  cargo: process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo'),
}

/** Node.js links the libc of musl, but does not expect the runtime of Visual C++. */
const libcOf = (triple) =>
  /-musl/.test(triple)
    ? '-C target-feature=-crt-static'
    : /-msvc/.test(triple) && '-C target-feature=+crt-static'

/** zig would link an unwinder of its own, 26 KB; where gcc is at hand, that of Node.js will do. */
const unwinderFor = (triple) =>
  zig && triple === host && `-C link-arg=${run('gcc', ['-print-file-name=libgcc_s.so.1']).trim()}`

const rustFlagsFor = (triple) =>
  [
    process.env.RUSTFLAGS,
    ...Object.entries(directories)
      .filter(([, directory]) => !/\s/.test(directory)) // which RUSTFLAGS cannot express
      .map(([name, directory]) => `--remap-path-prefix=${directory}=${name}`),
    libcOf(triple),
    unwinderFor(triple),
  ]
    .filter(Boolean)
    .join(' ')

const run = (command, args, env) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
    env: { ...process.env, ...env },
  })

function targetArguments() {
  if (!target) return []
  return ['--target', zig && target.includes('-linux-gnu') ? `${target}.${oldestGlibc}` : target]
}

/** What Cargo says of each file that it made, the addon's last. */
function compile(triple) {
  const args = ['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib']
  args.push('--features', features, '--message-format', 'json-render-diagnostics')
  const env = { RUSTFLAGS: rustFlagsFor(triple) }
  const messages = run(zig ? 'cargo-zigbuild' : 'cargo', [...args, ...targetArguments()], env)
  const artifacts = messages.split('\n').filter((line) => line.includes('"compiler-artifact"'))
  return JSON.parse(artifacts.at(-1)).filenames[0]
}

const [, host] = run('rustc', ['-vV']).match(/^host: (.+)$/m)
const triple = target ?? host
const { platformArchABI } = parseTriple(triple)
const file = path.join(output, `${napi.binaryName}.${platformArchABI}.node`)

const library = compile(triple)
fs.mkdirSync(output, { recursive: true })
fs.rmSync(file, { force: true }) // A process may have the old one mapped: it keeps it.
fs.copyFileSync(library, file)
console.log(file)
