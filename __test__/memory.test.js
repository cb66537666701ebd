'use strict'

// Protects the process where memory runs out: a call throws, and the next one works.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')

const isLinux = process.platform === 'linux'

test('the process survives if there is no memory for a copy', { skip: !isLinux }, () => {
  const file = path.join(__dirname, 'support', 'short-of-memory.js')
  const stdout = execFileSync(process.execPath, [file], { encoding: 'utf8' })
  assert.deepEqual(JSON.parse(stdout), {
    thrown: 'RangeError: There is no memory for the text',
    kept: 1000,
    short: '4.2.2 x',
  })
})
