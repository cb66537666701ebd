'use strict'

// Protects the memory of the process: nothing that a caller passed is retained, and where memory runs out
// a call throws, and the next one works.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')

const { isBinary } = require('./support/implementations')

const isLinux = process.platform === 'linux'

/** The JSON that a process of support prints. */
function outputOf(script, ...flags) {
  const file = path.join(__dirname, 'support/processes', script)
  return JSON.parse(execFileSync(process.execPath, [...flags, file], { encoding: 'utf8' }))
}

test('nothing that a caller passed or got is retained', () => {
  const { share, alive, passed } = outputOf('retained.js', '--expose-gc')
  assert.ok(passed > 200, `${passed} objects`)
  assert.deepEqual(alive, [])
  assert.ok(share < 0.2, `${share} of the texts`)
})

test('the process survives if there is no memory for a copy', { skip: !isLinux }, () => {
  // The WebAssembly module gets a long message in parts, but needs a new instance for a long reply.
  const [message, reply] = isBinary ? ['RangeError', 1000] : [100_000_006, 'RangeError']
  assert.deepEqual(outputOf('short-of-memory.js'), { message, reply, short: '4.2.2 x' })
})
