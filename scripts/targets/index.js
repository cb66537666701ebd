'use strict'

// The targets of a release. package.json lists them by their names in Rust.

const { napi } = require('../../package.json')

/** Node.js's names for Rust's architectures and systems, if they differ. */
const ARCHITECTURES = {
  aarch64: 'arm64',
  armv7: 'arm',
  i686: 'ia32',
  loongarch64: 'loong64',
  powerpc64le: 'ppc64',
  riscv64gc: 'riscv64',
  x86_64: 'x64',
}
const PLATFORMS = { windows: 'win32' }

/** The suffix of a file name, as napi-rs defines it; on Windows it does not depend on the compiler. */
const SUFFIXES = { linux: (abi) => `-${abi}`, win32: () => '-msvc' }

// The oldest glibc that a binary has to support: that of CentOS 7 and of Node.js up to version 16, or the
// first one that supports the architecture.
const GLIBC = { ppc64: '2.19', riscv64: '2.27' }

// The oldest macOS that it has to support: that of Node.js 14, and of Node.js 16 for arm64.
const MACOS = { x64: '10.13', arm64: '11.0' }

/** The WebAssembly module, for any platform. */
const WASM = 'wasm32-unknown-unknown'
const wasm = {
  triple: WASM,
  platform: 'any',
  arch: 'wasm32',
  libc: 'none',
  file: `${napi.binaryName}.wasm`,
}

/**
 * `{ triple, platform, arch, libc, glibc, macos, file }`: the target's names in Rust and in Node.js, its
 * libc, the oldest supported glibc or macOS, and the name of its binary.
 */
function targetOf(triple) {
  if (triple === WASM) return wasm
  const [machine, , system, abi = ''] = triple.split('-')
  const arch = ARCHITECTURES[machine] ?? machine
  const platform = PLATFORMS[system] ?? system
  const libc = platform !== 'linux' ? 'none' : abi.startsWith('musl') ? 'musl' : 'glibc'
  const glibc = libc === 'glibc' ? (GLIBC[arch] ?? '2.17') : undefined
  const macos = platform === 'darwin' ? MACOS[arch] : undefined
  const file = `${napi.binaryName}.${platform}-${arch}${SUFFIXES[platform]?.(abi) ?? ''}.node`
  return { triple, platform, arch, libc, glibc, macos, file }
}

const targets = napi.targets.map(targetOf)

/** The targets of these names in Rust, or all. */
function namedTargets(names) {
  const known = [...targets, wasm]
  const unknown = names.filter((name) => !known.some(({ triple }) => triple === name))
  if (unknown.length) throw new Error(`unknown target: ${unknown.join(', ')}`)
  return names.length ? known.filter(({ triple }) => names.includes(triple)) : known
}

module.exports = { WASM, namedTargets, targetOf, targets, wasm }
