'use strict'

// Plain names, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')
const path = require('path')

const { name, version, repository } = require('./package.json')

/** The interpreter that the executable asks for, near its start, tells one libc from the other. */
function linux_libc() {
  const head = Buffer.alloc(4096)
  const executable = fs.openSync(process.execPath, 'r')
  try {
    fs.readSync(executable, head)
  } finally {
    fs.closeSync(executable)
  }
  return head.includes('/ld-musl-') ? 'musl' : 'glibc'
}

/** The end of the binary's file name, after platform and architecture, as napi-rs builds it. */
function abi(platform, arch, libc) {
  if (platform === 'win32') return '-msvc'
  if (platform !== 'linux') return ''
  const eabi = arch === 'arm' ? 'eabihf' : ''
  return libc === 'musl' ? `-musl${eabi}` : `-gnu${eabi}`
}

function load() {
  const { platform, arch } = process
  const libc = platform === 'linux' ? linux_libc() : 'none'
  const file = `haraka-dsn.${platform}-${arch}${abi(platform, arch, libc)}.node`
  try {
    const native = require(path.join(__dirname, 'prebuilds', file))
    if (native.version !== version) throw new Error(`it is of version ${native.version}`)
    return native
  } catch (cause) {
    const error = new Error(
      `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
        `libc ${libc} (prebuilds/${file}: ${cause.message.split('\n', 1)[0]}). With Rust ` +
        `installed, this builds one: npm install haraka-dsn@${repository.url}`,
    )
    error.code = 'ERR_HARAKA_DSN_NO_BINARY'
    error.cause = cause
    throw error
  }
}

module.exports = load()
