'use strict'

// A process of the soak test: `calls` makes all calls in turn and drops each result; `workers` starts
// workers, one after the other, which do. It works in shares, as its parent asks, and then reports its
// memory.

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { setImmediate: turn } = require('node:timers/promises')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { shapes, values } = require('./shapes')

const page = 'A line that is too long for the stack\r\n'.repeat(100)
const refusal = '550-5.7.26 Unauthenticated mail is not accepted\r\n550 5.7.26 here\r\n'
const throwing = { toString: () => assert.fail('no text') }
const { proxy, revoke } = Proxy.revocable([], {})
revoke()

/** The calls of the benchmark, and calls that throw, call back or need a buffer on the heap. */
const calls = [
  ...Object.values(shapes),
  (DSN) => DSN.no_such_user(page),
  (DSN) => DSN.no_such_user(`${page}ж`),
  (DSN) => DSN.mbox_disabled([page, 'short\n', null, undefined, 42]),
  (DSN) => DSN.mbox_full({ toString: () => String(DSN.no_such_user('inner\n')) }, '452'),
  (DSN) => DSN.mbox_full([{ toString: () => page }], { toString: () => '552' }),
  (DSN) => DSN.create('550', 'a\tb', '7\n', '1'),
  (DSN) => new (class extends DSN {})(550, 'of a subclass\n', 450, 7, 1),
  (DSN) => DSN.no_such_user(throwing),
  (DSN) => DSN.no_such_user(['first', throwing]),
  (DSN) => DSN.no_such_user('text', throwing),
  (DSN) => DSN.create(550, 'text', Symbol('subject'), 1),
  (DSN) => DSN.no_such_user('text', Symbol('code')),
  (DSN) => DSN.no_such_user(proxy),
  (DSN) => new DSN.no_such_user(),
  // haraka-dsn does not have these, and throws.
  (DSN) => DSN.parse(refusal),
  (DSN) => DSN.parse([page, refusal]),
  (DSN) => DSN.parse(Buffer.from(refusal)),
  (DSN) => DSN.parse(proxy),
  (DSN) => DSN.lookup('5.7.26'),
  (DSN) => DSN.lookup(DSN.mbox_full()),
  (DSN) => DSN.lookup(throwing),
  (DSN) => DSN.lookup('no status'),
]

let made = 0

function makeCalls(DSN, count) {
  for (const end = made + count; made < end; made++) {
    try {
      calls[made % calls.length](DSN, values)
    } catch {}
  }
}

/** What a worker does. Each loads the addon, and unloads it when it ends, because nothing else does. */
function work({ file, fate }) {
  const DSN = require(file)
  makeCalls(DSN, 200)
  parentPort.postMessage('in the middle of its calls')
  while (fate === 'terminated') makeCalls(DSN, 200)
  if (fate === 'failed') throw new Error('thrown by the worker')
}

/** What the main thread does to a worker, and how that ends. */
const fates = {
  ended: async (worker) => assert.deepEqual(await once(worker, 'exit'), [0]),
  terminated: async (worker) => {
    await once(worker, 'message')
    assert.equal(await worker.terminate(), 1)
  },
  failed: async (worker) => {
    const [error] = await once(worker, 'error')
    assert.equal(error.message, 'thrown by the worker')
    await worker.terminate()
  },
}

async function startWorkers(file, count) {
  for (const end = made + count; made < end; made++) {
    const fate = Object.keys(fates)[made % 3]
    await fates[fate](new Worker(__filename, { workerData: { file, fate } }))
  }
}

if (isMainThread) {
  const [kind, file] = process.argv.slice(2)
  const DSN = kind === 'calls' && require(file)
  process.on('message', async (count) => {
    if (DSN) makeCalls(DSN, count)
    else await startWorkers(file, count)
    await turn()
    global.gc()
    global.gc()
    const { rss, heapUsed: heap } = process.memoryUsage()
    process.send({ rss, heap })
  })
} else work(workerData)
