'use strict'

// The crate as crates.io gets it.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const cargo = (...args) => execFileSync('cargo', args, { cwd: root, encoding: 'utf8' })

test('the crate has its sources, its texts and nothing of the npm package', () => {
  const files = cargo('package', '--list', '--allow-dirty').trim().split(/\r?\n/)
  for (const file of ['Cargo.toml', 'LICENSE', 'README.md', 'CHANGELOG.md', 'src/lib.rs']) {
    assert.ok(files.includes(file), file)
  }
  const generated = ['.cargo_vcs_info.json', 'Cargo.toml.orig', 'Cargo.lock', 'Cargo.toml']
  const texts = ['CHANGELOG.md', 'LICENSE', 'README.md']
  const sources = /^(?:build\.rs|src\/[\w/]+\.rs|tests\/properties\.rs)$/
  const others = files.filter((file) => ![...generated, ...texts].includes(file))
  assert.deepEqual(
    others.filter((file) => !sources.test(file)),
    [],
  )
})

test('the crate builds from what is packed', () => {
  cargo('package', '--allow-dirty', '--locked', '--quiet')
})

test('the crate depends on nothing, unless it is to be an addon', () => {
  const dependencies = (...features) =>
    cargo('tree', '--locked', '--edges', 'normal', '--prefix', 'none', ...features)
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(' ', 1)[0])
  assert.deepEqual(dependencies(), ['haraka-dsn-rs'])
  assert.ok(dependencies('--features', 'node').includes('napi-sys'))
})
