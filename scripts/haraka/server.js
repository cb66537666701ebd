'use strict'

const { spawn } = require('node:child_process')
const path = require('node:path')

const stopTimeout = 5_000

/** The Haraka installed in a directory, as a process of its own. */
class Haraka {
  log = ''

  /**
   * Starts it, from `installed` if it lies elsewhere. When the signal aborts it is killed, which
   * also ends all its conversations.
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

    // However this process ends, it leaves no Haraka behind.
    const kill = () => this.process.kill('SIGKILL')
    process.once('exit', kill)
    this.closed.then(() => process.off('exit', kill))
  }

  /** Resolves with the port: Haraka lets the system choose one and logs which it was. */
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

  /** Resolves with the exit code, or with the signal that ended Haraka: 0 when all is well. */
  async stop() {
    this.process.kill('SIGINT')
    const timer = setTimeout(() => this.process.kill('SIGKILL'), stopTimeout)
    const status = await this.closed
    clearTimeout(timer)
    return status
  }
}

module.exports = { Haraka }
