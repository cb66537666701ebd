'use strict'

module.exports = require('./lib/class.js')(require('./binding.js'))

// Never executed: from this line Node.js knows that the named exports are those that lib/class.js lists.
// biome-ignore lint/suspicious/noAssignInExpressions: the form that Node.js recognizes
0 && (module.exports = require('./lib/class.js'))
