'use strict'

// The targets of a release. package.json lists them by their names in Rust.

const { parseTriple } = require('@napi-rs/cli')

const { napi } = require('../../package.json')

// The oldest glibc that a binary has to support: that of CentOS 7 and of Node.js up to version 16, or the
// first one that supports the architecture.
const GLIBC = { ppc64: '2.19', riscv64: '2.27' }

// The oldest macOS that it has to support: that of Node.js 14, and of Node.js 16 for arm64.
const MACOS = { x64: '10.13', arm64: '11.0' }

/** The WebAssembly module, for any platform. */
const wasm = {
  triple: 'wasm32-unknown-unknown',
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
  if (triple === wasm.triple) return wasm
  const { platform, arch, abi, platformArchABI } = parseTriple(triple)
  const target = { triple, platform, arch, libc: 'none' }
  if (platform === 'linux') target.libc = abi.startsWith('musl') ? 'musl' : 'glibc'
  if (target.libc === 'glibc') target.glibc = GLIBC[arch] ?? '2.17'
  if (platform === 'darwin') target.macos = MACOS[arch]
  // On Windows the name does not depend on the linker.
  const name = platform === 'win32' ? `win32-${arch}-msvc` : platformArchABI
  return { ...target, file: `${napi.binaryName}.${name}.node` }
}

const targets = napi.targets.map(targetOf)

/** The targets of these names in Rust, or all. */
const namedTargets = (names) => (names.length ? names.map(targetOf) : [...targets, wasm])

module.exports = { namedTargets, targetOf, targets, wasm }
