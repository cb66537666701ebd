'use strict'

// The toolchain for every target: Rust's standard library, zig as the linker, and for Windows an import
// library of Node.js.

const fs = require('node:fs')
const path = require('node:path')

const { WASM } = require('.')
const { debianPackages } = require('./debian')
const { nodePackage } = require('./nodes')
const { pipPackages } = require('../cache')
const { Failure, cache, cached, run, writeCommand } = require('./support')

const RUSTLIB = 'lib/rustlib/x86_64-unknown-linux-gnu'

const rustc = (...args) => run('rustc', args).trim()

/** Whether rustup's toolchain has the standard library for a target; `add` makes rustup fetch it. */
function hasStandardLibrary(triple, add) {
  if (add) run('rustup', ['target', 'add', triple])
  return fs.existsSync(path.join(rustc('--print', 'sysroot'), 'lib/rustlib', triple, 'lib'))
}

/** rustc, its library, and the sources of the standard library. */
const RUST_PACKAGES = (show) => {
  const [, library] = show('libstd-rust-web-dev', 'Depends').match(/(libstd-rust-web-[\d.]+)/)
  const [, llvm] = show(library, 'Depends').match(/(libllvm\d+)/)
  return ['rustc-web', 'libstd-rust-web-dev', 'rust-web-src', library, llvm]
}

/**
 * Debian's compiler, with which rustup's Cargo compiles the standard library for any target. Debian has
 * packages of the library's sources; rustup would have to download them.
 */
function debianRust(triple) {
  const directory = debianPackages('rust', RUST_PACKAGES)
  const bin = path.join(directory, 'bin')
  const libraries = path.join(directory, 'usr/lib/x86_64-linux-gnu')
  writeCommand(path.join(bin, 'rustc'), [path.join(directory, 'usr/bin/rustc')], {
    LD_LIBRARY_PATH: libraries,
  })
  // rustc strips Mach-O files and links WebAssembly with these, which Debian's package lacks.
  const sysroot = rustc('--print', 'sysroot')
  const tools = path.join(sysroot, RUSTLIB, 'bin')
  for (const tool of ['rust-objcopy', 'rust-lld']) {
    const file = path.join(tools, tool)
    if (!fs.existsSync(file))
      throw new Failure(`${file} does not exist: is this Rust installed by rustup?`)
    writeCommand(path.join(directory, 'usr', RUSTLIB, 'bin', tool), [file], {
      LD_LIBRARY_PATH: path.join(sysroot, 'lib'),
    })
  }
  return {
    RUSTC: path.join(bin, 'rustc'),
    RUSTC_BOOTSTRAP: '1',
    CARGO_UNSTABLE_BUILD_STD: triple === WASM ? 'std,panic_abort' : 'std,panic_unwind',
  }
}

/** The environment in which `cargo-zigbuild` finds zig. */
function zig() {
  const directory = pipPackages('zig', path.join(__dirname, 'requirements.txt'))
  return {
    PATH: `${path.join(directory, 'bin')}:${process.env.PATH}`,
    CARGO_ZIGBUILD_PYTHON_PATH: 'false', // It would prefer a zig that Python has.
    CARGO_ZIGBUILD_ZIG_PATH: path.join(directory, 'ziglang/zig'),
    CARGO_ZIGBUILD_CACHE_DIR: path.join(cache, 'cargo-zigbuild'),
    ZIG_GLOBAL_CACHE_DIR: path.join(cache, 'zig-cache'),
    ZIG_LOCAL_CACHE_DIR: path.join(cache, 'zig-cache'),
  }
}

/** Adds the version of macOS, which cargo-zigbuild omits; zig would use a recent one. */
function zigForMac({ triple, macos }, { CARGO_ZIGBUILD_ZIG_PATH: zigPath }) {
  const [machine] = triple.split('-')
  const file = path.join(cache, 'bin', `zig-${machine}-macos`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  const script = `#!/bin/sh
for word; do
  shift
  if [ "$word" = ${machine}-macos-none ]; then word=${machine}-macos.${macos}-none; fi
  set -- "$@" "$word"
done
exec '${zigPath}' "$@"
`
  fs.writeFileSync(file, script, { mode: 0o755 })
  return { CARGO_ZIGBUILD_ZIG_PATH: file }
}

const DLLTOOL = { x64: 'i386:x86-64', arm64: 'arm64' }

/** The environment in which napi's build script finds an import library of node.exe. */
function importLibrary(arch, { CARGO_ZIGBUILD_ZIG_PATH: zigPath }) {
  const directory = cached(`import-library-${arch}`, (to) => {
    const headers = path.join(nodePackage('node-api-headers'), 'def')
    const names = ['js_native_api.def', 'node_api.def'].flatMap((file) =>
      fs
        .readFileSync(path.join(headers, file), 'utf8')
        .split(/\s+/)
        .filter((word) => /^napi_/.test(word)),
    )
    const definitions = path.join(to, 'node.def')
    fs.writeFileSync(definitions, `LIBRARY node.exe\nEXPORTS\n${names.join('\n')}\n`)
    const file = path.join(to, 'libnode.dll.a')
    run(zigPath, ['dlltool', '-m', DLLTOOL[arch], '-d', definitions, '-D', 'node.exe', '-l', file])
    // The build script looks for the first name, the linker for the second.
    for (const name of ['libnode.dll', 'node.lib']) fs.copyFileSync(file, path.join(to, name))
  })
  return { LIBNODE_PATH: directory }
}

/**
 * `{ triple, env }` to build a target: for Windows, the triple whose linker is free. With `rustup`, rustup
 * downloads the standard library; otherwise it is used if it is installed, or else compiled.
 */
function toolchainFor(target, { rustup }) {
  const { platform, arch } = target
  const triple = target.triple.replace(/-msvc$/, '-gnullvm')
  const linker = triple === WASM ? {} : zig()
  const rust = hasStandardLibrary(triple, rustup) ? {} : debianRust(triple)
  const node = platform === 'win32' ? importLibrary(arch, linker) : {}
  const mac = platform === 'darwin' ? zigForMac(target, linker) : {}
  return { triple, env: { ...linker, ...rust, ...node, ...mac } }
}

/** The environment in which Cargo builds for a target without an operating system. */
function bareToolchain(triple) {
  if (hasStandardLibrary(triple)) return {}
  return { ...debianRust(triple), CARGO_UNSTABLE_BUILD_STD: 'core,alloc' }
}

module.exports = { bareToolchain, toolchainFor }
