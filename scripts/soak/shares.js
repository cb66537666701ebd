'use strict'

// The measured process's side: it works in shares, as the parent asks, and reports its memory after
// each.

const { setImmediate: turn } = require('node:timers/promises')

exports.onShare = (work) => {
  process.on('message', async (count) => {
    await work(count)
    await turn()
    global.gc()
    global.gc()
    const { rss, heapUsed: heap } = process.memoryUsage()
    process.send({ rss, heap })
  })
}
