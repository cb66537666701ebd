'use strict'

// Protects the crate as published on crates.io: its files, its dependencies and its oldest Rust.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const name = 'smtp-status'
const folder = `crates/${name}`
const read = (file) => readFileSync(path.join(root, file), 'utf8')
const cargo = (command, ...args) =>
  execFileSync('cargo', [command, '--package', name, ...args], { cwd: root, encoding: 'utf8' })

test('the crate has its sources, its documents and the tests that need no other file', () => {
  const files = cargo('package', '--list', '--allow-dirty').trim().split(/\r?\n/)
  const texts = ['CHANGELOG.md', 'LICENSE', 'README.md']
  for (const file of [...texts, 'Cargo.toml', 'src/lib.rs', 'examples/smtp_server.rs']) {
    assert.ok(files.includes(file), file)
  }
  const generated = ['.cargo_vcs_info.json', 'Cargo.toml.orig', 'Cargo.lock', 'Cargo.toml']
  const sources = /^(?:src|tests|examples)\/[\w/]+\.rs$/
  const others = files.filter((file) => ![...generated, ...texts].includes(file))
  assert.deepEqual(
    others.filter((file) => !sources.test(file)),
    [],
  )
})

test('the packed crate builds', () => {
  cargo('package', '--allow-dirty', '--locked', '--quiet')
})

test('the workflow checks the crate with the oldest Rust it declares', () => {
  const [, declared] = read(`${folder}/Cargo.toml`).match(/^rust-version = "([\d.]+)"/m)
  const workflow = read('.github/workflows/ci.yml')
  const checked = [...workflow.matchAll(/cargo \+([\d.]+) check/g)].map(([, version]) => version)
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
  assert.deepEqual(dependencies('--features', 'serde'), [name, 'serde_core'])
})

test('the changelog and the lock file of the fuzz targets have the version of the crate', () => {
  const [, version] = read(`${folder}/Cargo.toml`).match(/^version = "(.+)"$/m)
  const [, latest] = read(`${folder}/CHANGELOG.md`).match(/^## (\d\S*)/m)
  assert.equal(latest, version)
  const locked = `name = "${name}"\nversion = "${version}"\n`
  assert.ok(read(`${folder}/fuzz/Cargo.lock`).includes(locked))
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
