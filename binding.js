'use strict'

// Finds the binary for this system and loads it.

// Plain names, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')
const { toNamespacedPath } = require('path')

/** That of the package and of the binary. A test compares them: to read package.json costs time. */
const version = '1.2.100'

/** How musl spells architectures where Node.js spells them differently. */
const muslArch = { x64: 'x86_64', arm64: 'aarch64', arm: 'armhf' }

/** There is no musl without its loader. With it, the libc in this very process tells. */
function libcOf(platform, arch) {
  if (platform !== 'linux') return 'none'
  try {
    if (!fs.existsSync(`/lib/ld-musl-${muslArch[arch] || arch}.so.1`)) return 'glibc'
    return fs.readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-') ? 'musl' : 'glibc'
  } catch ({ code }) {
    if (code !== 'ERR_ACCESS_DENIED') return 'musl' // no /proc, as in a chroot
    // With --permission nothing else may be read. The report knows as well, but takes long.
    return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
  }
}

/** What napi-rs appends to platform and architecture in the name of a binary. */
function abiOf(platform, arch, libc) {
  if (platform === 'win32') return '-msvc'
  if (platform !== 'linux') return ''
  return `${libc === 'musl' ? '-musl' : '-gnu'}${arch === 'arm' ? 'eabihf' : ''}`
}

/**
 * Rejects an ELF file that is cut off: the system maps it without complaint, and the first access
 * to what is missing kills the process. A linker puts the table of sections last.
 */
function assertWhole(file) {
  const descriptor = fs.openSync(file, 'r')
  try {
    const bytes = new Uint8Array(64)
    fs.readSync(descriptor, bytes, 0, 64, 0)
    const header = new DataView(bytes.buffer)
    if (header.getUint32(0) !== 0x7f454c46) return
    const is64Bit = bytes[4] === 2
    const at = header.getUint32(is64Bit ? 0x28 : 0x20, true)
    const sizes = is64Bit ? 0x3a : 0x2e
    const end = at + header.getUint16(sizes, true) * header.getUint16(sizes + 2, true)
    if (fs.readSync(descriptor, bytes, 0, 1, end - 1) < 1) throw new Error('it is cut off')
  } finally {
    fs.closeSync(descriptor)
  }
}

function loadFor(platform, arch) {
  const libc = libcOf(platform, arch)
  const binary = `haraka-dsn.${platform}-${arch}${abiOf(platform, arch, libc)}.node`
  const file = `${__dirname}/prebuilds/${binary}`
  const loaded = { exports: {} }
  try {
    assertWhole(file)
    // What require() does in the end, after a search that takes half as long again.
    process.dlopen(loaded, toNamespacedPath(file))
    const { exports } = loaded // Deno puts others in their place.
    if (exports.version !== version) throw new Error(`it has version ${exports.version}`)
    return exports
  } catch (cause) {
    throw noBinary({ platform, arch, libc, binary, cause })
  }
}

function binariesIn(folder) {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** The one error of a package that cannot load its binary. */
function noBinary({ platform, arch, libc, binary, cause }) {
  const { name, repository, version } = require('./package.json')
  const folder = `${__dirname}/prebuilds`
  const [problem] = `${cause?.message ?? cause}`.split('\n', 1)
  const error = new Error(
    `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
      `libc ${libc} (${binary}: ${problem}). ` +
      `Binaries in ${folder}: ${binariesIn(folder)}. ` +
      `Where Rust is installed, this builds one: npm install haraka-dsn@${repository.url}#v${version}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
}

module.exports = loadFor(process.platform, process.arch)
