'use strict'

// A process that calls the module of the first argument with strings and arrays of the maximum size, and
// prints the outcomes as JSON.

const { constants } = require('node:buffer')
const { createHash } = require('node:crypto')

const DSN = require(process.argv[2])

const longest = 'x'.repeat(constants.MAX_STRING_LENGTH)
const fitting = longest.slice('4.2.2 '.length)
const million = 1_000_000

const calls = [
  ...[() => DSN.mbox_full(longest), () => DSN.no_such_user(longest)],
  () => DSN.mbox_full({ toString: () => longest }),
  () => DSN.mbox_full(['short', longest]),
  () => new DSN(550, longest, 450, 1, 1),
  () => DSN.create(550, 'text', 1, longest),
  () => DSN.mbox_full('text', `550${longest.slice(3)}`),
  // These fit, but the lines do not fit into one text.
  () => DSN.mbox_full(fitting),
  () => DSN.mbox_full(['one\n', 'two', fitting]),
  () => `${DSN.mbox_full([fitting, 'one more'])}`,
  () => DSN.mbox_full(Array.from({ length: million }, (_, i) => `line ${i}\n`)),
  () => DSN.mbox_full(new Array(million)),
  () => DSN.mbox_full(Object.assign([], { [2 * million]: 'the end\n' })),
]

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

console.log(JSON.stringify(calls.map((call) => [String(call), outcome(call)])))
