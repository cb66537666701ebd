'use strict'

const { fork } = require('node:child_process')
const path = require('node:path')

const { installLocked, npm } = require('../npm')

/**
 * An npm registry on the loopback interface, in a child process: npm resolves an alias such as
 * `npm:haraka-dsn-rs` only from a registry.
 */
class NpmRegistry {
  static async start() {
    await installLocked(__dirname, {}, '--ignore-scripts')
    const upstream = await npm(['config', 'get', 'registry'])
    const server = fork(path.join(__dirname, 'server.js'), [upstream.trim()], { silent: true })
    const port = await new Promise((resolve, reject) => {
      server.once('message', resolve)
      server.once('exit', (code) => reject(new Error(`the npm registry exited with ${code}`)))
    })
    return new NpmRegistry(server, `127.0.0.1:${port}`)
  }

  constructor(server, host) {
    this.server = server
    this.host = host
  }

  /** Runs npm with this registry. */
  npm(args, options) {
    const settings = [
      `--registry=http://${this.host}`,
      `--//${this.host}/:_authToken=any`,
      '--prefer-offline',
      // npm's default, in case the user's configuration has another value.
      '--no-omit-lockfile-registry-resolved',
    ]
    return npm([...args, ...settings], options)
  }

  stop() {
    this.server.disconnect()
  }
}

module.exports = { NpmRegistry }
