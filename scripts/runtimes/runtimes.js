'use strict'

// The runtimes in this directory's package.json: other versions of Node.js, Bun and Deno.

const fs = require('node:fs')
const path = require('node:path')

const { installLocked, isInstalled } = require('../npm')
const { dependencies, optionalDependencies } = require('./package.json')

const timeout = 300_000

const runtimes = { ...dependencies, ...optionalDependencies }

/** A runtime's executable, relative to its package, and the arguments that precede a file. */
function commandOf(runtime) {
  if (runtime === 'bun') return ['bin/bun']
  if (runtime === 'deno') return ['deno', 'run', '--allow-all', '--no-lock']
  return ['bin/node']
}

function executableOf(runtime) {
  return path.join(__dirname, 'node_modules', runtime, commandOf(runtime)[0])
}

/** Installs only what is needed: all runtimes together take more than a gigabyte. */
async function install(selected) {
  const isPresent = (runtime) => fs.existsSync(executableOf(runtime))
  if (isInstalled(__dirname) && selected.every(isPresent)) return
  const isRequired = (runtime) => runtime in dependencies
  const flags = selected.every(isRequired) ? ['--omit=optional'] : []
  await installLocked(__dirname, { timeout }, '--ignore-scripts', ...flags)
}

module.exports = { commandOf, executableOf, install, runtimes }
