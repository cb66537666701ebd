'use strict'

const path = require('node:path')

const { wasm } = require('./targets')

require('..')

const prebuilds = path.join(__dirname, '../prebuilds')
const { sharedObjects } = process.report.getReport()

const wasmModule = path.join(prebuilds, wasm.file)

/** The file that the package has loaded: the binary for this platform, or the WebAssembly module. */
const binaryInUse = sharedObjects.find((file) => file.startsWith(prebuilds)) ?? wasmModule

module.exports = { binaryInUse, wasmModule }
