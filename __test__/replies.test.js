'use strict'

const assert = require('node:assert/strict')
const { test } = require('node:test')

const DSN = require('..')
const replies = require('../tests/data/replies.json')

// What real servers said, and what programs made of it, is read as it was meant. tests/replies.rs reads
// the same file.

const FORMS = {
  'one text': (lines) => lines.join('\r\n'),
  'one text with a last line end': (lines) => `${lines.join('\r\n')}\r\n`,
  'one text with LF': (lines) => lines.join('\n'),
  'an array of lines': (lines) => lines,
  'an array of lines with their ends': (lines) => lines.map((line) => `${line}\r\n`),
  'a Buffer': (lines) => Buffer.from(`${lines.join('\r\n')}\r\n`),
  'a Uint8Array': (lines) => new TextEncoder().encode(lines.join('\r\n')),
}

test('there are at least 60 replies, each with a source, of one line and of several', () => {
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
        { code, status, msg },
        form,
      )
      // Where the server sent none, haraka-dsn's properties say X.0.0.
      const fields = status ?? `${String(code)[0]}.0.0`
      assert.equal(`${dsn.cls}.${dsn.sub}.${dsn.det}`, fields, form)
    }
  })
}
