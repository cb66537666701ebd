'use strict'

// Protects the diagnosis of a broken installation: whatever is wrong with the binary, require() throws one
// Error that names the problem.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { name, version } = require('../package.json')
const { wasm } = require('../scripts/targets')
const { copyOfPackage } = require('./support/package-copies')

const isWindows = process.platform === 'win32'
// macOS and Windows refuse by themselves what is not a complete library, with messages of their own.
const isElf = !isWindows && process.platform !== 'darwin'

/** Asserts that require() throws this Error and that its message contains `problem`. */
function assertError(folder, problem) {
  assert.throws(
    () => require(folder),
    (error) => {
      const { message } = error
      assert.equal(error.constructor, Error)
      assert.equal(error.code, 'ERR_HARAKA_DSN_NO_BINARY')
      assert.ok(error.cause instanceof Error)
      assert.ok(message.includes(name), message)
      assert.ok(message.includes(`platform ${process.platform}`), message)
      assert.ok(message.includes(`architecture ${process.arch}`), message)
      assert.match(message, /libc (glibc|musl|none)/)
      assert.match(message, /To build one, see .*platforms\.md$/)
      assert.doesNotMatch(message, /\n/, 'it is one line in a log')
      assert.match(message, problem)
      return true
    },
  )
}

/** Sets HARAKA_DSN_RS_BACKEND, or removes it, until the end of the test. */
function requestBackend(t, value) {
  const set = (to) => {
    if (to === undefined) delete process.env.HARAKA_DSN_RS_BACKEND
    else process.env.HARAKA_DSN_RS_BACKEND = to
  }
  t.after(set.bind(undefined, process.env.HARAKA_DSN_RS_BACKEND))
  set(value)
}

/** What require() throws. */
function errorOf(folder) {
  try {
    require(folder)
  } catch (error) {
    return error
  }
  return assert.fail('it loads')
}

test('a complete package loads from any directory', (t) => {
  const { folder } = copyOfPackage(t)
  assert.equal(String(require(folder).no_such_user()), '5.1.1 No such user')
})

test('the loader leaves no file open', (t) => {
  for (const damage of [() => {}, (binary) => fs.truncateSync(binary, 1000)]) {
    const { folder, binary } = copyOfPackage(t)
    damage(binary)
    const [open, close] = ['openSync', 'closeSync'].map((name) => t.mock.method(fs, name))
    try {
      require(folder)
    } catch {}
    const [{ result: descriptor }] = open.mock.calls.filter(
      ({ arguments: [file] }) => path.normalize(file) === binary,
    )
    const closed = close.mock.calls.map(({ arguments: [each] }) => each)
    for (const { mock } of [open, close]) mock.restore()
    assert.ok(closed.includes(descriptor))
  }
})

test("process.dlopen may replace the exports, as Deno's does", (t) => {
  const { dlopen } = process
  t.mock.method(process, 'dlopen', (module, file) => {
    const other = { exports: {} }
    dlopen.call(process, other, file)
    module.exports = other.exports
  })
  const { folder } = copyOfPackage(t)
  assert.equal(String(require(folder).no_such_user()), '5.1.1 No such user')
})

test('a missing binary is one clear error', (t) => {
  const { folder, binary } = copyOfPackage(t)
  fs.rmSync(binary)
  assertError(folder, /no such file/)
})

test('the error lists the files that there are, and names instructions that exist', (t) => {
  const { folder, binary } = copyOfPackage(t)
  const prebuilds = path.dirname(binary)
  const messageOf = () => errorOf(folder).message
  fs.rmSync(binary)
  assert.ok(messageOf().includes(`. Files in ${prebuilds}: none. `))
  // Not every runtime sorts them.
  const unsorted = t.mock.method(fs, 'readdirSync', () => ['b', 'c', 'a'])
  assert.ok(messageOf().includes(`. Files in ${prebuilds}: a, b, c. `))
  unsorted.mock.restore()
  fs.rmSync(prebuilds, { recursive: true })
  assert.ok(messageOf().includes(`. Files in ${prebuilds}: none. `))
  const [, instructions] = messageOf().match(/ To build one, see (.+)$/)
  assert.ok(fs.existsSync(instructions), instructions)
})

test('if only the binary is wanted, the error does not mention the module', (t) => {
  const { folder, binary } = copyOfPackage(t)
  fs.rmSync(binary)
  requestBackend(t, 'native')
  assert.match(errorOf(folder).message, /ENOENT[^)]*\)\. Files in /)
})

test('if only the module is wanted, the error does not mention the binary', (t) => {
  const { folder } = copyOfPackage(t)
  requestBackend(t, 'wasm')
  const { code, cause, message } = errorOf(folder)
  assert.deepEqual([code, cause.code], ['ERR_HARAKA_DSN_NO_BINARY', 'ENOENT'])
  const start = `${name} ${version} has no usable WebAssembly module (${wasm.file}: ENOENT`
  assert.ok(message.startsWith(start), message)
  assert.match(message, /\)\. Files in .+: \S+\. To build one, see .*platforms\.md$/)
})

test('a property of Object.prototype requests no backend', (t) => {
  requestBackend(t, undefined)
  t.after(() => {
    delete Object.prototype.HARAKA_DSN_RS_BACKEND
  })
  Object.prototype.HARAKA_DSN_RS_BACKEND = 'fast'
  assert.equal(require(copyOfPackage(t).folder).backend, 'native')
})

test('whatever the system throws is one clear error', (t) => {
  for (const thrown of [null, undefined, 'a text', {}]) {
    const { folder } = copyOfPackage(t)
    const dlopen = t.mock.method(process, 'dlopen', () => {
      throw thrown
    })
    const { code, message, cause } = errorOf(folder)
    dlopen.mock.restore()
    assert.equal(code, 'ERR_HARAKA_DSN_NO_BINARY')
    assert.equal(cause, thrown)
    assert.ok(message.includes(`.node: ${thrown})`), message)
  }
})

test('a truncated binary is one clear error, wherever it is cut off', (t) => {
  const { size } = fs.statSync(copyOfPackage(t).binary)
  for (const left of [0, 3, 63, 64, 1000, size >> 1, size - 1]) {
    const { folder, binary } = copyOfPackage(t)
    fs.truncateSync(binary, left)
    assertError(folder, isElf ? /\.node: (?:truncated|not a complete ELF)/ : /\.node: /)
  }
})

// Files that are large enough.
const OTHERS = {
  'a text': 'not a binary\n'.repeat(1000),
  'a script': '#!/bin/sh\nexit 0\n',
  'an empty Mach-O file': Buffer.from('cffaedfe07000001'.padEnd(8192, '0'), 'hex'),
  'an empty PE file': Buffer.from('4d5a9000'.padEnd(8192, '0'), 'hex'),
}

for (const [kind, content] of Object.entries(OTHERS)) {
  test(`a binary that is something else is one clear error: ${kind}`, (t) => {
    const { folder, binary } = copyOfPackage(t)
    fs.writeFileSync(binary, content)
    assertError(folder, isElf ? /\.node: not a complete ELF/ : /\.node: /)
  })
}

// Directory entries that nobody can read, not even root. On Windows, few users may create links.
const UNREADABLE = {
  'a link to itself': (file) => fs.symlinkSync(path.basename(file), file),
  'a link to nothing': (file) => fs.symlinkSync('gone', file),
}

for (const [kind, put] of Object.entries(UNREADABLE)) {
  const skip = isWindows && 'links need a privilege here'
  test(`a binary that is ${kind} is one clear error`, { skip }, (t) => {
    const { folder, binary } = copyOfPackage(t)
    fs.rmSync(binary)
    put(binary)
    assertError(folder, /\.node: E[A-Z]+: /)
  })
}

// Opening a pipe waits for a writer, and reading a device may not end.
const IRREGULAR = {
  'a directory': (file) => fs.mkdirSync(file),
  'a pipe': (file) => execFileSync('mkfifo', [file]),
  'a link to a device': (file) => fs.symlinkSync('/dev/zero', file),
}

for (const [kind, put] of Object.entries(IRREGULAR)) {
  const skip = isWindows && kind !== 'a directory' && 'this system has no such files'
  test(`binary and module that are ${kind} are one clear error`, { skip }, (t) => {
    const { folder, binary } = copyOfPackage(t)
    fs.rmSync(binary)
    put(binary)
    put(path.join(path.dirname(binary), wasm.file))
    assertError(folder, /\.node: (?!version)[^)]+\), .*\.wasm: not a regular file\)/)
  })
}

const noModes = isWindows && 'file modes do not restrict reading here'

test('a binary without read permission is one clear error', { skip: noModes }, (t) => {
  const { folder, binary } = copyOfPackage(t)
  fs.chmodSync(binary, 0)
  // Root can read everything, so the process becomes another user.
  const script = `
    if (process.getuid() === 0) process.setuid(65534)
    try { require(${JSON.stringify(folder)}) } catch ({ code, message }) {
      console.log(JSON.stringify({ code, message }))
    }`
  fs.chmodSync(folder, 0o755)
  const { status, stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  const { code, message } = JSON.parse(stdout)
  assert.deepEqual([status, code], [0, 'ERR_HARAKA_DSN_NO_BINARY'])
  assert.match(message, /\.node: EACCES: permission denied/)
})

test('a binary of another version is one clear error', (t) => {
  const { folder } = copyOfPackage(t)
  const file = path.join(folder, 'binding.js')
  const source = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, source.replace(`'${version}'`, "'1.2.99'"))
  assertError(folder, new RegExp(`version ${version} instead of`))
})

test('a thrown value that is not an Error is in the message, too', (t) => {
  const { folder } = copyOfPackage(t)
  t.mock.method(process, 'dlopen', () => {
    throw 'not today'
  })
  assert.throws(() => require(folder), {
    code: 'ERR_HARAKA_DSN_NO_BINARY',
    message: /: not today\)/,
  })
})

const isKnown = (flag) => process.allowedNodeEnvironmentFlags.has(flag)
const permission = ['--permission', '--experimental-permission'].find(isKnown)
// The first permission models, up to Node.js 20.11, load no addon at all.
const noPermission = !isKnown('--allow-addons') && 'this Node.js cannot permit addons'

test('the package loads if it may read only its own files', { skip: noPermission }, (t) => {
  const { folder } = copyOfPackage(t)
  const script = path.join(folder, 'script.js')
  fs.writeFileSync(script, `console.log(String(require('./index').no_such_user()))`)
  const flags = [
    permission,
    '--allow-addons',
    `--allow-fs-read=${folder}${path.sep}*`,
    '--no-warnings',
  ]
  const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, script], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' }, // It may preload files that must not be read.
  })
  assert.deepEqual([status, stdout, stderr], [0, '5.1.1 No such user\n', ''])
})
