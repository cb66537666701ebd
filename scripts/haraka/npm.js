'use strict'

const { execFile } = require('node:child_process')
const { promisify } = require('node:util')

const run = promisify(execFile)
const timeout = 180_000

/** Runs npm and resolves with what it prints. What it complains about is in the error. */
async function npm(args, options) {
  const shell = process.platform === 'win32' // npm is a batch file there
  const { stdout } = await run('npm', args, { timeout, shell, ...options })
  return stdout
}

module.exports = { npm }
