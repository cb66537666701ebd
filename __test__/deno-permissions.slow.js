'use strict'

// Protects processes that may do little: Deno with no, some and all permissions. loader.test.js and
// fallback.test.js have Node.js's permission model.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { before, test } = require('node:test')

const { executableOf, install } = require('../scripts/runtimes')
const { wasm } = require('../scripts/targets')
const { copyOfPackage, temporaryDirectory } = require('./support/package-copies')

const root = path.join(__dirname, '..')
const skip = process.platform !== 'linux' && 'scripts/runtimes are for Linux'
const built = path.join(root, 'prebuilds', wasm.file)
const noModule = !fs.existsSync(built) && 'it was built without the WebAssembly module'

before(() => skip || install(['deno']))

/** What a program in Deno prints with these permissions, where HERE is the directory of the package. */
function deno(t, permissions, specifier = 'haraka-dsn') {
  const { folder } = copyOfPackage(t)
  if (!noModule) {
    for (const file of [built, `${built}.js`]) {
      fs.copyFileSync(file, path.join(folder, 'prebuilds', path.basename(file)))
    }
  }
  const project = temporaryDirectory(t)
  const installed = path.join(project, 'node_modules', 'haraka-dsn')
  fs.cpSync(folder, installed, { recursive: true })
  fs.writeFileSync(path.join(project, 'package.json'), '{ "dependencies": { "haraka-dsn": "*" } }')
  const program = path.join(project, 'program.mjs')
  fs.writeFileSync(
    program,
    `import DSN from '${specifier}'
    console.log([DSN.backend, DSN.no_such_user('gone\\n')].join())`,
  )
  const here = permissions.map((permission) => permission.replace('HERE', installed))
  const flags = ['--no-prompt', '--no-lock', '--node-modules-dir=manual', ...here]
  const { stdout, stderr } = spawnSync(executableOf('deno'), ['run', ...flags, program], {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', HARAKA_DSN_RS_BACKEND: '' },
  })
  return { stdout, stderr }
}

const NATIVE = { stdout: 'native,5.1.1 gone\n', stderr: '' }

for (const permissions of [
  ['--allow-all'],
  ['--allow-read', '--allow-ffi'],
  ['--allow-read=HERE', '--allow-ffi=HERE'],
  ['--allow-read', '--allow-ffi', '--allow-env', '--allow-sys'],
]) {
  test(`Deno loads the binary with ${permissions.join(' ')}`, { skip }, (t) => {
    assert.deepEqual(deno(t, permissions), NATIVE)
  })
}

for (const permissions of [
  ['--allow-read'],
  ['--allow-read', '--allow-env'],
  ['--allow-read=HERE'],
]) {
  test(`Deno loads the module with ${permissions.join(' ')}`, { skip: skip || noModule }, (t) => {
    const { stdout, stderr } = deno(t, permissions)
    assert.equal(stdout, 'wasm,5.1.1 gone\n')
    assert.match(
      stderr,
      /HARAKA_DSN_WASM.* with the --allow-ffi flag\); using the WebAssembly module/,
    )
  })
}

for (const permissions of [[], ['--allow-ffi', '--allow-env', '--allow-sys']]) {
  const title = permissions.join(' ') || 'no permission'
  test(`Deno says what it needs with ${title}`, { skip }, (t) => {
    const { stdout, stderr } = deno(t, permissions)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /haraka-dsn-rs [\d.]+ has no usable binary .* with the --allow-read flag\)/,
    )
  })
}

test('Deno needs no permission for wasm-inline', { skip: skip || noModule }, (t) => {
  const { stdout, stderr } = deno(t, [], 'haraka-dsn/wasm-inline')
  assert.deepEqual([stdout, stderr], ['wasm,5.1.1 gone\n', ''])
})
