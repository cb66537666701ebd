'use strict'

const [major] = process.versions.node.split('.')

// node:test, or its port for Node.js 14, which has none.
module.exports =
  Number(major) < 16 ? require('../../scripts/runtimes/node_modules/test') : require('node:test')
