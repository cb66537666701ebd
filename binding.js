'use strict'

// Loads the binary for this system or, if none loads, the WebAssembly module. Exports a backend,
// which docs/design.md in the repository describes.

// Plain names, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')

/** The version of the package and of the binary; a test compares it with package.json. */
const version = '1.2.100'

/** The environment variable that names a backend. */
const VARIABLE = 'HARAKA_DSN_RS_BACKEND'

/** The value of the variable; `undefined` if it is not set, or if Deno may not read it. */
function requestedBackend(env) {
  try {
    // A property of Object.prototype is not in the environment.
    return Reflect.getOwnPropertyDescriptor(env, VARIABLE)?.value
  } catch {
    return undefined
  }
}

/**
 * The libc of this process, which is not always that of the system: `glibc`, `musl` or `none`.
 *
 * musl's loader is its libc.so under another name; either name can be mapped, in any directory.
 * glibc calls its library libc.so.6 or libc-2.17.so.
 */
function libcOf(platform) {
  if (platform !== 'linux') return 'none'
  try {
    // Node.js reads UTF-8 five times as fast as Latin-1.
    const mapped = fs.readFileSync('/proc/self/maps', 'utf8')
    return /\/(?:ld-musl-[^/\n]+|libc\.so)(?: \(deleted\))?$/m.test(mapped) ? 'musl' : 'glibc'
  } catch {
    return libcOfReport() // There is no /proc, or it may not be read.
  }
}

/** The libc of the diagnostic report, which takes forty times as long. */
function libcOfReport() {
  const { report } = process
  const { excludeNetwork } = report
  report.excludeNetwork = true // It can wait for reverse DNS.
  try {
    return report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
  } catch {
    return 'glibc' // Only Deno may not make one; it is linked to glibc.
  } finally {
    report.excludeNetwork = excludeNetwork
  }
}

/** The suffix of a binary's name after platform and architecture, as napi-rs defines it. */
function abiOf(platform, arch, libc) {
  if (platform === 'win32') return '-msvc'
  if (platform !== 'linux') return ''
  return `${libc === 'musl' ? '-musl' : '-gnu'}${arch === 'arm' ? 'eabihf' : ''}`
}

const pathOf = (name) => `${__dirname}/prebuilds/${name}`

/** The path of a file in `prebuilds`. Throws for a pipe or a device, which can block. */
function checkedPathOf(name) {
  const file = pathOf(name)
  if (!fs.statSync(file).isFile()) throw new Error('not a regular file')
  return file
}

/** Class, byte order and machine in the ELF header of a library for an architecture. */
const MACHINES = {
  arm: '1 1 40',
  arm64: '2 1 183',
  ppc64: '2 1 21',
  riscv64: '2 1 243',
  s390x: '2 2 22',
  x64: '2 1 62',
}

/** Opens a file, and calls `check` with a function that reads it and with an architecture. */
function checkFile(file, check, arch) {
  const { O_RDONLY, O_NONBLOCK } = fs.constants
  const descriptor = fs.openSync(file, O_RDONLY | O_NONBLOCK) // does not wait for a pipe
  try {
    check((view, length, at) => fs.readSync(descriptor, view, 0, length, at), arch)
  } finally {
    fs.closeSync(descriptor)
  }
}

/**
 * Throws if a file cannot be an ELF library for an architecture. musl checks neither that nor the type,
 * and executes what it mapped; no system detects that the file is truncated, and the first access to a
 * missing page ends the process.
 *
 * `read` fills a view with so many bytes at a position, and returns how many there are.
 */
function assertElf(read, arch) {
  const header = new DataView(new ArrayBuffer(64))
  if (read(header, 64, 0) < 64 || header.getUint32(0) !== 0x7f454c46)
    throw new Error('not a complete ELF file')
  const [bits, order] = [header.getUint8(4), header.getUint8(5)]
  const little = order === 1
  const machine = `${bits} ${order} ${header.getUint16(18, little)}`
  // Other architectures are not checked.
  if (machine !== (MACHINES[arch] || machine))
    throw new Error(`built for ELF machine ${machine}, not for ${MACHINES[arch]}`)
  if (header.getUint16(16, little) !== 3) throw new Error('not a shared library')
  // Linkers write the section header table last. No library has 4 GB, whose size would need a BigInt.
  const [start, entry] = bits === 2 ? [little ? 40 : 44, 58] : [32, 46]
  const table = header.getUint16(entry, little) * header.getUint16(entry + 2, little)
  assertSize(read, header.getUint32(start, little) + table)
}

/** Throws if a PE file ends before its last section does. Wine would map it all the same. */
function assertPe(read) {
  const header = new DataView(new ArrayBuffer(4096))
  read(header, 4096, 0)
  const start = header.getUint32(60, true)
  const sections = start + 24 + header.getUint16(start + 20, true)
  const last = sections + 40 * (header.getUint16(start + 6, true) - 1)
  assertSize(read, header.getUint32(last + 16, true) + header.getUint32(last + 20, true))
}

function assertSize(read, size) {
  const byte = new DataView(new ArrayBuffer(1))
  if (read(byte, 1, size - 1) === 0) throw new Error(`truncated: not all of ${size} bytes`)
}

/** The checks before a binary is loaded. macOS refuses a truncated file itself. */
const CHECKS = { linux: assertElf, freebsd: assertElf, win32: assertPe }

/** The native backend. Throws if its file cannot be loaded. */
function loadBinary({ platform, arch, binary }) {
  const check = CHECKS[platform]
  const file = check ? pathOf(binary) : checkedPathOf(binary)
  if (check) checkFile(file, check, arch)
  const loaded = { exports: {} }
  // require() calls this in the end, but its search takes half as long again.
  process.dlopen(loaded, platform === 'win32' ? require('path').toNamespacedPath(file) : file)
  const { exports } = loaded // Deno replaces the object.
  if (exports.version !== version)
    throw new Error(`version ${exports.version} instead of ${version}`)
  exports.kind = 'native'
  return exports
}

/** The backend that the environment requests, `native` or `wasm`; by default, the first that loads. */
function load({ platform, arch, env }) {
  const requested = requestedBackend(env)
  const fallback = () => require('./lib/fallback.js')(version, checkedPathOf)
  if (requested && requested !== 'native') return fallback().load(requested)
  const libc = libcOf(platform)
  const binary = `haraka-dsn.${platform}-${arch}${abiOf(platform, arch, libc)}.node`
  try {
    return loadBinary({ platform, arch, binary })
  } catch (cause) {
    return fallback().loadInsteadOf({ platform, arch, libc, binary, cause }, requested)
  }
}

module.exports = load(process)
