'use strict'

// Protects users from a release that lacks a binary or has one that does not work for all of them.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const { files, version } = require('../package.json')
const { binaryInUse } = require('../scripts/binary-in-use')
const { npm } = require('../scripts/npm')
const { faultsOfRelease } = require('../scripts/release/check-binaries')
const { targets: binaries, wasm } = require('../scripts/targets')
const { binaryFor } = require('./support/stand-in-libraries')
const { temporaryDirectory } = require('./support/package-copies')

const targets = [...binaries, wasm]

const root = path.join(__dirname, '..')

const standIns = () => new Map(targets.map((target) => [target.file, binaryFor(target, version)]))
const faultsOf = (binaries) => faultsOfRelease(targets, binaries, version)
const glibc = targets.find(({ libc }) => libc === 'glibc')
const mac = targets.find(({ platform }) => platform === 'darwin')

test('one binary for each target can be released', () => {
  assert.deepEqual(faultsOf(standIns()), [])
})

test('a release without binaries is rejected', () => {
  assert.deepEqual(
    faultsOf(new Map()),
    targets.map(({ file }) => `${file} is missing`),
  )
})

test('a release with a binary of another target is rejected', () => {
  const pairs = targets.flatMap((target) =>
    targets
      .filter((other) => other !== target)
      .map((other) => ({ ...target, file: `${target.file} from ${other.file}`, other })),
  )
  const binaries = pairs.map(({ file, other }) => [file, binaryFor(other, version)])
  const faults = faultsOfRelease(pairs, new Map(binaries), version)
  assert.equal(faults.length, pairs.length)
  for (const [i, { file, platform }] of pairs.entries()) {
    assert.match(faults[i], new RegExp(`^${file} is for \\w.+, not for ${platform}`))
  }
})

test('a release with an extra binary is rejected', () => {
  const binaries = standIns().set('haraka-dsn.linux-ia32-gnu.node', binaryFor(glibc, version))
  assert.deepEqual(faultsOf(binaries), ['haraka-dsn.linux-ia32-gnu.node is unexpected'])
})

test('a release with a binary of another version is rejected', () => {
  const binaries = standIns().set(mac.file, binaryFor(mac, '1.2.99'))
  assert.deepEqual(faultsOf(binaries), [`${mac.file} does not have version ${version}`])
})

test('a release with a binary above the size limit is rejected', () => {
  const [{ file }] = targets.filter(({ file }) => file.includes('linux-x64-gnu'))
  const size = 800_001
  const binary = Buffer.concat([standIns().get(file)], size)
  assert.deepEqual(faultsOf(standIns().set(file, binary)), [
    `${file} has ${size} bytes, more than 800000`,
  ])
})

// Traces of a linker, a library or a panic in a binary, on each system
const FAULTS = [
  ...['2.18', '2.34', '3.0'].map((newer) => [
    'linux',
    `needs glibc ${newer}, not 2.17`,
    { texts: [`GLIBC_${newer}`] },
  ]),
  ['linux', 'is linked to libssl.so.3, which some systems lack', { library: 'libssl.so.3' }],
  [
    'win32',
    'is linked to VCRUNTIME140.dll, which some systems lack',
    { library: 'VCRUNTIME140.dll' },
  ],
  [
    'darwin',
    'is linked to /opt/homebrew/lib/libiconv.2.dylib, which some systems lack',
    { library: '/opt/homebrew/lib/libiconv.2.dylib' },
  ],
  ['darwin', 'has the install name /build/libdsn.dylib', { name: '/build/libdsn.dylib' }],
  ['darwin', 'needs macOS 12.0, not 10.13', { minimum: '12.0' }],
  ['darwin', 'needs macOS 10.14, not 10.13', { minimum: '10.14' }],
  [
    'linux',
    'contains a path of the build machine: /home/runner/.cargo/registry',
    { texts: ['/home/runner/.cargo/registry'] },
  ],
  [
    'darwin',
    'contains a path of the build machine: /Users/runner/.cargo',
    { texts: ['/Users/runner/.cargo'] },
  ],
  [
    'win32',
    'contains a path of the build machine: \\Users\\me\\.cargo',
    { texts: ['C:\\Users\\me\\.cargo'] },
  ],
]

test('a release with a binary with one of these faults is rejected', () => {
  const faulty = FAULTS.map(([platform, fault, options], i) => {
    const target = targets.find((target) => target.platform === platform && target.arch === 'x64')
    return { ...target, file: `${i}-${target.file}`, fault, options }
  })
  const binaries = faulty.map((target) => [target.file, binaryFor(target, version, target.options)])
  assert.deepEqual(
    faultsOfRelease(faulty, new Map(binaries), version),
    faulty.map(({ file, fault }) => `${file} ${fault}`),
  )
})

test('a release with a binary that was modified after signing is rejected', () => {
  const binary = binaryFor(mac, version, { texts: ['original'] })
  binary.write('another ', binary.indexOf('original'))
  assert.deepEqual(faultsOf(standIns().set(mac.file, binary)), [
    `${mac.file} has no valid signature`,
  ])
})

test('a release with truncated binaries is rejected', () => {
  const truncated = [...standIns()].map(([file, content]) => [file, content.subarray(0, -1)])
  const faults = faultsOf(new Map(truncated))
  assert.equal(faults.length, targets.length)
  for (const [i, { file }] of targets.entries()) {
    assert.match(faults[i], new RegExp(`^${file} is for \\? \\? \\?, not for `))
  }
})

const read = (file) => fs.readFileSync(path.join(root, file), 'utf8')

// The names of the systems in the table of docs/platforms.md.
const SYSTEM_NAMES = {
  'Linux with glibc': 'linux glibc',
  'Linux with musl': 'linux musl',
  macOS: 'darwin none',
  Windows: 'win32 none',
  FreeBSD: 'freebsd none',
}

test('the targets are those in the documentation, with the same glibc', () => {
  const document = read('docs/platforms.md')
  const promised = Object.entries(SYSTEM_NAMES).flatMap(([name, system]) => {
    const [, title, architectures] = new RegExp(
      `^\\| (${name}\\b[^|]*) \\| ([^|]+) \\|$`,
      'm',
    ).exec(document)
    const oldest = /\bglibc ([\d.]+)/
    return architectures.split(', ').map((arch) => {
      const [, glibc] = oldest.exec(arch) ?? oldest.exec(title) ?? []
      return `${system} ${arch.split(' ', 1)[0]} ${glibc}`
    })
  })
  const built = binaries.map(
    ({ platform, arch, libc, glibc }) => `${platform} ${libc} ${arch} ${glibc}`,
  )
  assert.deepEqual(built.sort(), promised.sort())
})

test('the binary built here could be released, apart from the glibc it needs', () => {
  const file = path.basename(binaryInUse)
  const content = fs.readFileSync(binaryInUse)
  const target = targets.find((target) => target.file === file)
  const faults = faultsOfRelease([target], new Map([[file, content]]), version)
  assert.deepEqual(
    faults.filter((fault) => !fault.includes(' needs glibc ')),
    [],
  )
  assert.ok(!content.includes(path.join(os.homedir(), '.cargo')))
})

/** A copy of the files that `npm run assemble` needs, and a directory with binaries for it. */
function packageToAssemble(t) {
  const folder = temporaryDirectory(t)
  for (const file of ['package.json', 'index.js', 'README.md', 'LICENSE', 'scripts', ...files]) {
    if (/^!|prebuilds/.test(file)) continue
    const filter = (source) => path.basename(source) !== 'node_modules'
    fs.cpSync(path.join(root, file), path.join(folder, file), { recursive: true, filter })
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  const artifacts = path.join(folder, 'artifacts')
  for (const [file, content] of standIns()) {
    fs.mkdirSync(path.join(artifacts, file), { recursive: true })
    fs.writeFileSync(path.join(artifacts, file, file), content)
  }
  return { folder, artifacts }
}

const assemble = (folder, ...args) =>
  spawnSync(process.execPath, ['scripts/release/assemble.js', ...args], {
    cwd: folder,
    encoding: 'utf8',
  })

test('the assembled tarball has exactly the files of a release', (t) => {
  const { folder, artifacts } = packageToAssemble(t)
  const { status, stderr, stdout } = assemble(folder, artifacts)
  assert.equal(status, 0, stderr)
  const tarball = /^(\S+\.tgz): \d+ bytes/m.exec(stdout)[1]
  assert.equal(tarball, `haraka-dsn-rs-${version}.tgz`)
  const list = execFileSync('tar', ['-tzf', tarball], { cwd: folder, encoding: 'utf8' })
  assert.deepEqual(list.trim().split('\n').sort(), [
    'package/CHANGELOG.md',
    'package/LICENSE',
    'package/README.md',
    'package/SECURITY.md',
    'package/binding.js',
    'package/docs/calls.svg',
    'package/docs/differences.md',
    'package/docs/helpers.md',
    'package/docs/installation.md',
    'package/docs/parsing.md',
    'package/docs/performance.md',
    'package/docs/platforms.md',
    'package/docs/policy.md',
    'package/docs/recipes.md',
    'package/docs/reports.md',
    'package/index.d.ts',
    'package/index.js',
    ...fs.readdirSync(path.join(root, 'lib')).map((file) => `package/lib/${file}`),
    'package/package.json',
    'package/prebuilds/haraka-dsn.darwin-arm64.node',
    'package/prebuilds/haraka-dsn.darwin-x64.node',
    'package/prebuilds/haraka-dsn.freebsd-x64.node',
    'package/prebuilds/haraka-dsn.linux-arm-gnueabihf.node',
    'package/prebuilds/haraka-dsn.linux-arm64-gnu.node',
    'package/prebuilds/haraka-dsn.linux-arm64-musl.node',
    'package/prebuilds/haraka-dsn.linux-ppc64-gnu.node',
    'package/prebuilds/haraka-dsn.linux-riscv64-gnu.node',
    'package/prebuilds/haraka-dsn.linux-s390x-gnu.node',
    'package/prebuilds/haraka-dsn.linux-x64-gnu.node',
    'package/prebuilds/haraka-dsn.linux-x64-musl.node',
    'package/prebuilds/haraka-dsn.wasm',
    'package/prebuilds/haraka-dsn.wasm.js',
    'package/prebuilds/haraka-dsn.win32-arm64-msvc.node',
    'package/prebuilds/haraka-dsn.win32-x64-msvc.node',
    'package/wasm-inline.d.ts',
    'package/wasm-inline.js',
  ])

  const manifest = ['-xzOf', tarball, 'package/package.json']
  const published = JSON.parse(execFileSync('tar', manifest, { cwd: folder, encoding: 'utf8' }))
  assert.deepEqual([published.scripts, published.devDependencies], [undefined, undefined])
  assert.ok(fs.readFileSync(path.join(folder, 'package.json'), 'utf8').includes('"prepare"'))
})

test('assembling fails if a binary is missing or occurs twice', (t) => {
  const { folder, artifacts } = packageToAssemble(t)
  fs.rmSync(path.join(artifacts, mac.file), { recursive: true })
  const missing = assemble(folder, artifacts)
  assert.equal(missing.status, 1)
  assert.match(missing.stderr, new RegExp(`${mac.file} is missing`))

  fs.writeFileSync(path.join(artifacts, mac.file), binaryFor(mac, version))
  fs.writeFileSync(path.join(artifacts, glibc.file, mac.file), binaryFor(mac, version))
  const twice = assemble(folder, artifacts)
  assert.equal(twice.status, 1)
  assert.match(twice.stderr, /two binaries have the same name/)
  assert.ok(!fs.readdirSync(folder).some((file) => file.endsWith('.tgz')))
})

test('assembling fails without a directory', (t) => {
  const { status, stderr } = assemble(packageToAssemble(t).folder)
  assert.equal(status, 1)
  assert.match(stderr, /usage: npm run assemble -- /)
})

test('npm does not publish a directory, for which it would build a binary for this system only', async (t) => {
  const { folder } = packageToAssemble(t)
  await assert.rejects(npm(['publish', '--dry-run'], { cwd: folder }), /npm run assemble/)
})
