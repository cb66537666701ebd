'use strict'

// Protects the npm package: its version, its files, and that it has no scripts and no dependencies.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const manifest = require('../package.json')
const { binaryInUse } = require('../scripts/binary-in-use')

const { version } = manifest

const root = path.join(__dirname, '..')
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8')

test('the addon, the loader and the binary have the same version as the package', () => {
  assert.match(read('Cargo.toml'), new RegExp(`^version = "${version}"$`, 'm'))
  assert.ok(read('binding.js').includes(`const version = '${version}'\n`))
  assert.equal(require(binaryInUse).version, version)
})

test('what users copy has the version of the package', () => {
  for (const file of ['README.md', 'docs/installation.md', 'examples/haraka/package-lock.json']) {
    const versions = read(file).match(/\b1\.2\.1\d\d\b/g) ?? []
    assert.deepEqual(
      versions.filter((each) => each !== version),
      [],
      file,
    )
  }
})

test('documents and workflows have the versions of Node.js and Rust that a build needs', () => {
  const { packages } = JSON.parse(read('package-lock.json'))
  const versions = packages['node_modules/@napi-rs/cli'].engines.node.match(/\d+\.\d+/g)
  const node = versions
    .map((each) => `${each}+`)
    .join(', ')
    .replace(/, (\S+)$/, ' or $1')
  const rustOf = (file) => /^rust-version = "([\d.]+)"/m.exec(read(file))[1]
  const [addon, core] = ['Cargo.toml', 'crates/smtp-status/Cargo.toml'].map(rustOf)
  for (const [file, ...needed] of [
    ['README.md', `Node.js ${node}`, `${addon} or later`],
    [
      'CONTRIBUTING.md',
      `Node.js ${node}`,
      `Rust ${addon} or later`,
      `Rust ${core},`,
      `needs ${addon},`,
    ],
    ['docs/platforms.md', `Node.js ${node}`, `${addon} or later`],
    ['crates/smtp-status/README.md', `Rust ${core} or later`],
    ['.github/workflows/ci.yml', `cargo +${core} test`],
  ]) {
    for (const text of needed) assert.ok(read(file).includes(text), `${file}: ${text}`)
  }
})

test('the changelog begins with the version, and has its date once it is released', () => {
  const [, latest, state] = /^## ([\d.]+) \((.+)\)$/m.exec(read('CHANGELOG.md'))
  assert.equal(latest, version)
  assert.match(state, /^(?:unreleased|\d{4}-\d\d-\d\d)$/)
  const documents = ['CHANGELOG.md', 'README.md', 'docs/installation.md']
  const areUnpublished = documents.filter((file) =>
    /not published yet|[Oo]nce a version is published|version is (?:published on npm|released yet)/.test(
      read(file),
    ),
  )
  assert.deepEqual(areUnpublished, state === 'unreleased' ? documents : [])
})

test('the version satisfies the ranges that plugins declare: ~1.2.1 and ^1.2.0', () => {
  const [major, minor, patch] = version.split('.').map(Number)
  assert.deepEqual([major, minor], [1, 2])
  assert.ok(patch > 1, 'an override with a range that 1.2.1 satisfies would be ignored')
})

test('an installation runs no script and installs no other package', () => {
  for (const script of ['preinstall', 'install', 'postinstall']) {
    assert.equal(manifest.scripts[script], undefined, script)
  }
  // If this file exists, npm runs node-gyp by default.
  assert.equal(fs.existsSync(path.join(root, 'binding.gyp')), false)
  const kinds = ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']
  for (const kind of kinds) assert.equal(manifest[kind], undefined, kind)
})

/** The paths of the files that npm packs. The binary exists already; the scripts would build it again. */
function packedFiles() {
  const arguments_ = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const [{ files }] = JSON.parse(execFileSync('npm', arguments_, { cwd: root, encoding: 'utf8' }))
  return files.map(({ path }) => path)
}

test('the documents in the tarball have relative links only to files in it', () => {
  const files = packedFiles()
  const documents = files.filter((file) => file.endsWith('.md'))
  const links = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, link]) =>
      path.posix.join(path.posix.dirname(document), link),
    ),
  )
  assert.ok(links.length > 20)
  assert.deepEqual(
    links.filter((link) => !files.includes(link)),
    [],
  )
})

test('the tarball contains exactly the files that a user needs', () => {
  const files = packedFiles()
  const isBinary = (file) => /^prebuilds\/haraka-dsn\.(?:[\w-]+\.node|wasm|wasm\.js)$/.test(file)
  assert.ok(files.some(isBinary))
  assert.deepEqual(files.filter((file) => !isBinary(file)).sort(), [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'binding.js',
    'docs/calls.svg',
    'docs/differences.md',
    'docs/helpers.md',
    'docs/installation.md',
    'docs/parsing.md',
    'docs/performance.md',
    'docs/platforms.md',
    'docs/policy.md',
    'docs/recipes.md',
    'docs/reports.md',
    'index.d.ts',
    'index.js',
    ...fs.readdirSync(path.join(root, 'lib')).map((file) => `lib/${file}`),
    'package.json',
    'wasm-inline.d.ts',
    'wasm-inline.js',
  ])
})
