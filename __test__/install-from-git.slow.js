'use strict'

// Protects installation from a git URL, which builds the addon: npm installs a repository that has the
// current files.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { after, before, test } = require('node:test')

const { npm } = require('../scripts/npm')
const { version } = require('../package.json')

const root = path.join(__dirname, '..')
let directory
let repository

const git = (cwd, ...args) => execFileSync('git', args, { cwd, encoding: 'utf8' })

before(() => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
  repository = path.join(directory, 'repository')
  const files = git(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard')
  for (const file of files.split('\0').filter(Boolean)) {
    const source = path.join(root, file)
    if (fs.existsSync(source)) fs.cpSync(source, path.join(repository, file))
  }
  git(repository, 'init', '--quiet')
  git(repository, 'add', '--all')
  const author = ['-c', 'user.name=test', '-c', 'user.email=test@localhost']
  git(repository, ...author, 'commit', '--quiet', '--message', 'Current files')
  git(repository, 'tag', `v${version}`)
})

after(() => fs.rmSync(directory, { recursive: true, force: true }))

function installFromGit(folderName, env) {
  const cwd = path.join(directory, folderName)
  fs.mkdirSync(cwd)
  fs.writeFileSync(path.join(cwd, 'package.json'), '{ "private": true }')
  const url = `haraka-dsn@git+file://${repository}#v${version}`
  return npm(['install', '--prefer-offline', url], { cwd, env: { ...process.env, ...env } })
}

test('npm builds the addon when it installs from a git URL', async () => {
  await installFromGit('with-cargo')
  const load = createRequire(path.join(directory, 'with-cargo', 'program.js'))
  assert.equal(String(load('haraka-dsn').no_such_user()), '5.1.1 No such user')
  const installed = path.dirname(load.resolve('haraka-dsn'))
  assert.equal(fs.readdirSync(path.join(installed, 'prebuilds')).length, 1)
  assert.ok(!fs.existsSync(path.join(installed, 'src')), 'only published files are installed')
})

test('without cargo the installation fails with one clear sentence', async () => {
  const hasCargo = (folder) =>
    ['cargo', 'cargo.exe'].some((file) => fs.existsSync(path.join(folder, file)))
  const folders = process.env.PATH.split(path.delimiter).filter((folder) => !hasCargo(folder))
  const error = await installFromGit('without-cargo', { PATH: folders.join(path.delimiter) }).then(
    () => assert.fail('npm did not fail'),
    (error) => error,
  )
  const sentences = error.stderr.match(/^.*To build haraka-dsn-rs from source you need Rust.*$/gm)
  assert.equal(sentences?.length, 1, error.stderr)
  assert.match(sentences[0], /rustup\.rs.* npm install haraka-dsn@npm:haraka-dsn-rs$/)
})
