'use strict'

// Checks that memory does not grow more than with haraka-dsn in a process that makes calls of all kinds, and
// starts workers that exit, are terminated in the middle of a call, or throw.
//
//   npm run soak [-- <calls> <workers>]

const { execFileSync } = require('node:child_process')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { shapes, values } = require('./calls')
const { median } = require('./statistics')

const SHARES = 100
const TOLERANCE = 4 // MB

const page = 'A line that is too long for the stack\r\n'.repeat(100)
const report = 'Final-Recipient: rfc822; x\nAction: failed\nDiagnostic-Code: smtp; 550 x'
const throwing = { toString: () => JSON.parse('no text') }

/** The calls of the benchmark, and some that need memory for a text, call back or throw. */
const calls = [
  ...Object.values(shapes),
  (DSN) => DSN.mbox_disabled([page, 'short\n', null, undefined, 42]),
  (DSN) => DSN.mbox_full({ toString: () => String(DSN.no_such_user(`${page}ж`)) }, '452'),
  (DSN) => DSN.no_such_user(['first', throwing]),
  (DSN) => DSN.create(550, 'text', Symbol('subject'), 1),
  // haraka-dsn does not have these, and throws.
  (DSN) => DSN.lookup(DSN.parse([page, '550 5.7.26 here\r\n'])),
  (DSN) => DSN.write_report(DSN.parse_report(report), { to: 'anna@example.com' }),
]

function makeCalls(DSN, count) {
  for (let made = 0; made < count; made++) {
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
  while (fate === 'is terminated') makeCalls(DSN, 200)
  if (fate === 'throws') throw new Error('thrown by the worker')
}

async function runWorker(file, fate) {
  const worker = new Worker(__filename, { workerData: { file, fate } })
  const started = new Promise((resolve) => worker.once('message', resolve))
  const ended = new Promise((resolve, reject) =>
    worker.on('error', (error) => fate === 'throws' || reject(error)).on('exit', resolve),
  )
  await Promise.race([started, ended]) // An error can arrive before the message.
  if (fate === 'is terminated') await worker.terminate()
  await ended
}

/** In a process of its own: prints the growth of its memory in MB from the second quarter to the last. */
async function measureGrowth(calls, workers, file) {
  const samples = []
  for (let share = 0; share < SHARES; share++) {
    makeCalls(require(file), calls / SHARES)
    for (let started = 0; started < workers / SHARES; started++) {
      await runWorker(file, ['exits', 'is terminated', 'throws'][started % 3])
    }
    global.gc()
    samples.push(process.memoryUsage.rss() / 2 ** 20)
  }
  // V8 and the allocator settle in the first quarter, and single samples are noisy.
  console.log(median(samples.slice(-SHARES / 4)) - median(samples.slice(SHARES / 4, SHARES / 2)))
}

function compare(calls = '20000000', workers = '2000') {
  const files = [require.resolve('haraka-dsn'), require.resolve('..')]
  const [theirs, ours] = files.map((file) => {
    const args = ['--expose-gc', __filename, calls, workers, file]
    return Number(execFileSync(process.execPath, args))
  })
  console.log(`growth: ${theirs.toFixed(1)} MB with haraka-dsn, ${ours.toFixed(1)} MB with ours`)
  if (ours > Math.max(0, theirs) + TOLERANCE) process.exitCode = 1
}

const options = process.argv.slice(2)
if (!isMainThread) work(workerData)
else if (options.length === 3) measureGrowth(...options)
else compare(...options)
