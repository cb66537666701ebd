'use strict'

// Protects the choice of the binary on every platform, and the process from ELF files that the system would
// map without an error. This process pretends to run on another platform, and the test checks which file
// the loader would load.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { version } = require('../package.json')
const { targets } = require('../scripts/targets')
const { binaryFor } = require('./support/stand-in-libraries')
const { copyOfPackage } = require('./support/package-copies')

/** What the loader reads from a system. The mapped files are those of `ldd node` on such systems. */
const SYSTEMS = {
  'Debian 12': { libc: 'glibc', mapped: '/usr/lib/x86_64-linux-gnu/libc.so.6' },
  'CentOS 7, where libc.so.6 is a link': { libc: 'glibc', mapped: '/usr/lib64/libc-2.17.so' },
  'NixOS with glibc': { libc: 'glibc', mapped: '/nix/store/x-glibc-2.40/lib/libc.so.6' },
  'glibc, updated while the process runs': {
    libc: 'glibc',
    mapped: '/usr/lib64/libc.so.6 (deleted)',
  },
  'a library of another program that is called like musl': {
    libc: 'glibc',
    mapped: '/opt/ld-musl-tools/libc.so.6',
  },
  Alpine: { libc: 'musl', mapped: '/lib/ld-musl-x86_64.so.1' },
  'Alpine, updated while the process runs': {
    libc: 'musl',
    mapped: '/lib/ld-musl-x86_64.so.1 (deleted)',
  },
  "Debian's musl, whose loader is a link": {
    libc: 'musl',
    mapped: '/usr/lib/x86_64-linux-musl/libc.so',
  },
  'NixOS with musl, which has no /lib': {
    libc: 'musl',
    mapped: '/nix/store/x-musl-1.2.5/lib/libc.so',
  },
  'no /proc, glibc': { libc: 'glibc', report: { glibcVersionRuntime: '2.36' } },
  'no /proc, musl': { libc: 'musl', report: {} },
}

const systemFor = ({ libc }) => SYSTEMS[libc === 'musl' ? 'Alpine' : 'Debian 12']

/**
 * Makes this process pretend to run on another platform until `restore()`, with the memory map or the
 * report of a system. `reports` has the `process.report.excludeNetwork` of each call of getReport().
 */
function claim(t, { platform, arch }, { mapped, report }) {
  const originals = ['platform', 'arch'].map((key) => [
    key,
    Object.getOwnPropertyDescriptor(process, key),
  ])
  Object.defineProperty(process, 'platform', { configurable: true, value: platform })
  Object.defineProperty(process, 'arch', { configurable: true, value: arch })
  const { readFileSync } = fs
  const read = t.mock.method(fs, 'readFileSync', (file, ...options) => {
    if (file !== '/proc/self/maps') return readFileSync(file, ...options)
    if (!mapped) throw Object.assign(new Error('no such file or directory'), { code: 'ENOENT' })
    return `7f0000-7f1000 r-xp 0 08:01 1    ${mapped}\n7f2000-7f3000 r-xp 0 08:01 2 /bin/node\n`
  })
  const reports = []
  const getReport = t.mock.method(process.report, 'getReport', () => {
    reports.push(process.report.excludeNetwork)
    return { header: report }
  })
  const restore = () => {
    for (const [key, original] of originals) Object.defineProperty(process, key, original)
    read.mock.restore()
    getReport.mock.restore()
  }
  return { reports, restore }
}

/** A copy of the package with a library for each target, and the loader of that copy. */
function packageForAll(t) {
  const { folder, binary } = copyOfPackage(t)
  const prebuilds = path.dirname(binary)
  fs.rmSync(binary)
  for (const target of targets) {
    fs.writeFileSync(path.join(prebuilds, target.file), binaryFor(target, version))
  }
  const loader = path.join(folder, 'binding.js')
  return { prebuilds, loader }
}

/** The name of the file that a loader loads on another platform. */
function selected(t, loader, target, system = systemFor(target)) {
  let file
  const dlopen = t.mock.method(process, 'dlopen', (module, name) => {
    file = path.basename(name)
    module.exports = { version }
  })
  const { reports, restore } = claim(t, target, system)
  delete require.cache[loader]
  try {
    require(loader)
  } finally {
    dlopen.mock.restore()
    restore()
  }
  return { file, reports }
}

const linux = (arch, libc) => targets.find((target) => target.arch === arch && target.libc === libc)

for (const target of targets) {
  const { platform, arch, libc, file } = target
  test(`${platform} ${arch} ${libc} loads ${file}, and no other file if that is missing`, (t) => {
    const { loader, prebuilds } = packageForAll(t)
    assert.equal(selected(t, loader, target).file, file)
    fs.rmSync(path.join(prebuilds, file))
    assert.throws(() => selected(t, loader, target), { code: 'ERR_HARAKA_DSN_NO_BINARY' })
  })
}

for (const [name, system] of Object.entries(SYSTEMS)) {
  test(`the libc of a process on ${name} is ${system.libc}`, (t) => {
    const target = linux('x64', system.libc)
    const { loader, prebuilds } = packageForAll(t)
    assert.equal(selected(t, loader, target, system).file, target.file)
    fs.rmSync(path.join(prebuilds, target.file))
    assert.throws(() => selected(t, loader, target, system), new RegExp(`libc ${system.libc} `))
  })
}

const elf = targets.filter(({ platform }) => platform === 'linux' || platform === 'freebsd')

/** What the loader says of a binary with this content, which it must not pass to the system. */
function refusalOf(t, { loader, prebuilds }, target, content) {
  fs.writeFileSync(path.join(prebuilds, target.file), content)
  let refusal
  assert.throws(
    () => selected(t, loader, target),
    ({ cause }) => {
      refusal = cause.message
      return true
    },
    target.file,
  )
  return refusal
}

for (const target of elf) {
  const { file, arch } = target
  const whole = binaryFor(target, version)
  const changed = (change) => {
    const bytes = Buffer.from(whole)
    change(bytes)
    return bytes
  }

  test(`${file}: a library that lacks any of its bytes is not loaded`, (t) => {
    const copy = packageForAll(t)
    for (const size of [0, 3, 63, 64, 65, whole.length >> 1, whole.length - 1]) {
      const refusal = refusalOf(t, copy, target, whole.subarray(0, size))
      assert.match(refusal, size < 64 ? /^not a complete ELF file$/ : /^truncated: /, `${size}`)
    }
  })

  test(`${file}: a file of another format, architecture or type is not loaded`, (t) => {
    const copy = packageForAll(t)
    for (const other of targets.filter((other) => other.arch !== arch || !elf.includes(other))) {
      const refusal = refusalOf(t, copy, target, binaryFor(other, version))
      assert.match(refusal, elf.includes(other) ? /^built for / : /^not a complete ELF file$/)
    }
    // These offsets are the same in both classes and byte orders.
    for (const offset of [4, 5, 18, 19]) {
      const content = changed((bytes) => bytes.writeUInt8(bytes[offset] ^ 3, offset))
      assert.match(refusalOf(t, copy, target, content), /^built for /, `${offset}`)
    }
    const program = changed((bytes) => bytes.writeUInt8(2, bytes[5] === 1 ? 16 : 17))
    assert.match(refusalOf(t, copy, target, program), /^not a shared library$/)
  })
}

for (const target of targets.filter(({ platform }) => platform === 'win32')) {
  test(`${target.file}: a library that lacks the end of a section is not loaded`, (t) => {
    const copy = packageForAll(t)
    const whole = binaryFor(target, version)
    for (const size of [0x200, 0x201, whole.length - 1]) {
      assert.match(refusalOf(t, copy, target, whole.subarray(0, size)), /^truncated: /, `${size}`)
    }
    fs.writeFileSync(path.join(copy.prebuilds, target.file), whole)
    assert.equal(selected(t, copy.loader, target).file, target.file)
  })
}

test('of a library for an architecture that has no binary, only the format is checked', (t) => {
  const { loader, prebuilds } = packageForAll(t)
  const target = { platform: 'linux', arch: 'mips64el', libc: 'glibc' }
  const file = 'haraka-dsn.linux-mips64el-gnu.node'
  fs.writeFileSync(path.join(prebuilds, file), binaryFor(elf[0], version))
  assert.equal(selected(t, loader, target).file, file)
})

test('the report is made without reverse DNS, and is configured as before', (t) => {
  const { loader } = packageForAll(t)
  const { excludeNetwork } = process.report
  t.after(() => {
    process.report.excludeNetwork = excludeNetwork
  })
  for (const before of [false, true]) {
    process.report.excludeNetwork = before
    const system = SYSTEMS['no /proc, glibc']
    const { reports } = selected(t, loader, linux('x64', 'glibc'), system)
    assert.deepEqual(reports, [true])
    assert.equal(process.report.excludeNetwork, before)
  }
})

test('the libc of this process is the one of its diagnostic report', (t) => {
  const { glibcVersionRuntime } = process.report.getReport().header
  const { folder, binary } = copyOfPackage(t)
  fs.rmSync(binary)
  const libc = process.platform !== 'linux' ? 'none' : glibcVersionRuntime ? 'glibc' : 'musl'
  assert.throws(() => require(folder), new RegExp(`libc ${libc} `))
})

test('without a binary for the platform, the error names it and the binaries that exist', (t) => {
  const { loader } = packageForAll(t)
  for (const target of [
    { platform: 'openbsd', arch: 'x64', libc: 'none' },
    { platform: 'linux', arch: 'mips64el', libc: 'glibc' },
    { platform: 'linux', arch: 'riscv64', libc: 'musl' },
    { platform: 'linux', arch: 'arm', libc: 'musl' },
  ]) {
    assert.throws(
      () => selected(t, loader, target),
      ({ code, message }) => {
        assert.equal(code, 'ERR_HARAKA_DSN_NO_BINARY')
        assert.match(message, /^haraka-dsn-rs [\d.]+ has no usable binary for /)
        assert.ok(message.includes(`platform ${target.platform}, architecture ${target.arch}`))
        assert.ok(message.includes(`libc ${target.libc} `), message)
        for (const { file } of targets) assert.ok(message.includes(file), message)
        return true
      },
    )
  }
})

test('no environment variable of napi-rs or npm changes the choice', (t) => {
  const target = linux('arm64', 'glibc')
  const variables = {
    NAPI_RS_NATIVE_LIBRARY_PATH: '/elsewhere.node',
    NAPI_RS_FORCE_WASI: 'error',
    NAPI_RS_ENFORCE_VERSION_CHECK: '1',
    PREBUILDS_ONLY: '1',
    npm_config_platform: 'win32',
    npm_config_arch: 'x64',
    LIBC: 'musl',
  }
  const before = { ...process.env }
  t.after(() => {
    for (const name of Object.keys(variables)) {
      if (name in before) process.env[name] = before[name]
      else delete process.env[name]
    }
  })
  Object.assign(process.env, variables)
  assert.equal(selected(t, packageForAll(t).loader, target).file, target.file)
})
