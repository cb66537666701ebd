'use strict'

// Packages from PyPI, installed to the cache.

const path = require('node:path')

const { cached, run } = require('./support')

/**
 * A directory with the packages of a requirements file, whose hashes pip verifies: for this machine
 * or, with `platform`, for another one. `complete` is called with the directory before it is kept.
 */
function pipPackages(name, requirements, { platform, complete = () => {} } = {}) {
  return cached(name, (to) => {
    const options = ['--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:']
    if (platform) options.push('--platform', platform)
    options.push('--target', to, '--requirement', path.join(__dirname, requirements))
    run('python3', ['-m', 'pip', 'install', ...options])
    complete(to)
  })
}

module.exports = { pipPackages }
