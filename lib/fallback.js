'use strict'

// Without a usable binary: the WebAssembly backend and a warning, or an Error if nothing loads. Required
// only then.

const fs = require('fs')
const path = require('path')

const { name, version } = require('../package.json')

const folder = path.join(__dirname, '..', 'prebuilds')
const instructions = path.join(__dirname, '..', 'docs', 'platforms.md')
const moduleFile = 'haraka-dsn.wasm'

/** The first line of the message of a thrown value. */
const firstLineOf = (cause) => `${cause?.message ?? cause}`.split('\n', 1)[0]

function filesInFolder() {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** The WebAssembly backend. Throws if its file is unusable. */
function loadModule() {
  const backend = require('./wasm')(path.join(folder, moduleFile))
  if (backend.version !== version)
    throw new Error(`version ${backend.version} instead of ${version}`)
  return backend
}

/** Which binary did not load, on which system, and why. */
const descriptionOf = ({ platform, arch, libc, binary, cause }) =>
  `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
  `libc ${libc} (${binary}: ${firstLineOf(cause)})`

/** The Error if nothing loads; `more` is what is wrong with the WebAssembly module, if it was tried. */
function loadError(problem, more = '') {
  const error = new Error(
    `${descriptionOf(problem)}${more}. Files in ${folder}: ${filesInFolder()}. ` +
      `To build one, see ${instructions}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause: problem.cause })
}

/** The WebAssembly backend, in place of a binary that does not load; throws if `native` is requested. */
function loadInsteadOf(problem, requested) {
  if (requested) throw loadError(problem)
  let backend
  try {
    backend = loadModule()
  } catch (cause) {
    throw loadError(
      problem,
      `, nor a usable WebAssembly module (${moduleFile}: ${firstLineOf(cause)})`,
    )
  }
  process.emitWarning(`${descriptionOf(problem)}; using the WebAssembly module instead`, {
    type: 'HarakaDsnWarning',
    code: 'HARAKA_DSN_WASM',
  })
  return backend
}

/** The backend requested by name, unless that is `native`. */
function load(requested) {
  if (requested === 'wasm') return loadModule()
  const error = new Error(`HARAKA_DSN_RS_BACKEND must be 'native' or 'wasm', not '${requested}'`)
  throw Object.assign(error, { code: 'ERR_HARAKA_DSN_BACKEND' })
}

module.exports = { load, loadInsteadOf }
