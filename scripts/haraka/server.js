'use strict'

const { spawn } = require('node:child_process')
const path = require('node:path')

const stopTimeout = 5_000

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
    for (const output of [this.process.stdout, this.process.stderr]) {
      output.setEncoding('utf8').on('data', (text) => {
        this.log += text
      })
    }
    this.closed = new Promise((resolve) => {
      this.process.once('close', (code, signal) => resolve(signal ?? code))
    })
    this.process.on('error', (error) => {
      this.log += `${error.cause ?? error}\n`
    })

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
        if (!port) return
        this.process.stdout.off('data', look)
        resolve(Number(port))
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

module.exports = { Haraka }
