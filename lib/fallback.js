'use strict'

// The WebAssembly backend, and the warning about it. Loaded when it is needed.

const path = require('path')

const wasmBackend = require('./wasm')

const file = path.join(__dirname, '..', 'prebuilds', 'haraka-dsn.wasm')

const { version } = require('../package.json')

/** The WebAssembly backend of the package's version. */
function loadWasm() {
  const backend = wasmBackend(file)
  if (backend.version !== version) throw new Error(`it has version ${backend.version}`)
  return backend
}

/** The WebAssembly backend in place of a binary that did not load, which a warning says. */
function loadInsteadOf(error) {
  let backend
  try {
    backend = loadWasm()
  } catch {
    throw error
  }
  process.emitWarning(`${error.message} It uses WebAssembly instead, which is slower to start.`, {
    type: 'HarakaDsnWarning',
    code: 'HARAKA_DSN_WASM',
  })
  return backend
}

module.exports = { loadInsteadOf, loadWasm }
