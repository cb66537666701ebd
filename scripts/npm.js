'use strict'

const { execFile } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { promisify } = require('node:util')

const run = promisify(execFile)
const timeout = 180_000

/** Runs npm and resolves with its standard output; rejects with its standard error. */
async function npm(args, options) {
  const shell = process.platform === 'win32' // npm is a batch file there
  const { stdout } = await run('npm', args, { timeout, shell, ...options })
  return stdout
}

const modifiedAt = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

// npm writes this lock file last, after everything is installed.
const isInstalled = (directory) =>
  modifiedAt(path.join(directory, 'node_modules', '.package-lock.json')) >
  modifiedAt(path.join(directory, 'package-lock.json'))

/** Installs a directory's dependencies from its lock file, unless they are installed. */
async function installLocked(directory, ...flags) {
  if (isInstalled(directory)) return
  await npm(['ci', '--prefer-offline', ...flags], { cwd: directory })
}

module.exports = { installLocked, isInstalled, npm }
