'use strict'

const assert = require('node:assert/strict')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const { name, version, files } = require('../package.json')

/** A copy of the package whose binary can be spoilt. */
function copy_of_package(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-rs-'))
  t.after(() => fs.rmSync(folder, { recursive: true }))
  for (const file of ['package.json', 'index.js', ...files]) {
    fs.cpSync(path.join(root, file), path.join(folder, file), { recursive: true })
  }
  const [binary] = fs.readdirSync(path.join(folder, 'prebuilds'))
  return { folder, binary: path.join(folder, 'prebuilds', binary) }
}

/** Asserts that require() throws the one error, which tells `problem`. */
function assert_error(folder, problem) {
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
      assert.match(message, /npm install haraka-dsn@git/)
      assert.doesNotMatch(message, /\n/, 'a log shows it on one line')
      assert.match(message, problem)
      return true
    },
  )
}

test('a whole package loads from anywhere', (t) => {
  const { folder } = copy_of_package(t)
  assert.equal(String(require(folder).no_such_user()), '5.1.1 No such user')
})

test('a missing binary is one clear error', (t) => {
  const { folder, binary } = copy_of_package(t)
  fs.rmSync(binary)
  assert_error(folder, /no such file/)
})

test('a truncated binary is one clear error, wherever it is cut off', (t) => {
  const { size } = fs.statSync(copy_of_package(t).binary)
  for (const left of [0, 3, 63, 64, 1000, size >> 1, size - 1]) {
    const { folder, binary } = copy_of_package(t)
    fs.truncateSync(binary, left)
    assert_error(folder, /\.node: /)
  }
})

test('a binary that is something else is one clear error', (t) => {
  const { folder, binary } = copy_of_package(t)
  fs.writeFileSync(binary, 'not a binary\n'.repeat(100))
  assert_error(folder, /\.node: /)
})

test('a binary of another version is one clear error', (t) => {
  const { folder } = copy_of_package(t)
  const file = path.join(folder, 'binding.js')
  const source = fs.readFileSync(file, 'utf8')
  fs.writeFileSync(file, source.replace(`'${version}'`, "'1.2.99'"))
  assert_error(folder, new RegExp(`it has version ${version}`))
})
