'use strict'

// Builds another revision of this package in target/revisions and keeps the build there.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { installLocked } = require('../scripts/npm')

const root = path.join(__dirname, '..')
const run = (cwd, command, ...args) => execFileSync(command, args, { cwd, encoding: 'utf8' }).trim()

/** Resolves with the path of the package built at a git revision, such as `HEAD~1` or a tag. */
async function buildOf(revision) {
  const commit = run(root, 'git', 'rev-parse', '--verify', `${revision}^{commit}`)
  const folder = path.join(root, 'target', 'revisions', commit)
  if (fs.existsSync(path.join(folder, 'prebuilds'))) return folder
  fs.rmSync(folder, { recursive: true, force: true })
  run(root, 'git', 'clone', '--quiet', '--no-checkout', root, folder)
  run(folder, 'git', 'checkout', '--quiet', commit)
  // With its own tools, which another revision may not have; npm runs `prepare`, which builds.
  await installLocked(folder)
  return folder
}

module.exports = { buildOf }
