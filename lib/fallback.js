'use strict'

// Loads the WebAssembly backend, or throws an Error if nothing loads. binding.js requires this file only if no
// binary loads or the environment names another backend.

const fs = require('fs')
const path = require('path')

const name = 'haraka-dsn-rs'
const moduleFile = 'haraka-dsn.wasm'
const document = 'docs/platforms.md'

/** The first line of the message of a thrown value. */
const firstLineOf = (cause) => `${cause?.message ?? cause}`.split('\n', 1)[0]

/** Whether a bundler put this source into another file. A module of an ES bundle has no file name. */
const isBundled = () =>
  typeof __filename !== 'string' || path.basename(__filename) !== 'fallback.js'

/** What to do if nothing loads. */
function instructions(version) {
  if (isBundled()) {
    return (
      'It was bundled, and its files were not. Exclude it from the bundle, with esbuild by ' +
      '--external:haraka-dsn, or bundle haraka-dsn/wasm-inline in its place: see ' +
      `https://github.com/haraka-dsn-rs/haraka-dsn-rs/blob/v${version}/${document}#bundles`
    )
  }
  const root = path.join(__dirname, '..')
  const folder = path.join(root, 'prebuilds')
  return `Files in ${folder}: ${filesIn(folder)}. To build one, see ${path.join(root, document)}`
}

function filesIn(folder) {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** `checkedPathOf` returns the path of a file in `prebuilds`. */
module.exports = function makeFallback(version, checkedPathOf) {
  /** The WebAssembly backend. Throws if its file is unusable. */
  function loadModule() {
    const backend = require('./wasm.js')(fs.readFileSync(checkedPathOf(moduleFile)))
    if (backend.version !== version)
      throw new Error(`version ${backend.version} instead of ${version}`)
    return backend
  }

  const unusableModule = (cause) =>
    `usable WebAssembly module (${moduleFile}: ${firstLineOf(cause)})`

  /** Which binary did not load, on which system, and why. */
  const descriptionOf = ({ platform, arch, libc, binary, cause }) =>
    `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
    `libc ${libc} (${binary}: ${firstLineOf(cause)})`

  /** The Error if nothing loads. */
  function loadError(description, cause) {
    const error = new Error(`${description}. ${instructions(version)}`)
    return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause })
  }

  /** The WebAssembly backend, in place of a binary that does not load; throws if `native` is requested. */
  function loadInsteadOf(problem, requested) {
    const description = descriptionOf(problem)
    if (requested) throw loadError(description, problem.cause)
    let backend
    try {
      backend = loadModule()
    } catch (cause) {
      throw loadError(`${description}, nor a ${unusableModule(cause)}`, problem.cause)
    }
    process.emitWarning(`${description}; using the WebAssembly module instead`, {
      type: 'HarakaDsnWarning',
      code: 'HARAKA_DSN_WASM',
    })
    return backend
  }

  /** The backend requested by name, unless that is `native`. */
  function load(requested) {
    if (requested !== 'wasm') {
      const error = new Error(
        `HARAKA_DSN_RS_BACKEND must be 'native' or 'wasm', not '${requested}'`,
      )
      throw Object.assign(error, { code: 'ERR_HARAKA_DSN_BACKEND' })
    }
    try {
      return loadModule()
    } catch (cause) {
      throw loadError(`${name} ${version} has no ${unusableModule(cause)}`, cause)
    }
  }

  return { load, loadInsteadOf }
}
