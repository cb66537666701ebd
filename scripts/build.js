'use strict'

// Builds the addon or, for wasm32-unknown-unknown, the WebAssembly module:
//
//   node scripts/build.js [--target <triple>] [--zig]
//
// Without --target, it builds the addon for this system, and the module if the Rust toolchain has its
// target.
//
// `napi build` compiles and names the addon. It cannot build for wasm32-unknown-unknown, and leaves paths
// of this machine in what it builds, which these flags replace.
//
// npm runs this, as `prepare`, in a checkout and when it installs from a git URL.

const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { NapiCli } = require('@napi-rs/cli')

const { name } = require('../package.json')
const { run } = require('./cache')
const { inlineModule } = require('./inline-module')
const { targetOf, wasm } = require('./targets')

if (spawnSync('cargo', ['--version']).error) {
  console.error(
    `To build ${name} from source you need Rust with cargo (https://rustup.rs); ` +
      `the published package includes binaries: npm install haraka-dsn@npm:${name}`,
  )
  process.exit(1)
}

const options = parseArgs({
  options: {
    target: { type: 'string' },
    zig: { type: 'boolean' },
  },
}).values

const root = path.join(__dirname, '..')
const { CARGO_HOME, CARGO_TARGET_DIR, RUSTC = 'rustc' } = process.env
const rustflags = process.env.RUSTFLAGS ?? ''

const sysroot = fs.realpathSync(run(RUSTC, ['--print', 'sysroot']).trim())
const [, host] = run(RUSTC, ['-vV']).match(/^host: (.+)$/m)
const prebuilds = path.join(root, 'prebuilds')
const targetDirectory = path.resolve(CARGO_TARGET_DIR ?? path.join(root, 'target'))

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

function linkFlags({ triple, platform, file }) {
  // A text that would need more memory is refused: the module throws a RangeError.
  // Node.js 14 and 16 read only unpadded numbers of tables.
  if (triple === wasm.triple)
    return [`-C link-arg=--max-memory=${2 ** 30}`, '-C link-arg=--compress-relocations']
  // Not every system has the Visual C++ runtime.
  if (triple.endsWith('-msvc')) return ['-C target-feature=+crt-static']
  // A library for macOS contains its own path, by default in the build directory.
  if (platform === 'darwin') return [`-C link-arg=-Wl,-install_name,@rpath/${file}`]
  // zig would link its own unwinder, 26 KB; with gcc's library, Node.js's is used.
  if (!options.zig || triple !== host) return []
  return [`-C link-arg=${run('gcc', ['-print-file-name=libgcc_s.so.1']).trim()}`]
}

/** Builds the WebAssembly module, which cannot unwind, and returns its path. */
function buildModule() {
  const config = ['--config', 'profile.release.panic="abort"']
  const args = ['build', '--locked', '--release', '--lib', '--target', wasm.triple, ...config]
  execFileSync('cargo', args, { cwd: root, stdio: 'inherit' })
  return path.join(targetDirectory, wasm.triple, 'release/haraka_dsn_rs.wasm')
}

/** Builds the addon and returns its path. */
async function buildAddon({ triple, platform, glibc, macos }) {
  if (macos) process.env.MACOSX_DEPLOYMENT_TARGET = macos
  // For Windows, napi would not let zig link.
  const crossCompile = options.zig && platform !== 'win32'
  if (options.zig && !crossCompile) process.env.CARGO = 'cargo-zigbuild'
  const { task } = await new NapiCli().build({
    cwd: root,
    platform: true,
    release: true,
    noJsBinding: true,
    crossCompile,
    // Functions of Node.js are then looked up when the addon is loaded, as with Visual C++.
    features: options.zig && platform === 'win32' ? ['napi/dyn-symbols'] : undefined,
    outputDir: path.join(targetDirectory, 'napi'),
    target: options.target && (options.zig && glibc ? `${triple}.${glibc}` : triple),
    cargoOptions: ['--locked'],
  })
  return (await task).find(({ kind }) => kind === 'node').path
}

async function build(triple) {
  const target = targetOf(triple)
  const flags = [rustflags, ...pathFlags(), ...linkFlags(target)]
  process.env.RUSTFLAGS = flags.filter(Boolean).join(' ')
  const library = triple === wasm.triple ? buildModule() : await buildAddon(target)
  const built = path.join(prebuilds, target.file)
  fs.mkdirSync(prebuilds, { recursive: true })
  fs.rmSync(built, { force: true }) // Do not overwrite a file that a process has mapped.
  fs.copyFileSync(library, built)
  if (triple === wasm.triple) inlineModule(built)
  console.log(built)
}

async function main() {
  if (options.target) return build(options.target)
  await build(host)
  const hasModule = fs.existsSync(path.join(sysroot, 'lib/rustlib', wasm.triple, 'lib'))
  if (hasModule) return build(wasm.triple)
  console.log(`Not building the WebAssembly module: Rust has no target ${wasm.triple}`)
  // One that was built before has an older core.
  for (const end of ['', '.js']) fs.rmSync(path.join(prebuilds, wasm.file + end), { force: true })
}

main()
