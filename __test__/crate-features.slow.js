'use strict'

// Protects the crate in each combination in which a Rust program may use it.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const { rustFor } = require('../scripts/targets/rust-std')

const root = path.join(__dirname, '..')
const name = 'smtp-status'

const targetDirectory = path.join(root, 'target')

/** Runs cargo; its output is shown only if it fails. */
function cargo(args, { cwd = root, env = {} } = {}) {
  const CARGO_TARGET_DIR = targetDirectory
  const { status, stdout, stderr } = spawnSync('cargo', args, {
    cwd,
    env: { ...process.env, CARGO_TARGET_DIR, ...env },
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout + stderr)
}

test('without features, the tests pass', () => {
  cargo(['test', '--locked', '--package', name, '--no-default-features', '--tests'])
})

test('the packed crate passes its tests outside of the workspace', (t) => {
  cargo(['package', '--locked', '--allow-dirty', '--no-verify', '--package', name])
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`))
  t.after(() => fs.rmSync(elsewhere, { recursive: true }))
  const [, version] = fs
    .readFileSync(path.join(root, 'crates', name, 'Cargo.toml'), 'utf8')
    .match(/^version = "(.+)"$/m)
  const packed = path.join(targetDirectory, 'package', `${name}-${version}.crate`)
  execFileSync('tar', ['-xzf', packed, '-C', elsewhere])
  const cwd = path.join(elsewhere, `${name}-${version}`)
  cargo(['test', '--locked', '--all-features'], { cwd })
})

const triple = 'thumbv7em-none-eabi'
const skip = !fs.existsSync('/etc/apt/sources.list.d/debian.sources') && 'Debian has the sources'

test(`without std, it builds for ${triple}`, { skip }, () => {
  const args = ['build', '--locked', '--package', name, '--no-default-features']
  // Separate, because another compiler than rustup's would make Cargo rebuild everything.
  const CARGO_TARGET_DIR = path.join(targetDirectory, 'targets')
  const env = { ...rustFor(triple, 'core,alloc'), CARGO_TARGET_DIR }
  cargo([...args, '--features', 'serde', '--target', triple], { env })
})
