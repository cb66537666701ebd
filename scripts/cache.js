'use strict'

// A directory for downloads, which all checkouts share.

const { execFileSync } = require('node:child_process')
const { createHash } = require('node:crypto')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const cache = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  'haraka-dsn-rs',
)

/** Runs a program and returns its standard output; its standard error is inherited. */
const run = (command, args, { env, ...options } = {}) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
    ...options,
  })

/**
 * The path of a directory in the cache. If it does not exist, `fill` fills a temporary directory, which is
 * renamed when it is complete.
 */
function fillOnce(name, fill) {
  const directory = path.join(cache, name)
  if (fs.existsSync(directory)) return directory
  console.error(`Preparing ${name}`)
  const unfinished = `${directory}.${process.pid}`
  fs.mkdirSync(unfinished, { recursive: true })
  try {
    fill(unfinished)
    fs.renameSync(unfinished, directory)
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true })
  }
  return directory
}

/** A directory with packages from PyPI, whose hashes pip verifies, for this machine or a `platform`. */
function installPipPackages(requirements, platform) {
  const hash = createHash('sha256').update(fs.readFileSync(requirements)).digest('hex')
  return fillOnce(['pip', platform, hash.slice(0, 12)].filter(Boolean).join('-'), (to) => {
    const options = ['--quiet', '--no-deps', '--require-hashes', '--only-binary=:all:']
    if (platform) options.push('--platform', platform)
    run('python3', ['-m', 'pip', 'install', ...options, '--target', to, '-r', requirements])
  })
}

/** Writes a shell script that runs a command with its own arguments; returns its path. */
function writeCommand(file, words, env = {}) {
  const variables = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`)
  const quoted = words.map((word) => `'${word}'`).join(' ')
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `#!/bin/sh\n${variables.join('')}exec ${quoted} "$@"\n`, { mode: 0o755 })
  return file
}

module.exports = { cache, fillOnce, installPipPackages, run, writeCommand }
