'use strict'

// Plain names, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')
const path = require('path')

const { name, version, repository } = require('./package.json')

/** The first bytes of a file and the file's size. */
function inspect_file(file, length) {
  const descriptor = fs.openSync(file, 'r')
  try {
    const head = Buffer.alloc(length)
    fs.readSync(descriptor, head)
    return { head, size: fs.fstatSync(descriptor).size }
  } finally {
    fs.closeSync(descriptor)
  }
}

/** The interpreter that an executable names near its start tells one libc from the other. */
function linux_libc() {
  const { head } = inspect_file(process.execPath, 4096)
  return head.includes('/ld-musl-') ? 'musl' : 'glibc'
}

/**
 * Rejects an ELF file that is cut off: the system maps it without complaint, and the first access
 * to what is missing kills the process. A linker puts the section headers last.
 */
function assert_whole(file) {
  const { head, size } = inspect_file(file, 64)
  if (head.toString('latin1', 0, 4) !== '\x7fELF') return
  const is_64_bit = head[4] === 2
  const offset = is_64_bit ? Number(head.readBigUInt64LE(0x28)) : head.readUInt32LE(0x20)
  const counts = is_64_bit ? 0x3a : 0x2e
  const end = offset + head.readUInt16LE(counts) * head.readUInt16LE(counts + 2)
  if (size < end) throw new Error(`it has ${size} of ${end} bytes`)
}

/** What napi-rs appends to platform and architecture in the name of a binary. */
function abi(platform, arch, libc) {
  if (platform === 'win32') return '-msvc'
  if (platform !== 'linux') return ''
  const eabi = arch === 'arm' ? 'eabihf' : ''
  return libc === 'musl' ? `-musl${eabi}` : `-gnu${eabi}`
}

function load() {
  const { platform, arch } = process
  const libc = platform === 'linux' ? linux_libc() : 'none'
  const binary = `prebuilds/haraka-dsn.${platform}-${arch}${abi(platform, arch, libc)}.node`
  try {
    const file = path.join(__dirname, binary)
    assert_whole(file)
    const native = require(file)
    if (native.version !== version) throw new Error(`it has version ${native.version}`)
    return native
  } catch (cause) {
    const error = new Error(
      `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
        `libc ${libc} (${binary}: ${cause.message.split('\n', 1)[0]}). ` +
        `Where Rust is installed, this builds one: npm install haraka-dsn@${repository.url}`,
    )
    error.code = 'ERR_HARAKA_DSN_NO_BINARY'
    error.cause = cause
    throw error
  }
}

module.exports = load()
