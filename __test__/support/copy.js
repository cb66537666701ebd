'use strict'

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { files } = require('../../package.json')
const { isBinary } = require('./backend')
const { wasm } = require('../../scripts/targets')

const root = path.join(__dirname, '..', '..')

// The binary for this platform, or the WebAssembly module, is the one that is loaded.
require('../..')
const prebuilds = path.join(root, 'prebuilds')
const binaryInUse = isBinary
  ? process.report.getReport().sharedObjects.find((file) => file.startsWith(prebuilds))
  : path.join(prebuilds, wasm.file)
const inUse = path.basename(binaryInUse)

/** Creates a directory that is removed after the test. */
function temporaryDirectory(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-rs-'))
  t.after(() => {
    try {
      fs.rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      if (process.platform !== 'win32') throw error // Windows cannot delete a loaded library.
    }
  })
  return folder
}

/** Copies the package so that a test can damage it; returns the folder and its only binary. */
function copyOfPackage(t) {
  const folder = temporaryDirectory(t)
  for (const file of ['package.json', 'index.js', ...files]) {
    fs.cpSync(path.join(root, file), path.join(folder, file), { recursive: true })
  }
  const copies = path.join(folder, 'prebuilds')
  for (const file of fs.readdirSync(copies)) {
    if (file !== inUse) fs.rmSync(path.join(copies, file))
  }
  return { folder, binary: path.join(copies, inUse) }
}

module.exports = { binaryInUse, copyOfPackage, temporaryDirectory }
