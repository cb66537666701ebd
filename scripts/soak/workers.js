'use strict'

// A process that creates workers, one after the other. The main thread does not load the module, so
// each worker brings the addon into the process and its end takes it out again.

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { onShare } = require('./shares')
const shapes = require('./shapes')

const MANY = 200

/** How a worker lives, and how the main thread sees it end. */
const fates = {
  ended: {
    live: (calls) => {
      for (let turn = 0; turn < MANY; turn++) calls[turn % calls.length]()
    },
    end: async (worker) => assert.deepEqual(await once(worker, 'exit'), [0]),
  },
  terminated: {
    live: (calls) => {
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
    live: (calls, DSN) => {
      for (const call of calls) call()
      DSN.no_such_user([{ toString: () => assert.fail('of the caller') }])
    },
    end: async (worker) => {
      const [error] = await once(worker, 'error')
      assert.equal(error.message, 'of the caller')
      await worker.terminate()
    },
  },
}

const names = Object.keys(fates)
let made = 0

async function spend() {
  const fate = names[made++ % names.length]
  const worker = new Worker(__filename, { workerData: { fate, name: process.argv[2] } })
  await fates[fate].end(worker)
}

if (isMainThread) {
  onShare(async (count) => {
    for (let left = count; left > 0; left--) await spend()
  })
} else {
  const DSN = require(workerData.name)
  fates[workerData.fate].live(shapes(DSN), DSN)
}
