'use strict'

// A process that passes objects and long texts to every function of the class, and prints what is still
// in memory after a garbage collection: the kinds of objects, and the share of the texts.

const DSN = require('../..')

class Sub extends DSN {}

const calls = [
  (value) => DSN.mbox_full(value),
  (value) => DSN.no_such_user('x', value),
  (value) => DSN.mbox_full(['x', value]),
  (value) => DSN.create(value),
  (value) => DSN.create(550, value, 7, 1),
  (value) => DSN.create(550, 'x', value, 1),
  (value) => DSN.create(550, 'x', 1, value),
  (value) => new DSN(undefined, 'x', value, 1, 1),
  (value) => new Sub(value, value, value, value, value),
  (value) => DSN.parse(value),
  (value) => DSN.parse_report(value),
  (value) => DSN.write_report(value),
  (value) => DSN.lookup(value),
  (value) => DSN.lookup(Object.assign(DSN.mbox_full(), { sub: value, det: value })),
  (value) => Object.assign(DSN.mbox_full(), { cls: value, sub: value, det: value }).status,
]

const KINDS = {
  'an object': () => ({ toString: () => '550 5.1.1 x\n' }),
  'an array': () => ['550 a', '550 b\n'],
  'an array that is a key': () => [1],
  'an Error': () => new Error('x'),
  'a boxed text': () => new String('451'),
  'a boxed number': () => new Number(1),
  'a function': () => () => {},
  bytes: () => new Uint8Array(Buffer.from('550 5.1.1 x')),
  'a report': () => new Uint8Array(Buffer.from('Final-Recipient: rfc822; x\nAction: failed')),
  'a DSN': () => DSN.parse('550 x'),
}

const references = []

/** Remembers a value, if it is an object. */
function remember(kind, value) {
  if (Object(value) === value) references.push({ kind, reference: new WeakRef(value) })
}

function attempt(call, value) {
  try {
    return call(value)
  } catch {
    return undefined
  }
}

for (const [kind, make] of Object.entries(KINDS)) {
  for (const call of calls) {
    const value = make()
    remember(kind, value)
    const result = attempt(call, value)
    if (!DSN.statuses.includes(result)) remember('a result', result)
  }
}

// Much longer ones would get instances of the WebAssembly module of their own.
const LENGTH = 10_000
const TEXTS = 500

function passTexts() {
  const long = 'x'.repeat(LENGTH)
  for (let index = 0; index < TEXTS; index++) {
    for (const start of ['', '550', '5.1.1 ', '550 5.1.1 ', 'Final-Recipient: ']) {
      for (const call of calls) attempt(call, `${start}${index}${long}`.replace('xx', 'y'))
    }
  }
}

function memory() {
  gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

// A new WeakRef keeps its target alive until the end of the current job.
setTimeout(() => {
  const before = memory()
  passTexts()
  const share = (memory() - before) / (TEXTS * LENGTH)
  const alive = references.filter(({ reference }) => reference.deref()).map(({ kind }) => kind)
  console.log(JSON.stringify({ share, alive, passed: references.length }))
}, 10)
