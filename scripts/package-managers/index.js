'use strict'

// The package managers in this directory's package.json, as commands that use an npm registry on the
// loopback interface.

const fs = require('node:fs')
const path = require('node:path')

const { installLocked } = require('../npm')
const { writeCommand } = require('../cache')

const NODE = [process.execPath]

/** The command and the words of each. */
const managers = {
  pnpm10: { command: 'pnpm', runner: NODE, program: 'pnpm10/bin/pnpm.cjs' },
  pnpm12: { command: 'pnpm', runner: [], program: 'pnpm12/pnpm' },
  yarn1: { command: 'yarn', runner: NODE, program: 'yarn1/bin/yarn.js' },
  yarn4: { command: 'yarn', runner: NODE, program: 'yarn4/bin/yarn.js' },
  bun: { command: 'bun', runner: [], program: 'bun/bin/bun' },
}

/** Neither scripts nor optional packages are needed; each manager has its own way to say so. */
const CONFIGURATION = {
  'bunfig.toml': '[install]\noptional = false\n',
  '.yarnrc': ['install', 'add']
    .flatMap((command) =>
      ['optional', 'scripts', 'engines'].map((what) => `--${command}.ignore-${what} true\n`),
    )
    .join(''),
}

/** The variables that make a manager use only this registry, and a directory for what it caches. */
const settings = (registry, cache) => ({
  npm_config_registry: registry,
  npm_config_cache: path.join(cache, 'npm'),
  npm_config_store_dir: path.join(cache, 'pnpm'),
  npm_config_ignore_scripts: 'true',
  PNPM_CONFIG_REGISTRY: registry,
  PNPM_CONFIG_STORE_DIR: path.join(cache, 'pnpm'),
  PNPM_CONFIG_OPTIONAL: 'false',
  PNPM_CONFIG_IGNORE_SCRIPTS: 'true',
  PNPM_CONFIG_FROZEN_LOCKFILE: 'false',
  // Ours is as old as the test. By default, a package has to be a day old.
  PNPM_CONFIG_MINIMUM_RELEASE_AGE: '0',
  YARN_NPM_MINIMAL_AGE_GATE: '0',
  YARN_REGISTRY: registry,
  YARN_NPM_REGISTRY_SERVER: registry,
  YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  YARN_CACHE_FOLDER: path.join(cache, 'yarn'),
  YARN_GLOBAL_FOLDER: path.join(cache, 'yarn-global'),
  YARN_ENABLE_GLOBAL_CACHE: 'false',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  YARN_ENABLE_SCRIPTS: 'false',
  YARN_ENABLE_TELEMETRY: 'false',
  YARN_NODE_LINKER: 'node-modules',
  BUN_CONFIG_REGISTRY: registry,
  BUN_INSTALL_CACHE_DIR: path.join(cache, 'bun'),
})

/** Installs all of them. */
const install = () => installLocked(__dirname, {}, '--ignore-scripts')

/** The environment in which the command of a manager is that manager, with its files in a directory. */
function environmentOf(name, registry, directory) {
  const { command, runner, program } = managers[name]
  const folder = path.join(directory, `bin-${name}`)
  const words = [...runner, path.join(__dirname, 'node_modules', program)]
  writeCommand(path.join(folder, command), words)
  const PATH = `${folder}${path.delimiter}${process.env.PATH}`
  return { ...process.env, ...settings(registry, path.join(directory, 'caches')), PATH }
}

/** Writes the configuration files of all managers. */
function configure(project) {
  for (const [file, content] of Object.entries(CONFIGURATION)) {
    fs.writeFileSync(path.join(project, file), content)
  }
}

module.exports = { configure, environmentOf, install, managers }
