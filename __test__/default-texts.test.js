'use strict'

// Protects the default texts: the original's are unchanged, and the registry's are added where it has none.

const assert = require('node:assert/strict')
const { test } = require('node:test')

// Without the texts that support/implementations.js adds to it.
const original = require('haraka-dsn')

const DSN = require('..')

// docs/differences.md and the README list the same. The crate's tests compare their texts with the registry.
const ADDED = ['X.6.7', 'X.6.8', 'X.6.9', 'X.7.28', 'X.7.29', 'X.7.30']

// default-texts.slow.js has all.
const last = Number(process.env.LAST_NUMBER ?? 99)

test('the texts of the original are unchanged, and some of the registry are added', () => {
  let kept = 0
  const added = []
  for (let subject = 0; subject <= last; subject++) {
    for (let detail = 0; detail <= last; detail++) {
      const theirs = original.create(550, '', subject, detail).default_msg
      const expected = theirs || (DSN.lookup(`${subject}.${detail}`)?.message ?? '')
      if (theirs) kept++
      else if (expected) added.push(`X.${subject}.${detail}`)
      const { default_msg } = DSN.create(550, '', subject, detail)
      if (default_msg !== expected) assert.equal(default_msg, expected, `X.${subject}.${detail}`)
    }
  }
  assert.equal(kept, 74)
  assert.deepEqual(added, ADDED, 'docs/differences.md lists the same')
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
  const longest = [6, 7].map((subject) => {
    const details = DSN.statuses.filter((status) => status.subject === subject && status.message)
    return Math.max(...details.map(({ detail }) => detail)) + 1
  })
  assert.deepEqual(
    lengths(DSN).map((dsn) => dsn.default_msg),
    longest,
  )
})
