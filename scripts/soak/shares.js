'use strict'

// The side of the measured process. It does its work in shares, as the parent asks, and tells what
// memory it has after each.

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
