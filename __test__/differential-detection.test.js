'use strict'

// Protects the differential tests: they detect a difference that is injected.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')
const { pathToFileURL } = require('node:url')
const { runInThisContext } = require('node:vm')

const script = path.join(__dirname, 'differential.test.js')

/** A difference for texts of three or more code units. */
const FAULT = `
  import DSN from ${JSON.stringify(pathToFileURL(require.resolve('..')))}
  const { mbox_full } = DSN
  DSN.mbox_full = (msg, code) => {
    const dsn = mbox_full(msg, code)
    return typeof msg === 'string' && msg.length > 2 ? Object.assign(dsn, { det: 0 }) : dsn
  }`

/** What a run with the fault reports: its status, the shortest calls and their seeds. */
function fuzz(seed) {
  const fault = `data:text/javascript,${encodeURIComponent(FAULT)}`
  const args = ['--import', fault, '--test-reporter', 'tap', script]
  // Within `node --test` a process would not print TAP.
  const env = { ...process.env, NODE_TEST_CONTEXT: '', FUZZ_ROUNDS: '2', FUZZ_SEED: String(seed) }
  const { status, stdout } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
  const call = /mbox_full\(('.*'|".*")\): det\n +ours: +0\n +original: 2\n/
  return { status, text: call.exec(stdout)?.[1], seed: /seed: (-?\d+)/.exec(stdout)?.[1] }
}

test('a difference is detected, is shrunk, and is reproduced with its seed', () => {
  const seeds = [1, 2, 3, 4, 5]
  // Long constants do not shrink.
  const found = seeds.map(fuzz).find(({ text }) => text !== undefined)
  assert.ok(found, 'no run has a short call')
  assert.equal(found.status, 1)
  assert.equal(runInThisContext(found.text).length, 3, found.text)
  assert.deepEqual(fuzz(found.seed), found)
})
