'use strict'

const { fork } = require('node:child_process')
const path = require('node:path')

const { installLocked, isInstalled, npm } = require('../npm')

/**
 * A registry on the loopback interface, as a process of its own. `npm` runs npm with it: what npm
 * does with an alias like `npm:haraka-dsn-rs`, it does only with a registry.
 */
class Registry {
  static async start() {
    if (!isInstalled(__dirname)) await installLocked(__dirname, {}, '--ignore-scripts')
    const upstream = await npm(['config', 'get', 'registry'])
    const server = fork(path.join(__dirname, 'server.js'), [upstream.trim()], { silent: true })
    const port = await new Promise((resolve, reject) => {
      server.once('message', resolve)
      server.once('exit', (code) => reject(new Error(`the registry ended with ${code}`)))
    })
    return new Registry(server, `127.0.0.1:${port}`)
  }

  constructor(server, host) {
    this.server = server
    this.host = host
  }

  npm(args, options) {
    const settings = [
      `--registry=http://${this.host}`,
      `--//${this.host}/:_authToken=any`,
      '--prefer-offline',
      // npm's default, whatever is configured here.
      '--no-omit-lockfile-registry-resolved',
    ]
    return npm([...args, ...settings], options)
  }

  stop() {
    this.server.disconnect()
  }
}

module.exports = { Registry }
