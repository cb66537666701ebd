'use strict'

const fs = require('node:fs')
const path = require('node:path')

const { npm } = require('../../scripts/npm')

const root = path.join(__dirname, '..', '..')

/**
 * Packs the package as published and resolves with the tarball's path. The binaries exist already; npm's
 * scripts would build them again.
 */
async function pack(directory) {
  await npm(['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: root })
  const tarball = fs.readdirSync(directory).find((file) => file.endsWith('.tgz'))
  return path.join(directory, tarball)
}

/** Installs the packed package in an empty directory. */
async function installPacked(directory) {
  const tarball = await pack(directory)
  fs.writeFileSync(path.join(directory, 'package.json'), '{ "private": true }')
  await npm(['install', '--offline', '--ignore-scripts', tarball], { cwd: directory })
  return tarball
}

module.exports = { installPacked, pack }
