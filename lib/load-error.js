'use strict'

// The Error of a package that has no usable binary. Loaded when it is needed.

const fs = require('fs')
const path = require('path')

const { name, version } = require('../package.json')

const folder = path.join(__dirname, '..', 'prebuilds')
const instructions = path.join(__dirname, '..', 'docs', 'platforms.md')

function binaries() {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** `cause` is whatever was thrown while `binary` was loaded for this system. */
function loadError({ platform, arch, libc, binary, cause }) {
  const [problem] = `${cause?.message ?? cause}`.split('\n', 1)
  const error = new Error(
    `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
      `libc ${libc} (${binary}: ${problem}). ` +
      `Binaries in ${folder}: ${binaries()}. ` +
      `How to build one: ${instructions}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
}

module.exports = { loadError }
