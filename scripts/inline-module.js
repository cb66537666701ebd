'use strict'

const fs = require('node:fs')

/** Writes the WebAssembly module as JavaScript beside it, for wasm-inline.js. */
function inlineModule(file) {
  const text = fs.readFileSync(file).toString('base64')
  fs.writeFileSync(`${file}.js`, `module.exports = '${text}'\n`)
}

module.exports = { inlineModule }
