'use strict'

// A process that calls the module of the first argument with strings and arrays of the maximum size, and
// prints the outcomes as JSON.

const { constants } = require('node:buffer')
const { createHash } = require('node:crypto')

const DSN = require(process.argv[2])

const longest = 'x'.repeat(constants.MAX_STRING_LENGTH)
const prefix = '4.2.2 '
const million = 1_000_000

const calls = {
  'the longest text': () => DSN.mbox_full(longest),
  'the longest text, by a helper with a custom default text': () => DSN.no_such_user(longest),
  'the longest text from a toString': () => DSN.mbox_full({ toString: () => longest }),
  'the longest line': () => DSN.mbox_full(['short', longest]),
  'the longest text by new': () => new DSN(550, longest, 450, 1, 1),
  'the longest detail': () => DSN.create(550, 'text', 1, longest),
  'the longest code': () => DSN.mbox_full('text', `550${longest.slice(3)}`),
  'the longest text that fits': () => DSN.mbox_full(longest.slice(prefix.length)),
  'short lines before the longest line that fits': () =>
    DSN.mbox_full(['one\n', 'two', longest.slice(prefix.length)]),
  'lines that do not fit into one text': () => `${DSN.mbox_full([longest.slice(6), 'one more'])}`,
  'a million lines': () => DSN.mbox_full(Array.from({ length: million }, (_, i) => `line ${i}\n`)),
  'a million holes': () => DSN.mbox_full(new Array(million)),
  'two million holes and a line': () => {
    const lines = []
    lines[2 * million] = 'the end\n'
    return DSN.mbox_full(lines)
  },
}

function outcome(call) {
  try {
    const { code, reply } = call()
    const hash = createHash('sha1')
    for (const line of [reply].flat()) hash.update(line).update('\n')
    return { code: String(code).slice(0, 10), length: reply.length, hash: hash.digest('hex') }
  } catch ({ name, message }) {
    return `${name}: ${message}`
  }
}

const outcomes = Object.entries(calls).map(([name, call]) => [name, outcome(call)])
console.log(JSON.stringify(Object.fromEntries(outcomes)))
