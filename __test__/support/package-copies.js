'use strict'

// Copies of the package: a directory, the tarball and what is installed from it.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { files } = require('../../package.json')
const { binaryInUse } = require('../../scripts/binary-in-use')
const { npm } = require('../../scripts/npm')

const root = path.join(__dirname, '..', '..')

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
  const included = files.filter((file) => !/^!|prebuilds/.test(file))
  for (const file of ['package.json', 'index.js', ...included])
    fs.cpSync(path.join(root, file), path.join(folder, file), { recursive: true })
  const binary = path.join(folder, 'prebuilds', path.basename(binaryInUse))
  fs.cpSync(binaryInUse, binary)
  return { folder, binary }
}

/** Packs the package without npm's scripts, which would build it again; resolves with the path. */
async function pack(directory) {
  await npm(['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: root })
  return path.join(
    directory,
    fs.readdirSync(directory).find((file) => file.endsWith('.tgz')),
  )
}

/** Installs the packed package in an empty directory. */
async function installPacked(directory) {
  const tarball = await pack(directory)
  fs.writeFileSync(path.join(directory, 'package.json'), '{ "private": true }')
  await npm(['install', '--offline', '--ignore-scripts', tarball], { cwd: directory })
  return tarball
}

module.exports = { copyOfPackage, installPacked, pack, temporaryDirectory }
