'use strict'

// Protects DSN.parse: replies of real servers, as programs report them, are parsed correctly.
// The crate's tests use the same file.

const assert = require('node:assert/strict')
const { test } = require('node:test')

const DSN = require('..')
const { stripReply } = require('./support/control-characters')
const replies = require('../crates/smtp-status/tests/data/replies.json')

const FORMS = {
  'one string': (lines) => lines.join('\r\n'),
  'one string with a trailing line ending': (lines) => `${lines.join('\r\n')}\r\n`,
  'one string with LF': (lines) => lines.join('\n'),
  'an array of lines': (lines) => lines,
  'an array of lines with their ends': (lines) => lines.map((line) => `${line}\r\n`),
  'a Buffer': (lines) => Buffer.from(`${lines.join('\r\n')}\r\n`),
  'a Uint8Array': (lines) => new TextEncoder().encode(lines.join('\r\n')),
}

test('there are at least 60 replies with sources, of one and of several lines', () => {
  assert.ok(replies.length >= 60)
  assert.ok(replies.every(({ source }) => typeof source === 'string' && source !== ''))
  assert.ok(replies.some(({ reply }) => Array.isArray(reply)))
})

for (const { source, reply, code, status, msg } of replies) {
  const lines = [reply].flat()

  test(`${source}: ${lines[0]}`, () => {
    for (const [form, make] of Object.entries(FORMS)) {
      const dsn = DSN.parse(make(lines))
      assert.ok(dsn, form)
      assert.deepEqual(
        { code: dsn.code, status: dsn.status, msg: dsn.msg },
        { code, status, msg: stripReply(msg) },
        form,
      )
      // If the server sent none, sub and det are 0.
      const fields = status ?? `${String(code)[0]}.0.0`
      assert.equal(`${dsn.cls}.${dsn.sub}.${dsn.det}`, fields, form)
    }
  })
}
