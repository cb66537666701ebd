'use strict'

// The measured process: `calls` makes calls of all shapes in turn and drops each result; `workers` starts
// workers, one after the other. It works in shares, as its parent asks, and reports its memory after each.

const assert = require('node:assert/strict')
const { once } = require('node:events')
const { setImmediate: turn } = require('node:timers/promises')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

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

let made = 0

const kinds = {
  calls: (file) => {
    const calls = shapes(require(file))
    return (count) => {
      for (const end = made + count; made < end; made++) calls[made % calls.length]()
    }
  },
  // The main thread does not load the module, so each worker loads the addon and its exit unloads it.
  workers: (file) => async (count) => {
    for (const end = made + count; made < end; made++) {
      const fate = Object.keys(fates)[made % 3]
      await fates[fate].end(new Worker(__filename, { workerData: { fate, file } }))
    }
  },
}

if (isMainThread) {
  const [kind, file] = process.argv.slice(2)
  const work = kinds[kind](file)
  process.on('message', async (count) => {
    await work(count)
    await turn()
    global.gc()
    global.gc()
    const { rss, heapUsed: heap } = process.memoryUsage()
    process.send({ rss, heap })
  })
} else {
  const DSN = require(workerData.file)
  fates[workerData.fate].run(shapes(DSN), DSN)
}
