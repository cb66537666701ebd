'use strict'

// The Haraka of examples/haraka, in a copy, and its process.

const { spawn } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { installLocked } = require('../npm')
const { converse } = require('./client')

const STOP_TIMEOUT = 5_000

const example = path.join(__dirname, '../../examples/haraka')

/** Installs the dependencies of the example, unless they are installed. */
const installExample = () => installLocked(example, '--omit=optional', '--ignore-scripts')

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

/** Links the example's dependencies into a copy, except those that it has. */
function linkDependencies(directory) {
  const [from, to] = [example, directory].map((each) => path.join(each, 'node_modules'))
  fs.mkdirSync(to, { recursive: true })
  for (const name of fs.readdirSync(from)) {
    const link = path.join(to, name)
    if (!fs.existsSync(link)) fs.symlinkSync(path.join(from, name), link, 'junction')
  }
}

/** The Haraka installed in a directory, run as a child process. */
class Haraka {
  log = ''

  /** Starts Haraka, from `installed` if it is somewhere else. It is killed after `timeout`. */
  constructor(directory, { installed, timeout = 60_000 } = {}) {
    const program = path.join(installed ?? `${directory}/node_modules/Haraka`, 'bin', 'haraka')
    this.process = spawn(process.execPath, [program, '-c', directory], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout,
      killSignal: 'SIGKILL',
    })
    for (const output of [this.process.stdout, this.process.stderr]) {
      output.setEncoding('utf8').on('data', (text) => {
        this.log += text
      })
    }
    this.closed = new Promise((resolve) => {
      this.process.once('close', (code, signal) => resolve(signal ?? code))
    })
    // Haraka must not outlive this process.
    const kill = () => this.process.kill('SIGKILL')
    process.once('exit', kill)
    this.closed.then(() => process.off('exit', kill))
  }

  /** Resolves with the port: the system assigns one, and Haraka logs it. */
  waitForPort() {
    return new Promise((resolve, reject) => {
      this.process.stdout.on('data', () => {
        const [, port] = /Listening on 127\.0\.0\.1:(\d+)\D/.exec(this.log) ?? []
        if (port) resolve(Number(port))
      })
      this.closed.then((status) => reject(new Error(`Haraka did not start (${status})`)))
    })
  }

  /** Stops Haraka; resolves with its exit code, 0 for a clean exit, or the signal that killed it. */
  async stop() {
    this.process.kill('SIGINT')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_TIMEOUT)
    const status = await this.closed
    clearTimeout(timer)
    return status
  }
}

/**
 * Starts Haraka, holds an SMTP session for each request, one after the other, and stops it. Resolves with
 * `{ conversations, status, log }`.
 */
async function holdSessions(directory, requests, options) {
  const haraka = new Haraka(directory, options)
  try {
    const port = await haraka.waitForPort()
    const conversations = []
    for (const request of requests) conversations.push(await converse(port, request))
    const status = await haraka.stop()
    return { conversations, status, log: haraka.log }
  } catch (error) {
    throw new Error(`${error.message}\n${haraka.log}`)
  } finally {
    await haraka.stop()
  }
}

module.exports = {
  Haraka,
  configure,
  copyExample,
  example,
  installExample,
  linkDependencies,
  holdSessions,
}
