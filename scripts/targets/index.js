'use strict'

// The targets of a release. package.json lists them by the names that Rust has for them; napi-rs,
// whose file names these are, knows the names that Node.js has.

const { parseTriple } = require('@napi-rs/cli')

const { napi } = require('../../package.json')

// The oldest glibc that a binary may need: that of CentOS 7 and of Node.js up to version 16, or the
// first that has the architecture.
const GLIBC = { ppc64: '2.19', riscv64: '2.27' }

// That of Node.js 14 and of Node.js 16, the first for the architecture.
const MACOS = { x64: '10.13', arm64: '11.0' }

/** The WebAssembly module, which no platform is named for. */
const WASM = 'wasm32-unknown-unknown'
const wasm = {
  triple: WASM,
  platform: 'any',
  arch: 'wasm32',
  libc: 'none',
  file: `${napi.binaryName}.wasm`,
}

/**
 * `{ triple, platform, arch, libc, glibc, macos, file }`: what Rust calls the target, what Node.js calls
 * it, its libc, the oldest glibc or macOS it is for, and the name of its binary.
 */
function targetOf(triple) {
  if (triple === WASM) return wasm
  const { platform, arch, abi, platformArchABI } = parseTriple(triple)
  // Whatever compiler made it, Node.js loads it: the loader knows one name.
  const name = platform === 'win32' ? `${platform}-${arch}-msvc` : platformArchABI
  const libc = platform !== 'linux' ? 'none' : abi.startsWith('musl') ? 'musl' : 'glibc'
  const glibc = libc === 'glibc' ? (GLIBC[arch] ?? '2.17') : undefined
  const macos = platform === 'darwin' ? MACOS[arch] : undefined
  return { triple, platform, arch, libc, glibc, macos, file: `${napi.binaryName}.${name}.node` }
}

const targets = napi.targets.map(targetOf)

module.exports = { WASM, targetOf, targets, wasm }
