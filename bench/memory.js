'use strict'

// What a DSN takes while it is kept, beside haraka-dsn's, and what is left when it is not.
//
//   npm run bench:memory

const original = require('haraka-dsn')
const ours = require('..')

const count = 200_000
const kinds = {
  'no arguments': (DSN) => DSN.no_such_user(),
  'constant message': (DSN) => DSN.no_such_user('Never heard of her'),
  'message built for the call': (DSN, at) => DSN.no_such_user(`Never heard of user ${at}`),
  'message with CR LF': (DSN, at) => DSN.no_such_user(`Never heard\r\nof user ${at}`),
  '3 lines': (DSN) => DSN.mbox_disabled(['one line', 'another line', 'a third line']),
  'create(code, msg, 7, 1)': (DSN) => DSN.create(550, 'Go away', 7, 1),
  'new DSN(code, msg, def, 7, 1)': (DSN) => new DSN(550, 'Go away', 450, 7, 1),
}

function heap() {
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed
}

/** Bytes for each DSN that is kept, and for each that was dropped again. */
function measure(make, DSN) {
  const kept = new Array(count).fill(null)
  const before = heap()
  for (let at = 0; at < count; at++) kept[at] = make(DSN, at)
  const during = heap()
  kept.fill(null)
  const after = heap()
  return { kept: (during - before) / kept.length, dropped: (after - before) / kept.length }
}

console.log(
  `${'bytes of a DSN that is kept (left)'.padEnd(40)}${'haraka-dsn'.padStart(16)}${'ours'.padStart(16)}`,
)
for (const [name, make] of Object.entries(kinds)) {
  const columns = [original, ours].map((DSN) => {
    measure(make, DSN) // compiles what the second measurement is then not charged for
    const { kept, dropped } = measure(make, DSN)
    return `${kept.toFixed(1)} (${dropped.toFixed(2)})`.padStart(16)
  })
  console.log(`${name.padEnd(40)}${columns.join('')}`)
}
