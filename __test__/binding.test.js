'use strict'

const assert = require('node:assert/strict')
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

test('a binary that is something else is one clear error', (t) => {
  const { folder, binary } = copyOfPackage(t)
  fs.writeFileSync(binary, 'not a binary\n'.repeat(100))
  assertError(folder, /\.node: /)
})

test('a binary of another version is one clear error', (t) => {
  const { folder } = copyOfPackage(t)
  const file = path.join(folder, 'index.js')
  const source = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, source.replace(`'${version}'`, "'1.2.99'"))
  assertError(folder, new RegExp(`it has version ${version}`))
})
