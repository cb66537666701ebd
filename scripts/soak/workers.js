'use strict'

// The measured process: starts workers, one after the other. The main thread does not load the module,
// so each worker loads the addon and its exit unloads it.

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { onShare } = require('./shares')
const shapes = require('./shapes')

const MANY = 200

/** What a worker does, and how the main thread checks that it ended so. */
const fates = {
  ended: {
    run: (calls) => {
      for (let turn = 0; turn < MANY; turn++) calls[turn % calls.length]()
    },
    end: async (worker) => assert.deepEqual(await once(worker, 'exit'), [0]),
  },
  terminated: {
    run: (calls) => {
      for (let turn = 0; ; turn++) {
        calls[turn % calls.length]()
        if (turn === MANY) parentPort.postMessage('in the middle of its calls')
      }
    },
    end: async (worker) => {
      await once(worker, 'message')
      assert.equal(await worker.terminate(), 1)
    },
  },
  failed: {
    run: (calls, DSN) => {
      for (const call of calls) call()
      DSN.no_such_user([{ toString: () => assert.fail('thrown by the caller') }])
    },
    end: async (worker) => {
      const [error] = await once(worker, 'error')
      assert.equal(error.message, 'thrown by the caller')
      await worker.terminate()
    },
  },
}

const names = Object.keys(fates)
let made = 0

async function runWorker() {
  const fate = names[made++ % names.length]
  const worker = new Worker(__filename, { workerData: { fate, name: process.argv[2] } })
  await fates[fate].end(worker)
}

if (isMainThread) {
  onShare(async (count) => {
    for (let left = count; left > 0; left--) await runWorker()
  })
} else {
  const DSN = require(workerData.name)
  fates[workerData.fate].run(shapes(DSN), DSN)
}
