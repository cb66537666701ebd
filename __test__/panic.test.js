'use strict'

// Protects the process from panics: a panic in native code is thrown as an Error.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')

// Only the benchmarks' build, with the feature `floor`, has a function that panics.
const build = () => {
  const args = ['scripts/build.js', '--features', 'floor', '--output', 'target/floor']
  const options = { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }
  return path.join(root, execFileSync(process.execPath, args, options).trim())
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

test('a panic is thrown as an Error, and the process survives', () => {
  const args = ['-e', SCRIPT, build()]
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  assert.deepEqual([status, signal], [0, null], stderr)
  assert.deepEqual(JSON.parse(stdout), {
    isError: true,
    message: 'haraka-dsn-rs panicked: please report it',
    reply: '5.1.1 x',
  })
  assert.match(stderr, /panicked at src.node.floor\.rs:.*\n.*as the test asked/)
})
