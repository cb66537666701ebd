'use strict'

const { spawn } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { installLocked } = require('../npm')

const stopTimeout = 5_000

const example = path.join(__dirname, '../../examples/haraka')

/** Installs the dependencies of the example, unless they are installed. */
const installExample = (signal) =>
  installLocked(example, { signal }, '--omit=optional', '--ignore-scripts')

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

  /**
   * Starts Haraka, from `installed` if it is somewhere else. Aborting the signal kills it, which also
   * closes its connections.
   */
  constructor(directory, signal, installed = path.join(directory, 'node_modules', 'Haraka')) {
    const program = path.join(installed, 'bin', 'haraka')
    this.process = spawn(process.execPath, [program, '-c', directory], {
      cwd: directory,
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
    })
    const write = (text) => {
      this.log += text
    }
    for (const output of [this.process.stdout, this.process.stderr]) {
      output.setEncoding('utf8').on('data', write)
    }
    this.closed = new Promise((resolve) => {
      this.process.once('close', (code, signal) => resolve(signal ?? code))
    })
    this.process.on('error', (error) => write(`${error.cause ?? error}\n`))

    // Haraka must not outlive this process.
    const kill = () => this.process.kill('SIGKILL')
    process.once('exit', kill)
    this.closed.then(() => process.off('exit', kill))
  }

  /** Resolves with the port: the system assigns one, and Haraka logs it. */
  listening() {
    return new Promise((resolve, reject) => {
      const look = () => {
        const [, port] = /Listening on 127\.0\.0\.1:(\d+)\D/.exec(this.log) ?? []
        if (port) resolve(Number(port))
      }
      this.process.stdout.on('data', look)
      this.closed.then((status) => reject(new Error(`Haraka did not start (${status})`)))
    })
  }

  /** Stops Haraka; resolves with its exit code, 0 for a clean exit, or the signal that killed it. */
  async stop() {
    this.process.kill('SIGINT')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), stopTimeout)
    const status = await this.closed
    clearTimeout(timer)
    return status
  }
}

module.exports = { Haraka, configure, copyExample, example, installExample, linkDependencies }
