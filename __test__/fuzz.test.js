'use strict'

// Protects the fuzzer: it detects a difference that is injected.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const path = require('node:path')
const { test } = require('node:test')
const { runInThisContext } = require('node:vm')

const script = path.join(__dirname, 'support', 'fuzz.js')
const fault = path.join(__dirname, 'support', 'fault.js')

/** Two rounds. */
const CALLS = 3000

function fuzz(flags, seed) {
  const args = [...flags, script, '--calls', String(CALLS), '--seed', String(seed)]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** The output of a run with the fault, and the text of its call. Long constants do not shrink. */
function shrunk() {
  for (let start = 1; start <= 5; start++) {
    const { status, stderr } = fuzz(['--require', fault], start)
    assert.equal(status, 1)
    const call = /mbox_full\(('.*'|".*")\): det\n {2}ours: {5}0\n {2}original: 2\n/.exec(stderr)
    if (call) return { stderr, text: call[1] }
  }
  return assert.fail('no run has a short call')
}

test('a difference ends the run, is shrunk, and is reproduced with its seed', () => {
  const { stderr, text } = shrunk()
  assert.equal(runInThisContext(text).length, 3, text)
  const [, seed] = /npm run fuzz -- --seed (\d+) /.exec(stderr)
  assert.deepEqual(fuzz(['--require', fault], seed), {
    status: 1,
    stdout: `Seed ${seed}\n`,
    stderr,
  })
})

test('without a difference the run succeeds after the requested number of calls', () => {
  const { status, stdout } = fuzz([], 1)
  assert.equal(status, 0)
  const [, calls] = /(\d+) calls, \d+ calls\/s, \d+ MB\nNo difference\.\n$/.exec(stdout)
  assert.ok(calls >= CALLS, stdout)
})
