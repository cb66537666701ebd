'use strict'

// An npm registry on the loopback interface, in a child process: npm resolves an alias such as
// `npm:haraka-dsn-rs` only from a registry.

const { fork } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { name } = require('../../package.json')
const { installLocked, npm } = require('../npm')

class NpmRegistry {
  static async start() {
    await installLocked(__dirname, {}, '--ignore-scripts')
    const upstream = await npm(['config', 'get', 'registry'])
    const server = fork(__filename, [upstream.trim()], { silent: true })
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

/** The child process. It starts without our package; all others come from `upstream`, and are cached. */
async function serve(upstream) {
  const storage = path.join(__dirname, 'node_modules', '.cache')
  fs.rmSync(path.join(storage, name), { recursive: true, force: true })
  const app = await require('verdaccio').runServer({
    self_path: storage,
    storage,
    auth: { htpasswd: { file: path.join(storage, 'htpasswd') } },
    uplinks: { upstream: { url: upstream, maxage: '1d' } },
    packages: {
      [name]: { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'upstream' },
    },
    log: { type: 'stdout', format: 'json', level: 'fatal' },
  })
  app.listen(0, '127.0.0.1', () => process.send(app.address().port))
  process.on('disconnect', () => process.exit())
}

module.exports = { NpmRegistry }

if (require.main === module) serve(process.argv[2])
