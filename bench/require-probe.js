'use strict'

// Requires the file that it is given and prints what that cost: the time in milliseconds, or, where
// the garbage collector can be called, the memory in bytes. Doing so would spoil the time.

const file = process.argv[2]

if (global.gc) {
  global.gc()
  const before = process.memoryUsage.rss()
  require(file)
  global.gc()
  console.log(process.memoryUsage.rss() - before)
} else {
  const start = process.hrtime.bigint()
  require(file)
  console.log(Number(process.hrtime.bigint() - start) / 1e6)
}
