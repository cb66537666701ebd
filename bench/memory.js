'use strict'

// Measures the heap per DSN, compared with haraka-dsn: while it is referenced, and after garbage
// collection.
//
//   npm run bench:memory

const original = require('haraka-dsn')
const ours = require('..')

const count = 200_000
const kinds = {
  'no arguments': (DSN) => DSN.no_such_user(),
  'constant message': (DSN) => DSN.no_such_user('Never heard of her'),
  'message built for the call': (DSN, number) => DSN.no_such_user(`Never heard of user ${number}`),
  'message with CR LF': (DSN, number) => DSN.no_such_user(`Never heard\r\nof user ${number}`),
  '3 lines': (DSN) => DSN.mbox_disabled(['one line', 'another line', 'a third line']),
  'create(code, msg, 7, 1)': (DSN) => DSN.create(550, 'Go away', 7, 1),
  'new DSN(code, msg, def, 7, 1)': (DSN) => new DSN(550, 'Go away', 450, 7, 1),
}

function heap() {
  global.gc()
  global.gc()
  return process.memoryUsage().heapUsed
}

/** Bytes per DSN while all are referenced, and after they were released. */
function measure(make, DSN) {
  const kept = new Array(count).fill(null)
  const before = heap()
  for (let number = 0; number < count; number++) kept[number] = make(DSN, number)
  const during = heap()
  kept.fill(null)
  const after = heap()
  return { kept: (during - before) / kept.length, dropped: (after - before) / kept.length }
}

console.log(
  `${'bytes per DSN (after its release)'.padEnd(40)}${'haraka-dsn'.padStart(16)}${'ours'.padStart(16)}`,
)
for (const [name, make] of Object.entries(kinds)) {
  const columns = [original, ours].map((DSN) => {
    measure(make, DSN) // warm-up: one-time compilation and allocation
    const { kept, dropped } = measure(make, DSN)
    return `${kept.toFixed(1)} (${dropped.toFixed(2)})`.padStart(16)
  })
  console.log(`${name.padEnd(40)}${columns.join('')}`)
}
