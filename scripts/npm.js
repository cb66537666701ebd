'use strict'

const { execFile } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { promisify } = require('node:util')

const run = promisify(execFile)
const timeout = 180_000

/** Runs npm and resolves with what it prints. What it complains about is in the error. */
async function npm(args, options) {
  const shell = process.platform === 'win32' // npm is a batch file there
  const { stdout } = await run('npm', args, { timeout, shell, ...options })
  return stdout
}

const changed = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0

// npm writes its own lock file when it has installed everything.
const isInstalled = (directory) =>
  changed(path.join(directory, 'node_modules', '.package-lock.json')) >
  changed(path.join(directory, 'package-lock.json'))

/** Installs what the lock file of a directory says. */
const installLocked = (directory, options, ...flags) =>
  npm(['ci', '--prefer-offline', ...flags], { cwd: directory, ...options })

module.exports = { installLocked, isInstalled, npm }
