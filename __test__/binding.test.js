'use strict'

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { name, version } = require('../package.json')
const { copyOfPackage } = require('./support/copy')

/** Asserts that require() throws the one error, which tells `problem`. */
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
      assert.match(message, /npm install haraka-dsn@git\S+\.git#v[\d.]+$/)
      assert.doesNotMatch(message, /\n/, 'a log shows it on one line')
      assert.match(message, problem)
      return true
    },
  )
}

test('a whole package loads from anywhere', (t) => {
  const { folder } = copyOfPackage(t)
  assert.equal(String(require(folder).no_such_user()), '5.1.1 No such user')
})

test('a package loads where process.dlopen replaces the exports, as that of Deno does', (t) => {
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

test('a truncated binary is one clear error, wherever it is cut off', (t) => {
  const { size } = fs.statSync(copyOfPackage(t).binary)
  for (const left of [0, 3, 63, 64, 1000, size >> 1, size - 1]) {
    const { folder, binary } = copyOfPackage(t)
    fs.truncateSync(binary, left)
    assertError(folder, /\.node: /)
  }
})

// The first bytes of a binary for another system, and a text.
const OTHERS = {
  'a text': 'not a binary\n'.repeat(100),
  'for 64-bit macOS': Buffer.from('cffaedfe07000001'.padEnd(8192, '0'), 'hex'),
  'for Windows': Buffer.from('4d5a9000'.padEnd(8192, '0'), 'hex'),
  'a script': '#!/bin/sh\nexit 0\n',
}

for (const [kind, content] of Object.entries(OTHERS)) {
  test(`a binary that is something else is one clear error: ${kind}`, (t) => {
    const { folder, binary } = copyOfPackage(t)
    fs.writeFileSync(binary, content)
    assertError(folder, /\.node: /)
  })
}

// Where a file of the ELF format says what it is for, and values that stand for something else.
const FIELDS = {
  'of 32 bits': [4, 1],
  'of the other byte order': [5, 2],
  'for an architecture that nobody has': [18, 0xff],
  'that is a program and no library': [16, 2],
}

for (const [kind, [at, value]] of Object.entries(FIELDS)) {
  const skip = process.platform !== 'linux' && 'binaries have another format here'
  test(`a binary ${kind} is one clear error`, { skip }, (t) => {
    const { folder, binary } = copyOfPackage(t)
    const content = fs.readFileSync(binary)
    content[at] = value
    fs.writeFileSync(binary, content)
    assertError(folder, /\.node: /)
  })
}

// What stands in the place of the binary and cannot be read, also by root.
const UNREADABLE = {
  'a directory': (file) => fs.mkdirSync(file),
  'a link to itself': (file) => fs.symlinkSync(path.basename(file), file),
  'a link to nothing': (file) => fs.symlinkSync('gone', file),
}

for (const [kind, put] of Object.entries(UNREADABLE)) {
  test(`a binary that is ${kind} is one clear error`, (t) => {
    const { folder, binary } = copyOfPackage(t)
    fs.rmSync(binary)
    put(binary)
    assertError(folder, /\.node: E[A-Z]+: /)
  })
}

test('a binary that may not be read is one clear error', (t) => {
  const { folder, binary } = copyOfPackage(t)
  fs.chmodSync(binary, 0)
  // Root may read everything: another process gives that up.
  const script = `
    if (process.getuid?.() === 0) process.setuid(65534)
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
  assertError(folder, new RegExp(`it has version ${version}`))
})

test('what is thrown instead of an Error is told as well', (t) => {
  const { folder } = copyOfPackage(t)
  t.mock.method(process, 'dlopen', () => {
    throw 'not today'
  })
  assert.throws(() => require(folder), {
    code: 'ERR_HARAKA_DSN_NO_BINARY',
    message: /: not today\)/,
  })
})
