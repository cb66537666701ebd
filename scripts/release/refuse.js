'use strict'

// npm runs this before it publishes a directory, for which it would build a binary for this system only.

console.error('Only the tarball created by `npm run assemble` may be published: see RELEASING.md.')
process.exitCode = 1
