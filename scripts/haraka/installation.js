'use strict'

const fs = require('node:fs')
const path = require('node:path')

const npm = require('../npm')

const example = path.join(__dirname, '..', '..', 'examples', 'haraka')

const isInstalled = () => npm.isInstalled(example)

/** Installs the dependencies of the example. */
const installExample = (signal) =>
  npm.installLocked(example, { signal }, '--omit=optional', '--ignore-scripts')

/** Adds a line to a configuration file. Of two values for one setting, Haraka takes the last. */
const configure = (directory, file, line) =>
  fs.appendFileSync(path.join(directory, 'config', file), `\n${line}\n`)

/** Copies the example without its dependencies and lets the copy listen on any free port. */
function copyExample(directory) {
  for (const part of ['config', 'plugins']) {
    fs.cpSync(path.join(example, part), path.join(directory, part), { recursive: true })
  }
  configure(directory, 'smtp.ini', 'listen=127.0.0.1:0')
}

/** Lets a copy use the dependencies of the example. */
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
