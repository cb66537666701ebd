'use strict'

// Protects the default texts: the original's are unchanged, and six of the registry are added.

const assert = require('node:assert/strict')
const { test } = require('node:test')

// Without the texts that support/subjects.js adds to it.
const original = require('haraka-dsn')

const { NEW_TEXTS } = require('./support/texts')

const DSN = require('..')

// default-texts.slow.js has all.
const last = Number(process.env.LAST_NUMBER ?? 99)

const newText = (subject, detail) => NEW_TEXTS[subject]?.[detail] ?? ''

test('the texts of the original are unchanged, and six of the registry are added', () => {
  let [kept, added] = [0, 0]
  for (let subject = 0; subject <= last; subject++) {
    for (let detail = 0; detail <= last; detail++) {
      const theirs = original.create(550, '', subject, detail).default_msg
      const expected = theirs || newText(subject, detail)
      if (theirs) kept++
      else if (expected) added++
      const { default_msg } = DSN.create(550, '', subject, detail)
      if (default_msg !== expected) assert.equal(default_msg, expected, `X.${subject}.${detail}`)
    }
  }
  assert.deepEqual({ kept, added }, { kept: 74, added: 6 })
})

test('X.6.10, the deprecated duplicate of X.6.8, has no text, like the original', () => {
  assert.equal(DSN.create(550, undefined, 6, 10).default_msg, '')
  assert.equal(DSN.create(550, undefined, 6, 10).reply, '5.6.10 ')
})

test('a detail such as length, a property of the array of texts, reflects the added texts', () => {
  const lengths = (Class) => [6, 7].map((subject) => Class.create(550, '', subject, 'length'))
  assert.deepEqual(
    lengths(original).map((dsn) => dsn.default_msg),
    [7, 28],
  )
  assert.deepEqual(
    lengths(DSN).map((dsn) => dsn.default_msg),
    [10, 31],
  )
})
