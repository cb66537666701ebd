'use strict'

// A plain name, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')

/** That of the package and of the binary. A test compares them: to read package.json costs time. */
const version = '1.2.100'

/** How musl spells architectures where Node.js spells them differently. */
const muslArch = { x64: 'x86_64', arm64: 'aarch64', arm: 'armhf' }

/** There is no musl without its loader. With it, the libc in this very process tells. */
function libcOf(platform, arch) {
  if (platform !== 'linux') return 'none'
  if (!fs.existsSync(`/lib/ld-musl-${muslArch[arch] || arch}.so.1`)) return 'glibc'
  try {
    return fs.readFileSync('/proc/self/maps', 'latin1').includes('/ld-musl-') ? 'musl' : 'glibc'
  } catch {
    return 'musl' // no /proc, as in a chroot
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
    const header = Buffer.alloc(64)
    fs.readSync(descriptor, header, 0, 64, 0)
    if (header.readUInt32BE(0) !== 0x7f454c46) return
    const is64Bit = header[4] === 2
    const at = is64Bit ? Number(header.readBigUInt64LE(0x28)) : header.readUInt32LE(0x20)
    const sizes = is64Bit ? 0x3a : 0x2e
    const end = at + header.readUInt16LE(sizes) * header.readUInt16LE(sizes + 2)
    if (fs.readSync(descriptor, header, 0, 1, end - 1) < 1) throw new Error('it is cut off')
  } finally {
    fs.closeSync(descriptor)
  }
}

function load(file) {
  assertWhole(file)
  const native = require(file)
  if (native.version !== version) throw new Error(`it has version ${native.version}`)
  return native
}

function binariesIn(folder) {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

function loadFor(platform, arch) {
  const libc = libcOf(platform, arch)
  const folder = `${__dirname}/prebuilds`
  const binary = `haraka-dsn.${platform}-${arch}${abiOf(platform, arch, libc)}.node`
  try {
    return load(`${folder}/${binary}`)
  } catch (cause) {
    const { name, repository } = require('./package.json')
    const source = `${repository.url}#v${version}`
    const error = new Error(
      `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
        `libc ${libc} (${binary}: ${cause.message.split('\n', 1)[0]}). ` +
        `Binaries in ${folder}: ${binariesIn(folder)}. ` +
        `Where Rust is installed, this builds one: npm install haraka-dsn@${source}`,
    )
    throw Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
  }
}

module.exports = loadFor(process.platform, process.arch)
