'use strict'

// A process that gets no more memory than it has and a little, and prints what then comes of calls
// that copy a long text.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')

const DSN = require('../..')

const little = 150e6
const text = 'x'.repeat(300e6)
const reply = `${'550-x\n'.repeat(8e6)}550 x`
// Reading a character makes V8 put the text together, for which it needs memory.
for (const each of [text, reply]) each.charCodeAt(1)

const [, taken] = /^VmSize:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))
execFileSync('prlimit', [`--pid=${process.pid}`, `--as=${taken * 1024 + little}`])

const parsed = DSN.parse(reply)
let thrown
try {
  DSN.mbox_full(text)
} catch ({ name, message }) {
  thrown = `${name}: ${message}`
}
console.log(JSON.stringify({ thrown, parsed, short: DSN.mbox_full('x\n').reply }))
