'use strict'

// A process that passes objects and long texts to every function of the class, and prints what is still
// in memory after a garbage collection: the kinds of objects, and the share of the texts.

const DSN = require('../../..')

class Sub extends DSN {}

const calls = [
  ...[(value) => DSN.mbox_full(value), (value) => DSN.no_such_user('x', value)],
  ...[(value) => DSN.mbox_full(['x', value]), (value) => DSN.create(value)],
  (value) => DSN.create(550, value, 7, 1),
  ...[(value) => DSN.create(550, 'x', value, 1), (value) => DSN.create(550, 'x', 1, value)],
  (value) => new DSN(undefined, 'x', value, 1, 1),
  (value) => new Sub(value, value, value, value, value),
  ...[DSN.parse, DSN.parse_report, DSN.write_report, DSN.lookup],
  (value) => DSN.lookup(Object.assign(DSN.mbox_full(), { sub: value, det: value })),
  (value) => Object.assign(DSN.mbox_full(), { cls: value, sub: value, det: value }).status,
]

const makers = [
  ...[() => ({ toString: () => '550 5.1.1 x\n' }), () => ['550 a', '550 b\n'], () => [1]],
  ...[() => new Error('x'), () => new String('451'), () => new Number(1), () => () => {}],
  () => new Uint8Array(Buffer.from('550 5.1.1 x')),
  () => new Uint8Array(Buffer.from('Final-Recipient: rfc822; x\nAction: failed')),
  () => DSN.parse('550 x'),
]

const references = []

/** Remembers a value, if it is an object, and what it is. */
function remember(kind, value) {
  if (Object(value) === value) references.push({ kind, reference: new WeakRef(value) })
}

function attempt(call, value) {
  try {
    return call(value)
  } catch {}
}

for (const make of makers) {
  for (const call of calls) {
    const value = make()
    remember(`passed: ${make}`, value)
    const result = attempt(call, value)
    if (!DSN.statuses.includes(result)) remember(`returned: ${call}`, result)
  }
}

// Much longer ones would get instances of the WebAssembly module of their own.
const LENGTH = 10_000
const TEXTS = 500

function passTexts() {
  const long = 'x'.repeat(LENGTH)
  for (let index = 0; index < TEXTS; index++) {
    for (const start of ['', '550', '5.1.1 ', '550 5.1.1 ', 'Final-Recipient: '])
      for (const call of calls) attempt(call, `${start}${index}${long}`.replace('xx', 'y'))
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
