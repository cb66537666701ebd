'use strict'

// The Error of a package that has no usable binary. Loaded when it is needed.

const fs = require('fs')
const path = require('path')

const { name, repository, version } = require('../package.json')

const folder = path.join(__dirname, '..', 'prebuilds')

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
      `Where Rust is installed, this builds one: npm install haraka-dsn@${repository.url}#v${version}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
}

module.exports = { loadError }
