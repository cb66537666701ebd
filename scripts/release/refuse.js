'use strict'

// npm runs this before it publishes a directory, and then builds a binary for this very system.

console.error('A release is the tarball that `npm run assemble` makes: see RELEASING.md.')
process.exitCode = 1
