'use strict'

// What happens without a usable binary: the WebAssembly backend and a warning, or the one Error of a
// package that cannot load. Loaded when it is needed.

const fs = require('fs')
const path = require('path')

const { name, version } = require('../package.json')

const folder = path.join(__dirname, '..', 'prebuilds')
const instructions = path.join(__dirname, '..', 'docs', 'platforms.md')
const moduleFile = 'haraka-dsn.wasm'

/** The first line of what a value that was thrown says. */
const textOf = (cause) => `${cause?.message ?? cause}`.split('\n', 1)[0]

function files() {
  try {
    return fs.readdirSync(folder).sort().join(', ') || 'none'
  } catch {
    return 'none'
  }
}

/** The WebAssembly backend. Throws whatever is wrong with its file. */
function loadModule() {
  const backend = require('./wasm')(path.join(folder, moduleFile))
  if (backend.version !== version) throw new Error(`it has version ${backend.version}`)
  return backend
}

/** Which binary did not load, where, and why. */
const describe = ({ platform, arch, libc, binary, cause }) =>
  `${name} ${version} has no usable binary for platform ${platform}, architecture ${arch}, ` +
  `libc ${libc} (${binary}: ${textOf(cause)})`

/** The Error of a package that cannot load; `more` is what is wrong with the module, if it was tried. */
function loadError(problem, more = '') {
  const error = new Error(
    `${describe(problem)}${more}. Files in ${folder}: ${files()}. ` +
      `How to build one: ${instructions}`,
  )
  return Object.assign(error, { code: 'ERR_HARAKA_DSN_NO_BINARY', cause: problem.cause })
}

/** The WebAssembly backend in place of a binary that does not load, unless `native` is wanted. */
function loadInsteadOf(problem, wanted) {
  if (wanted) throw loadError(problem)
  let backend
  try {
    backend = loadModule()
  } catch (cause) {
    throw loadError(problem, `, nor a usable module (${moduleFile}: ${textOf(cause)})`)
  }
  process.emitWarning(`${describe(problem)}: it uses its WebAssembly module instead`, {
    type: 'HarakaDsnWarning',
    code: 'HARAKA_DSN_WASM',
  })
  return backend
}

/** The backend of this name, which is not `native`. */
function load(wanted) {
  if (wanted === 'wasm') return loadModule()
  const error = new Error(`HARAKA_DSN_RS_BACKEND is '${wanted}', which is neither native nor wasm`)
  throw Object.assign(error, { code: 'ERR_HARAKA_DSN_BACKEND' })
}

module.exports = { load, loadInsteadOf }
