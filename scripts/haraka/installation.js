'use strict'

const fs = require('node:fs')
const path = require('node:path')

const npm = require('../npm')

const example = path.join(__dirname, '..', '..', 'examples', 'haraka')

const isInstalled = () => npm.isInstalled(example)

/** Installs the dependencies of the example. */
const installExample = (signal) =>
  npm.installLocked(example, { signal }, '--omit=optional', '--ignore-scripts')

/** Appends a line to a configuration file. Haraka uses the last value of a setting. */
const configure = (directory, file, line) =>
  fs.appendFileSync(path.join(directory, 'config', file), `\n${line}\n`)

/** Copies the example without its dependencies and makes the copy listen on a free port. */
function copyExample(directory) {
  for (const part of ['config', 'plugins']) {
    fs.cpSync(path.join(example, part), path.join(directory, part), { recursive: true })
  }
  configure(directory, 'smtp.ini', 'listen=127.0.0.1:0')
}

/** Links the example's dependencies into a copy. */
const linkDependencies = (directory) =>
  fs.symlinkSync(
    path.join(example, 'node_modules'),
    path.join(directory, 'node_modules'),
    'junction',
  )

module.exports = {
  example,
  isInstalled,
  installExample,
  copyExample,
  linkDependencies,
  configure,
}
