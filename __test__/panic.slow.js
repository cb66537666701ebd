'use strict'

// Protects the process from panics: a panic in the addon is thrown as an Error. No function is known to
// panic, so a build with the feature `panic` has one more, which does.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { temporaryDirectory } = require('./support/package-copies')

const root = path.join(__dirname, '..')

/** The addon with the feature, in the profile of a release. */
function build() {
  const options = '--locked --release --features panic --target-dir target/panic'
  const args = ['build', ...options.split(' '), '--message-format', 'json']
  const output = execFileSync('cargo', args, { cwd: root, encoding: 'utf8', maxBuffer: Infinity })
  const messages = output.trim().split('\n').map(JSON.parse)
  const { filenames } = messages.findLast(({ target }) => target?.name === 'haraka_dsn_rs')
  return filenames.find((file) => /\.(?:so|dylib|dll)$/.test(file))
}

const SCRIPT = `
  const native = require(process.argv[1])
  let thrown
  try {
    native.panic()
  } catch (error) {
    thrown = error
  }
  const { constructor, message } = thrown
  const { reply } = native.no_such_user('x')
  console.log(JSON.stringify({ isError: constructor === Error, message, reply }))`

test('a panic is thrown as an Error, and the process survives', (t) => {
  const addon = path.join(temporaryDirectory(t), 'addon.node')
  fs.copyFileSync(build(), addon)
  const args = ['-e', SCRIPT, addon]
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.deepEqual([status, signal], [0, null], stderr)
  const { isError, message, reply } = JSON.parse(stdout)
  assert.deepEqual([isError, reply], [true, '5.1.1 x'])
  assert.match(message, /as the test asked/)
  assert.match(stderr, /panicked at src.node.exports\.rs:/)
})
