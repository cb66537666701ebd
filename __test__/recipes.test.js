'use strict'

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')
const vm = require('node:vm')

const DSN = require('..')

// The recipes of the README are plugins, and run as Haraka runs plugins.

const readme = readFileSync(path.join(__dirname, '../README.md'), 'utf8')
const [, recipes] = readme.match(/\n## Recipes\n([\s\S]*?)\n## /)
const plugins = [...recipes.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => {
  const exports = { logged: [], lognotice: (line) => exports.logged.push(line) }
  const required = { 'haraka-dsn': DSN }
  const globals = { exports, require: (name) => required[name], DENYSOFT: 903 }
  vm.runInNewContext(code, globals)
  return exports
})
const [bounce, deferred, own] = plugins

/** What a hook answers. */
const answer = (plugin, hook, ...args) => {
  let answered
  plugin[hook](
    (...list) => {
      answered = list
    },
    ...args,
  )
  return answered
}

/** A recipient as Haraka's outbound leaves it after a reply. */
const refused = (dsn_smtp_code, dsn_smtp_extc, dsn_smtp_response) => ({
  ...{ dsn_smtp_code, dsn_smtp_extc, dsn_smtp_response },
  toString: () => '<anna@example.com>',
})

test('the status of a bounce is logged', () => {
  const rcpt_to = [
    refused('550', '5.1.1', 'No such user'),
    refused('550', undefined, '5.7.26 Unauthenticated'),
    refused('550', undefined, '5.9.9 Strange'),
    refused(undefined, undefined, undefined),
  ]
  assert.deepEqual(answer(bounce, 'hook_bounce', { todo: { rcpt_to } }), [])
  assert.deepEqual(bounce.logged, [
    'bounced <anna@example.com>: 550 5.1.1 (Bad destination mailbox address) No such user',
    'bounced <anna@example.com>: 550 5.7.26 (Multiple authentication checks failed) Unauthenticated',
    'bounced <anna@example.com>: 550 5.9.9 (not registered) Strange',
  ])
})

test('a full mailbox is tried again after hours', () => {
  const full = refused('452', '4.2.2', 'Over quota')
  const busy = refused('421', undefined, 'Busy')
  assert.deepEqual(answer(deferred, 'hook_deferred', { todo: { rcpt_to: [full] } }), [903, 21600])
  assert.deepEqual(answer(deferred, 'hook_deferred', { todo: { rcpt_to: [full, busy] } }), [])
})

test('a helper of your own is added to the class', (t) => {
  t.after(() => delete DSN.greylisted)
  own.register()
  const [verdict, dsn] = answer(own, 'hook_rcpt')
  assert.equal(verdict, 903)
  assert.equal(`${dsn.code} ${dsn}`, '451 4.7.1 Greylisted, come back later')
})
