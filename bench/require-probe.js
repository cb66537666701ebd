'use strict'

// Requires the file of the first argument and prints the time in milliseconds or, with --expose-gc, the
// memory in bytes: collecting garbage would distort the time.

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
