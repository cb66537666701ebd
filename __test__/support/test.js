'use strict'

// `test` of node:test, or as much of it as the parity tests use where a runtime has none or less.

const { Bun, Deno } = globalThis
const [major] = process.versions.node.split('.')

const hasAll = !Bun && !Deno && Number(major) >= 20

module.exports = hasAll ? require('node:test') : require('./stand-in')
