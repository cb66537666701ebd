'use strict'

/** The one error of a package that cannot load its binary. */
module.exports = function noBinary({ platform, arch, libc, binary, cause }) {
  const { name, repository, version } = require('./package.json')
  const error = new Error(
    `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
      `libc ${libc} (prebuilds/${binary}: ${cause.message.split('\n', 1)[0]}). ` +
      `Where Rust is installed, this builds one: npm install haraka-dsn@${repository.url}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
}
