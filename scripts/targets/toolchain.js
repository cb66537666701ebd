'use strict'

// The toolchain for every target: Rust's standard library, zig as the linker, and for Windows an import
// library of Node.js.

const fs = require('node:fs')
const path = require('node:path')

const { cache, cached, pipPackages, run, writeCommand } = require('../cache')
const { WASM } = require('.')
const { debianPackages } = require('./debian')
const { npmPackages } = require('./runners')

const RUSTLIB = 'lib/rustlib/x86_64-unknown-linux-gnu'

const sysroot = () => run('rustc', ['--print', 'sysroot']).trim()

const hasStandardLibrary = (triple) =>
  fs.existsSync(path.join(sysroot(), 'lib/rustlib', triple, 'lib'))

/** rustc, its library, and the sources of the standard library. */
const RUST_PACKAGES = (fieldOf) => {
  const [library] = fieldOf('libstd-rust-web-dev', 'Depends').match(/libstd-rust-web-[\d.]+/)
  const [llvm] = fieldOf(library, 'Depends').match(/libllvm\d+/)
  return ['rustc-web', 'libstd-rust-web-dev', 'rust-web-src', library, llvm]
}

/**
 * The environment in which rustup's Cargo uses Debian's compiler and compiles crates of the standard library
 * for any target: Debian has packages of their sources.
 */
function debianRust(crates) {
  const usr = path.join(debianPackages('rust', RUST_PACKAGES), 'usr')
  // rustc strips Mach-O files and links WebAssembly with these, which Debian's package lacks.
  const ofRustup = { LD_LIBRARY_PATH: path.join(sysroot(), 'lib') }
  for (const tool of ['rust-objcopy', 'rust-lld']) {
    const [command, original] = [usr, sysroot()].map((at) => path.join(at, RUSTLIB, 'bin', tool))
    writeCommand(command, [original], ofRustup)
  }
  const RUSTC = writeCommand(path.join(cache, 'bin/rustc'), [path.join(usr, 'bin/rustc')], {
    LD_LIBRARY_PATH: path.join(usr, 'lib/x86_64-linux-gnu'),
  })
  return { RUSTC, RUSTC_BOOTSTRAP: '1', CARGO_UNSTABLE_BUILD_STD: crates }
}

/** The environment in which Cargo finds `cargo-zigbuild`, and that finds zig, which is a module of Python. */
function zig() {
  const directory = pipPackages(path.join(__dirname, 'requirements.txt'))
  return { PATH: `${directory}/bin:${process.env.PATH}`, PYTHONPATH: directory }
}

const DLLTOOL = { x64: 'i386:x86-64', arm64: 'arm64' }

/** The environment in which napi's build script finds an import library of node.exe. */
function importLibrary(arch, env) {
  const directory = cached(`import-library-${arch}`, (to) => {
    const headers = path.join(npmPackages(), 'node-api-headers/def')
    const lists = ['js_native_api.def', 'node_api.def'].map((file) =>
      fs.readFileSync(path.join(headers, file), 'utf8'),
    )
    const names = lists.join('\n').match(/^\s*napi_\w+/gm)
    const definitions = path.join(to, 'node.def')
    fs.writeFileSync(definitions, `LIBRARY node.exe\nEXPORTS\n${names.join('\n')}\n`)
    // The build script looks for the first name, the linker for the second.
    for (const name of ['libnode.dll', 'node.lib']) {
      const args = ['-m', DLLTOOL[arch], '-d', definitions, '-D', 'node.exe', '-l', `${to}/${name}`]
      run('python3', ['-m', 'ziglang', 'dlltool', ...args], { env })
    }
  })
  return { LIBNODE_PATH: directory }
}

/**
 * `{ triple, env }` to build a target: for Windows, the triple whose linker is free. rustup's standard library
 * is used if it is installed; otherwise it is compiled.
 */
function toolchainFor(target) {
  const { platform, arch } = target
  const triple = target.triple.replace(/-msvc$/, '-gnullvm')
  const crates = triple === WASM ? 'std,panic_abort' : 'std,panic_unwind'
  const linker = triple === WASM ? {} : zig()
  const rust = hasStandardLibrary(triple) ? {} : debianRust(crates)
  const node = platform === 'win32' ? importLibrary(arch, linker) : {}
  return { triple, env: { ...linker, ...rust, ...node } }
}

/** The environment in which Cargo builds for a target without an operating system. */
const bareToolchain = (triple) => (hasStandardLibrary(triple) ? {} : debianRust('core,alloc'))

module.exports = { bareToolchain, toolchainFor }
