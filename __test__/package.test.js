'use strict'

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { version } = require('../package.json')

const root = path.join(__dirname, '..')
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8')

test('the crate, the loader and the binary have the version of the package', () => {
  assert.match(read('Cargo.toml'), new RegExp(`^version = "${version}"$`, 'm'))
  assert.ok(read('binding.js').includes(`const version = '${version}'\n`))
  assert.equal(require('../binding').version, version)
})

test('the changelog has the version, its date and its links, and begins with it', () => {
  const changelog = read('CHANGELOG.md')
  const [, latest] = /^## \[([\d.]+)\] - \d{4}-\d\d-\d\d$/m.exec(changelog)
  assert.equal(latest, version)
  assert.ok(changelog.includes(`/compare/v${version}...HEAD\n[${version}]: `))
  assert.ok(changelog.includes(`/releases/tag/v${version}\n`))
})

test('the version satisfies the ranges that plugins declare: ~1.2.1 and ^1.2.0', () => {
  const [major, minor, patch] = version.split('.').map(Number)
  assert.deepEqual([major, minor], [1, 2])
  assert.ok(patch > 1, 'an override with a range that 1.2.1 satisfies would be ignored')
})

test('the tarball holds what a user needs and nothing else', () => {
  // The binary is there already; the scripts would build it again.
  const arguments_ = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const [{ files }] = JSON.parse(execFileSync('npm', arguments_, { cwd: root, encoding: 'utf8' }))
  const binaries = files.filter(({ path }) => /^prebuilds\/haraka-dsn\.[\w-]+\.node$/.test(path))
  assert.notEqual(binaries.length, 0)
  const others = files.filter((file) => !binaries.includes(file))
  assert.deepEqual(others.map(({ path }) => path).sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'additions.js',
    'binding.js',
    'describe.js',
    'index.d.mts',
    'index.d.ts',
    'index.js',
    'index.mjs',
    'package.json',
  ])
})

test('a published package runs nothing and needs nothing when it is installed', () => {
  const manifest = require('../package.json')
  for (const script of ['preinstall', 'install', 'postinstall']) {
    assert.equal(manifest.scripts[script], undefined, script)
  }
  // npm would compile what has this file.
  assert.ok(!fs.existsSync(path.join(root, 'binding.gyp')))
  for (const kind of ['dependencies', 'optionalDependencies', 'peerDependencies', 'os', 'cpu']) {
    assert.equal(manifest[kind], undefined, kind)
  }
})

const linux = path.join(root, 'prebuilds', 'haraka-dsn.linux-x64-gnu.node')
const largest = 460_000

test(`the binary for Linux on x64 has at most ${largest} bytes`, {
  skip: !fs.existsSync(linux) && 'it is not built on this system',
}, () => {
  const { size } = fs.statSync(linux)
  assert.ok(size <= largest, `${size} bytes`)
})
