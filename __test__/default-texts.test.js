'use strict'

const assert = require('node:assert/strict')
const { test } = require('node:test')

// As it was published, before any other test can add texts to it.
const original = require('haraka-dsn')

const { NEW_TEXTS } = require('./support/texts')

const DSN = require('..')

const newText = (subject, detail) => NEW_TEXTS[subject]?.[detail] ?? ''

test('the texts of the original are the same, and six of the registry are added', () => {
  let [kept, added] = [0, 0]
  for (let subject = 0; subject <= 999; subject++) {
    for (let detail = 0; detail <= 999; detail++) {
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

test('X.6.10, the deprecated duplicate of X.6.8, has no text, as in the original', () => {
  assert.equal(DSN.create(550, undefined, 6, 10).default_msg, '')
  assert.equal(DSN.create(550, undefined, 6, 10).reply, '5.6.10 ')
})

test('the arrays that a detail such as length reaches are longer by the added texts', () => {
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
