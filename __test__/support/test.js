'use strict'

// `test` of node:test, or a replacement with what the parity tests use if the runtime lacks some of it.

const { Bun, Deno } = globalThis
const [major] = process.versions.node.split('.')

const hasAll = !Bun && !Deno && Number(major) >= 20

module.exports = hasAll ? require('node:test') : require('./stand-in')
