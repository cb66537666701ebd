'use strict'

// The same class with the WebAssembly module in its source: for bundles, which have no other files.

const bytes = Buffer.from(require('./prebuilds/haraka-dsn.wasm.js'), 'base64')

module.exports = require('./lib/class.js')(require('./lib/wasm.js')(bytes))

// This line never runs: Node.js finds the named exports by reading it.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that Node.js recognizes
0 && (module.exports = require('./lib/class.js'))
