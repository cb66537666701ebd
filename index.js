'use strict'

module.exports = require('./lib/class.js')(require('./binding.js'))

// This line never runs: Node.js finds the named exports, which lib/class.js lists, by reading it.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that Node.js recognizes
0 && (module.exports = require('./lib/class.js'))
