'use strict'

// A process that makes calls of all shapes in turn. Each result is dropped at once.

const { onShare } = require('./shares')
const shapes = require('./shapes')

const calls = shapes(require(process.argv[2]))
let made = 0

onShare((count) => {
  for (const end = made + count; made < end; made++) calls[made % calls.length]()
})
