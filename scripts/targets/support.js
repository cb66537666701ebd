'use strict'

// The cache of these scripts, and functions that run programs.

const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const root = path.join(__dirname, '..', '..')

/** Shared by all checkouts, so that everything is downloaded once. */
const cache = path.join(
  process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'),
  'haraka-dsn-rs',
)

/** An error whose message says everything: it is printed without a stack. */
class Failure extends Error {}

/** Runs a program and returns its standard output; the error of a failure has all of its output. */
function run(command, args, { env, ...options } = {}) {
  const { error, status, signal, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: Number.POSITIVE_INFINITY,
    env: { ...process.env, ...env },
    ...options,
  })
  if (error?.code === 'ENOENT') throw new Failure(`${command} is not installed.`)
  if (error) throw error
  if (status !== 0) {
    const output = `${stdout ?? ''}${stderr ?? ''}`.trim()
    throw new Error(`${command} ${args[0]} failed (${signal ?? status}):\n${output}`)
  }
  return stdout
}

/**
 * The path of a directory in the cache. If it does not exist, `fill` fills a temporary directory, which is
 * renamed when it is complete.
 */
function cached(name, fill) {
  const directory = path.join(cache, name)
  if (!fs.existsSync(directory)) {
    console.error(`Preparing ${name}`)
    const unfinished = `${directory}.${process.pid}`
    fs.mkdirSync(unfinished, { recursive: true })
    try {
      fill(unfinished)
      fs.renameSync(unfinished, directory)
    } finally {
      fs.rmSync(unfinished, { recursive: true, force: true })
    }
  }
  return directory
}

/** Writes an executable shell script that runs a command and appends its own arguments. */
function writeCommand(file, words, env = {}) {
  const quoted = words.map((word) => `'${word}'`).join(' ')
  const variables = Object.entries(env).map(([name, value]) => `export ${name}='${value}'\n`)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, `#!/bin/sh\n${variables.join('')}exec ${quoted} "$@"\n`, { mode: 0o755 })
}

module.exports = { Failure, cache, cached, root, run, writeCommand }
