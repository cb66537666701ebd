'use strict'

// A plain name, not `node:fs`: require() knows that prefix only since Node.js 14.18.
const fs = require('fs')

function binariesIn(folder) {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** The one error of a package that cannot load its binary. */
module.exports = function noBinary({ platform, arch, libc, binary, cause }) {
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
