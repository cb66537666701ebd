'use strict'

// Protects the binary used without any other file of this package.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { test } = require('node:test')

const { binaryInUse } = require('./support/copy')
const { ours: DSN, original } = require('./support/subjects')

test('the binary works without any other file of the package', () => {
  const script = `
    const native = require(${JSON.stringify(binaryInUse)})
    const { no_such_user } = native
    const results = [no_such_user('x', 550), native.create(550, ['a\\n'], 7, 1), native.parse('450 x')]
    const loaded = Object.keys(require.cache)
    console.log(JSON.stringify({ results, status: native.lookup('5.1.1').status, loaded }))`
  const output = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' })
  const { results, status, loaded } = JSON.parse(output)
  const expected = [
    original.no_such_user('x', 550),
    original.create(550, ['a\n'], 7, 1),
    DSN.parse('450 x'),
  ]
  assert.deepEqual(results, JSON.parse(JSON.stringify(expected)))
  assert.deepEqual([status, loaded], ['X.1.1', [binaryInUse]])
})

test('the error of a failed Node-API call has the function and the status', () => {
  const { create, helper, parse } = require(binaryInUse).unbound
  const message = 'napi_call_function failed with status 1 of Node-API'
  for (const maker of [undefined, null, {}, 'x']) {
    for (const call of [
      () => helper.call(maker),
      () => helper.call(maker, 'x', 550),
      () => create.call(maker, 550, 'x', 1, 1),
      () => parse.call(maker, '550 x'),
    ]) {
      assert.throws(call, { name: 'Error', message })
    }
  }
})
