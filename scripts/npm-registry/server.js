'use strict'

// The process of the npm registry. It starts without our package; all others come from the registry
// that npm is configured to use, and are cached for the next run.

const fs = require('node:fs')
const path = require('node:path')

const { runServer } = require('verdaccio')

const { name } = require('../../package.json')

const [upstream] = process.argv.slice(2)
const storage = path.join(__dirname, 'node_modules', '.cache')

const config = {
  self_path: storage,
  storage,
  auth: { htpasswd: { file: path.join(storage, 'htpasswd') } },
  uplinks: { upstream: { url: upstream, maxage: '1d' } },
  packages: {
    [name]: { access: '$all', publish: '$all' },
    '**': { access: '$all', proxy: 'upstream' },
  },
  log: { type: 'stdout', format: 'json', level: 'fatal' },
}

async function main() {
  fs.rmSync(path.join(storage, name), { recursive: true, force: true })
  const app = await runServer(config)
  app.listen(0, '127.0.0.1', () => process.send(app.address().port))
}

process.on('disconnect', () => process.exit())
main()
