'use strict'

/** Whether the backend under test is the binary, and not the WebAssembly module. */
const isBinary = process.env.HARAKA_DSN_RS_BACKEND !== 'wasm'

module.exports = { isBinary }
