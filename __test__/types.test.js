'use strict'

// Protects index.d.ts: it declares what exists at run time, and its documentation is correct.

const assert = require('node:assert/strict')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const DSN = require('..')

const types = readFileSync(path.join(__dirname, '../index.d.ts'), 'utf8')

const declared = (pattern) => [...types.matchAll(pattern)].map(([, name]) => name).sort()

test('index.d.ts declares exactly the statics that exist', () => {
  const of_every_class = ['length', 'name', 'prototype']
  const statics = Object.getOwnPropertyNames(DSN).filter((name) => !of_every_class.includes(name))
  assert.deepEqual(declared(/^ {2}(?:function|const) (\w+)\b/gm), statics.sort())
})

test('index.d.ts declares exactly the fields that a DSN has', () => {
  assert.deepEqual(declared(/^ {2}(\w+): /gm), Object.keys(DSN.create()).sort())
})

test('index.d.ts declares exactly the accessors and methods that a DSN inherits', () => {
  const inherited = Object.getOwnPropertyNames(DSN.prototype)
  assert.deepEqual(declared(/^ {2}(?:get )?(\w+)\(/gm), inherited.sort())
})

test('index.d.ts declares exactly the fields of a record and of its helpers', () => {
  const [{ helpers, ...record }] = DSN.statuses
  const keys = [...Object.keys({ ...record, helpers }), ...Object.keys(helpers[0])]
  assert.deepEqual(declared(/^ {4}readonly (\w+): /gm), keys.sort())
})

test('index.d.ts documents the reply of every helper', () => {
  const docs = [...types.matchAll(/^ {3}\* `(\d+) (.*)` \(.*\n[\s\S]*?\n {2}function (\w+)\(/gm)]
  const helpers = declared(/^ {2}function (\w+)\(msg\?: DSN\.Message, code\?: DSN\.Code\): DSN$/gm)
  assert.ok(helpers.length > 90)
  assert.deepEqual(docs.map(([, , , name]) => name).sort(), helpers)
  for (const [doc, code, reply, name] of docs) {
    const dsn = DSN[name]()
    assert.deepEqual([String(dsn.code), dsn.reply], [code, reply], doc)
    const verdict = { 2: 'OK', 4: 'DENYSOFT', 5: 'DENY' }[dsn.cls]
    assert.ok(doc.includes(`next(${verdict}, DSN.${name}())`), doc)
  }
})
