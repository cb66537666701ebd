'use strict'

// An npm registry on the loopback interface: npm resolves an alias such as `npm:haraka-dsn-rs` only from a
// registry.

const { once } = require('node:events')
const fs = require('node:fs')
const path = require('node:path')

const { name } = require('../../package.json')
const { installLocked, npm } = require('../npm')

const storage = path.join(__dirname, 'node_modules', '.cache')

/** It starts without our package; all others come from `upstream`, and are cached. */
const configuration = (upstream) => ({
  self_path: storage,
  storage,
  auth: { htpasswd: { file: path.join(storage, 'htpasswd') } },
  uplinks: { upstream: { url: upstream, maxage: '1d' } },
  packages: {
    [name]: { access: '$all', publish: '$all' },
    '**': { access: '$all', proxy: 'upstream' },
  },
  logs: { type: 'stdout', format: 'json', level: 'fatal' },
})

class NpmRegistry {
  static async start() {
    await installLocked(__dirname, '--ignore-scripts')
    const upstream = await npm(['config', 'get', 'registry'])
    fs.rmSync(path.join(storage, name), { recursive: true, force: true })
    const app = await require('verdaccio').runServer(configuration(upstream.trim()))
    const server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return new NpmRegistry(server)
  }

  constructor(server) {
    this.server = server
    this.host = `127.0.0.1:${server.address().port}`
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
    this.server.close()
    this.server.closeAllConnections()
  }
}

module.exports = { NpmRegistry }
