'use strict'

// Checks that memory does not grow in a long-running process, compared with haraka-dsn: millions of
// calls of all kinds, and workers that exit, are terminated in the middle of a call, or throw.
//
//   npm run soak [-- --calls 20000000 --workers 2000]

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { once } = require('node:events')
const { setImmediate: turn } = require('node:timers/promises')
const { parseArgs } = require('node:util')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { table } = require('../scripts/document')
const { shapes, values } = require('./shapes')
const { median } = require('./statistics')

const SAMPLES = 100
const TOLERANCE = 4 * 2 ** 20

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
function runWorker({ file, fate }) {
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

const kinds = {
  calls: (count, file) => makeCalls(require(file), count),
  workers: async (count, file) => {
    for (const end = made + count; made < end; made++) {
      const fate = Object.keys(fates)[made % 3]
      await fates[fate](new Worker(__filename, { workerData: { file, fate } }))
    }
  },
}

/** In a process of its own: prints the memory after each share of the calls or workers. */
async function sample(kind, total, file) {
  const samples = { rss: [], heap: [] }
  for (let count = 0; count <= SAMPLES; count++) {
    // The first share is small: it loads and warms up everything.
    await kinds[kind](Math.ceil(total / SAMPLES / (count ? 1 : 10)), file)
    await turn()
    global.gc()
    global.gc()
    const { rss, heapUsed } = process.memoryUsage()
    samples.rss.push(rss)
    samples.heap.push(heapUsed)
  }
  console.log(JSON.stringify(samples))
}

/**
 * The growth from the second quarter to the last, as medians: V8 and the allocator settle in the first
 * quarter, and single samples are noisy.
 */
function growth(memory) {
  const quarter = (number) =>
    median(memory.slice((SAMPLES * (number - 1)) / 4, (SAMPLES * number) / 4))
  return quarter(4) - quarter(2)
}

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`

/** Prints the memory with each package, and fails if it grows more with ours. */
function soak(kind, total) {
  const [theirs, ours] = [require.resolve('haraka-dsn'), require.resolve('..')].map((file) =>
    JSON.parse(execFileSync(process.execPath, ['--expose-gc', __filename, kind, total, file])),
  )
  const rows = ['rss', 'heap'].flatMap((what) =>
    Object.entries({ 'haraka-dsn': theirs[what], ours: ours[what] }).map(([name, memory]) => {
      const points = [0, 25, 50, 75, 100].map((index) => memory[index])
      return [`${name}, ${what}`, ...[...points, growth(memory)].map(megabytes)]
    }),
  )
  console.log(
    `\n${table([`${total} ${kind}`, '0 %', '25 %', '50 %', '75 %', '100 %', 'growth'], rows)}`,
  )
  for (const what of ['rss', 'heap']) {
    if (growth(ours[what]) <= Math.max(0, growth(theirs[what])) + TOLERANCE) continue
    console.log(`${what} GROWS`)
    process.exitCode = 1
  }
}

function main() {
  const { calls, workers } = parseArgs({
    options: {
      calls: { type: 'string', default: '20000000' },
      workers: { type: 'string', default: '2000' },
    },
  }).values
  soak('calls', calls)
  soak('workers', workers)
}

const [kind, total, file] = process.argv.slice(2)
if (!isMainThread) runWorker(workerData)
else if (kind in kinds) sample(kind, Number(total), file)
else main()
