'use strict'

// The loader's choice on every platform, most of which are made up here: a process claims to be
// another one, and the binary of this one lies where that platform's is expected.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { targets } = require('../scripts/targets')
const { copyOfPackage, temporaryDirectory } = require('./support/copy')

const preload = path.join(__dirname, 'support', 'made-up-system.js')
const worked = '5.1.1 No such user\n'

/** The loader of musl, as it is called for each architecture. */
const MUSL_LOADERS = {
  x64: 'ld-musl-x86_64.so.1',
  arm64: 'ld-musl-aarch64.so.1',
  arm: 'ld-musl-armhf.so.1',
  riscv64: 'ld-musl-riscv64.so.1',
}

/** A directory for the root of a system: which loader of musl it has, and what a process has mapped. */
function systemWith(t, { loader, mapped }) {
  const system = temporaryDirectory(t)
  for (const folder of ['lib', 'proc/self']) {
    fs.mkdirSync(path.join(system, folder), { recursive: true })
  }
  if (loader) fs.writeFileSync(path.join(system, 'lib', loader), '')
  if (mapped) {
    const line = `7f0000-7f1000 r-xp 00000000 08:01 1 ${mapped}\n`
    fs.writeFileSync(path.join(system, 'proc/self/maps'), line)
  }
  return system
}

/** The system of a target. */
function systemOf(t, { arch, libc }) {
  if (libc !== 'musl') return systemWith(t, { mapped: '/lib64/libc.so.6' })
  const loader = MUSL_LOADERS[arch]
  return systemWith(t, { loader, mapped: `/lib/${loader}` })
}

/** Requires a copy of the package in a process that claims to be another; returns what it shows. */
function requireAs(folder, { platform, arch }, system, env = {}) {
  const script = `
    const [folder] = process.argv.slice(1)
    try {
      console.log(String(require(folder).no_such_user()))
    } catch ({ code, message }) {
      console.log(code + ': ' + message)
    }`
  const claim = { TEST_PLATFORM: platform, TEST_ARCH: arch, TEST_ROOT: system }
  const options = { encoding: 'utf8', env: { ...process.env, ...claim, ...env } }
  return execFileSync(process.execPath, ['--require', preload, '--eval', script, folder], options)
}

/** A copy of the package whose binary has the name of another. */
function packageWith(t, file) {
  const { folder, binary } = copyOfPackage(t)
  fs.renameSync(binary, path.join(path.dirname(binary), file))
  return folder
}

const linuxFor = (arch, libc) =>
  targets.find((target) => target.arch === arch && target.libc === libc)

// What the README calls the systems, in its table.
const SYSTEM_NAMES = {
  'Linux with glibc': 'linux glibc',
  'Linux with musl': 'linux musl',
  macOS: 'darwin none',
  Windows: 'win32 none',
  FreeBSD: 'freebsd none',
}

test('the targets are those that the README promises', () => {
  const readme = fs.readFileSync(path.join(__dirname, '..', 'README.md'), 'utf8')
  const promised = Object.entries(SYSTEM_NAMES).flatMap(([name, system]) => {
    const [, architectures] = new RegExp(`^\\| ${name}\\b[^|]*\\| ([^|]+) \\|$`, 'm').exec(readme)
    return architectures.split(', ').map((arch) => `${system} ${arch.split(' ', 1)[0]}`)
  })
  const built = targets.map(({ platform, arch, libc }) => `${platform} ${libc} ${arch}`)
  assert.deepEqual(built.sort(), promised.sort())
})

for (const target of targets) {
  const { platform, arch, libc, file } = target
  test(`${platform} ${arch} ${libc} takes ${file}, as its build is called`, (t) => {
    assert.equal(requireAs(packageWith(t, file), target, systemOf(t, target)), worked)
  })
}

test('no target takes what is for another one', (t) => {
  const { folder, binary } = copyOfPackage(t)
  const prebuilds = path.dirname(binary)
  const content = fs.readFileSync(binary)
  fs.rmSync(binary)
  for (const { file } of targets) fs.writeFileSync(path.join(prebuilds, file), content)
  for (const target of targets) {
    const own = path.join(prebuilds, target.file)
    fs.rmSync(own)
    assert.match(requireAs(folder, target, systemOf(t, target)), /^ERR_HARAKA_DSN_NO_BINARY: /)
    fs.writeFileSync(own, content)
  }
})

// Systems that look like one libc and run the other.
const SYSTEMS = {
  'glibc, with musl installed beside it': {
    libc: 'glibc',
    has: { loader: MUSL_LOADERS.x64, mapped: '/lib64/libc.so.6' },
  },
  'musl, with /proc missing': { libc: 'musl', has: { loader: MUSL_LOADERS.x64 } },
  'glibc, with /proc missing': { libc: 'glibc', has: {} },
}

for (const [name, { libc, has }] of Object.entries(SYSTEMS)) {
  test(`the libc of a system is told: ${name}`, (t) => {
    const target = linuxFor('x64', libc)
    assert.equal(requireAs(packageWith(t, target.file), target, systemWith(t, has)), worked)
  })
}

test('the libc of this process is the one that its system says', (t) => {
  const { glibcVersionRuntime } = process.report.getReport().header
  const { folder, binary } = copyOfPackage(t)
  fs.rmSync(binary)
  const libc = process.platform !== 'linux' ? 'none' : glibcVersionRuntime ? 'glibc' : 'musl'
  assert.throws(() => require(folder), new RegExp(`libc ${libc} `))
})

const permission = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
)
const skip =
  (process.platform !== 'linux' && 'only on Linux a libc is to be told') ||
  (!permission && 'this Node.js has no permission model')

test('the libc is told where nothing but the package may be read', { skip }, (t) => {
  const { folder } = copyOfPackage(t)
  const script = path.join(folder, 'script.js')
  fs.writeFileSync(script, `console.log(String(require('./index').no_such_user()))`)
  const flags = [permission, '--allow-addons', `--allow-fs-read=${folder}/`, '--no-warnings']
  const shown = execFileSync(process.execPath, [...flags, script], { encoding: 'utf8' })
  assert.equal(shown, worked)
})

test('where there is no binary, the error names the platform and the binaries that exist', (t) => {
  const { folder, binary } = copyOfPackage(t)
  for (const { file } of targets) fs.copyFileSync(binary, path.join(folder, 'prebuilds', file))
  for (const target of [
    { platform: 'openbsd', arch: 'x64', libc: 'none' },
    { platform: 'linux', arch: 'riscv64', libc: 'glibc' },
    { platform: 'linux', arch: 'riscv64', libc: 'musl' },
    { platform: 'linux', arch: 'arm', libc: 'musl' },
  ]) {
    const shown = requireAs(folder, target, systemOf(t, target))
    assert.match(shown, /^ERR_HARAKA_DSN_NO_BINARY: haraka-dsn-rs [\d.]+ has no usable binary for /)
    assert.ok(shown.includes(`platform ${target.platform}, architecture ${target.arch}`), shown)
    assert.ok(shown.includes(`libc ${target.libc} `), shown)
    for (const { file } of targets) assert.ok(shown.includes(file), shown)
  }
})

test('no environment variable changes the choice', (t) => {
  const target = linuxFor('arm64', 'glibc')
  const env = {
    NAPI_RS_NATIVE_LIBRARY_PATH: '/elsewhere.node',
    NAPI_RS_FORCE_WASI: 'error',
    NAPI_RS_ENFORCE_VERSION_CHECK: '1',
    PREBUILDS_ONLY: '1',
    npm_config_platform: 'win32',
    npm_config_arch: 'x64',
    LIBC: 'musl',
  }
  const folder = packageWith(t, target.file)
  assert.equal(requireAs(folder, target, systemOf(t, target), env), worked)
})
