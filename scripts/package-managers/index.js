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

/**
 * The configuration of all managers. Neither scripts nor optional packages are needed, and ours is as old as
 * the test, where by default a package has to be a day old.
 */
const configuration = (registry) => ({
  '.npmrc': `registry=${registry}\nignore-scripts=true\n`,
  '.yarnrc': ['install', 'add']
    .flatMap((command) => ['optional', 'scripts', 'engines'].map((what) => [command, what]))
    .map(([command, what]) => `--${command}.ignore-${what} true\n`)
    .join(''),
  '.yarnrc.yml': `npmRegistryServer: "${registry}"
unsafeHttpWhitelist: ["127.0.0.1"]
npmMinimalAgeGate: 0
enableImmutableInstalls: false
enableScripts: false
enableTelemetry: false
nodeLinker: node-modules
`,
  'bunfig.toml': '[install]\noptional = false\n',
})

/** pnpm's settings, which are not in pnpm-workspace.yaml because the documented commands write that file. */
const PNPM = {
  PNPM_CONFIG_OPTIONAL: 'false',
  PNPM_CONFIG_IGNORE_SCRIPTS: 'true',
  PNPM_CONFIG_FROZEN_LOCKFILE: 'false',
  PNPM_CONFIG_MINIMUM_RELEASE_AGE: '0',
}

/** Installs all of them. */
const install = () => installLocked(__dirname, '--ignore-scripts')

/** The environment in which the command of a manager is that manager, with its files in a directory. */
function environmentOf(name, directory) {
  const { command, runner, program } = managers[name]
  const folder = path.join(directory, `bin-${name}`)
  const words = [...runner, path.join(__dirname, 'node_modules', program)]
  writeCommand(path.join(folder, command), words)
  const PATH = `${folder}${path.delimiter}${process.env.PATH}`
  // What they cache is in the home directory.
  return { ...PNPM, PATH, HOME: directory }
}

/** Writes the configuration files of all managers. */
function configure(project, registry) {
  for (const [file, content] of Object.entries(configuration(registry))) {
    fs.writeFileSync(path.join(project, file), content)
  }
}

module.exports = { configure, environmentOf, install, managers }
