'use strict'

// Protects the crate as published on crates.io: its files, its dependencies and its oldest Rust.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const name = 'smtp-status'
const folder = `crates/${name}`
const read = (file) => readFileSync(path.join(root, file), 'utf8')
const cargo = (command, ...args) =>
  execFileSync('cargo', [command, '--package', name, ...args], { cwd: root, encoding: 'utf8' })

test('the crate has its sources, its tests and its documents, and no fuzz targets', () => {
  const files = cargo('package', '--list', '--allow-dirty').trim().split(/\r?\n/)
  const texts = ['CHANGELOG.md', 'LICENSE', 'README.md']
  const examples = ['examples/smtp_client.rs', 'examples/smtp_server.rs']
  for (const file of [...texts, ...examples, 'Cargo.toml', 'src/lib.rs']) {
    assert.ok(files.includes(file), file)
  }
  const generated = ['.cargo_vcs_info.json', 'Cargo.toml.orig', 'Cargo.lock', 'Cargo.toml']
  const sources = /^(?:benches|examples|src|tests)\//
  const others = files.filter((file) => ![...generated, ...texts].includes(file))
  assert.deepEqual(
    others.filter((file) => !sources.test(file)),
    [],
  )
})

test('the crate is packed and builds without a warning', () => {
  const args = ['package', '--package', name, '--allow-dirty', '--locked']
  const { status, stderr } = spawnSync('cargo', args, { cwd: root, encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  assert.doesNotMatch(stderr, /^warning/m)
})

test('the workflow checks the crate with the oldest Rust it declares', () => {
  const [, declared] = read(`${folder}/Cargo.toml`).match(/^rust-version = "([\d.]+)"/m)
  const workflow = read('.github/workflows/ci.yml')
  const checked = [...workflow.matchAll(/cargo \+([\d.]+) (?:check|test)/g)].map(
    ([, version]) => version,
  )
  assert.deepEqual([...new Set(checked)], [declared])
  assert.match(read(`${folder}/README.md`), new RegExp(`^Rust ${declared} or later`, 'm'))
})

test('the crate has no dependencies without features', () => {
  const dependencies = (...features) =>
    cargo('tree', '--locked', '--edges', 'normal', '--prefix', 'none', ...features)
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(' ', 1)[0])
  assert.deepEqual(dependencies(), [name])
  assert.deepEqual(dependencies('--features', 'serde').slice(0, 3), [name, 'serde', 'serde_core'])
})

test('the changelog and the lock files beside the crate have its version', () => {
  const [, version] = read(`${folder}/Cargo.toml`).match(/^version = "(.+)"$/m)
  const [, latest] = read(`${folder}/CHANGELOG.md`).match(/^## (\d\S*)/m)
  assert.equal(latest, version)
  const locked = `name = "${name}"\nversion = "${version}"\n`
  for (const beside of [`${folder}/fuzz`, 'crates/peers']) {
    assert.ok(read(`${beside}/Cargo.lock`).includes(locked), beside)
  }
})

test('the addon cannot be published as a crate', () => {
  const metadata = execFileSync('cargo', ['metadata', '--no-deps', '--format-version=1'], {
    cwd: root,
    encoding: 'utf8',
  })
  const published = JSON.parse(metadata).packages.filter(({ publish }) => publish === null)
  assert.deepEqual(
    published.map((crate) => crate.name),
    [name],
  )
})
