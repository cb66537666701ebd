'use strict'

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { files } = require('../../package.json')
const { binaryInUse } = require('../../scripts/binary-in-use')

const root = path.join(__dirname, '..', '..')

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

module.exports = { copyOfPackage, temporaryDirectory }
