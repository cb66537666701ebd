'use strict'

// Protects the crate in each combination in which a Rust program may use it.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const { bareToolchain } = require('../scripts/targets/toolchain')

const root = path.join(__dirname, '..')
const name = 'smtp-status'

/** Runs cargo with a target directory of its own; its output is shown only if it fails. */
function cargo(args, { cwd = root, env = {} } = {}) {
  const CARGO_TARGET_DIR = path.join(root, 'target/crate')
  return execFileSync('cargo', args, {
    cwd,
    env: { ...process.env, CARGO_TARGET_DIR, ...env },
    encoding: 'utf8',
  })
}

test('without features, the tests pass', () => {
  cargo(['test', '--locked', '--package', name, '--no-default-features', '--tests'])
})

test('the packed crate passes its tests outside of the workspace', (t) => {
  cargo(['package', '--locked', '--allow-dirty', '--no-verify', '--package', name])
  const elsewhere = fs.mkdtempSync(path.join(os.tmpdir(), `${name}-`))
  t.after(() => fs.rmSync(elsewhere, { recursive: true }))
  const packages = path.join(root, 'target/crate/package')
  const [packed] = fs.readdirSync(packages).filter((file) => file.endsWith('.crate'))
  execFileSync('tar', ['-xzf', path.join(packages, packed), '-C', elsewhere])
  const cwd = path.join(elsewhere, path.basename(packed, '.crate'))
  cargo(['test', '--locked', '--all-features'], { cwd })
})

const triple = 'thumbv7em-none-eabi'
const skip = !fs.existsSync('/etc/apt/sources.list.d/debian.sources') && 'Debian has the sources'

test(`without std, it builds for ${triple}`, { skip }, () => {
  const args = ['build', '--locked', '--package', name, '--no-default-features']
  cargo([...args, '--features', 'serde', '--target', triple], { env: bareToolchain(triple) })
})

test('it works beside its peers, and its public API is the one in the list', () => {
  cargo(['test', '--locked', '--quiet'], { cwd: path.join(root, 'crates/peers') })
})
