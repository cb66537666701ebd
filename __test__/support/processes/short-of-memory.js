'use strict'

// A process that limits its memory to little more than it already has, and prints the outcome of calls that
// copy a long string.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')

const DSN = require('../../..')

const text = 'x'.repeat(100e6)
const reply = `${'550-x\n'.repeat(1e6)}550 x`
// Reading a character makes V8 flatten the string, which needs memory.
for (const each of [text, reply]) each.charCodeAt(1)

const [, used] = /^VmSize:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'))
execFileSync('prlimit', [`--pid=${process.pid}`, `--as=${used * 1024 + 150e6}`])

function attempt(call) {
  try {
    return call()
  } catch ({ name }) {
    return name
  }
}

const parsed = attempt(() => DSN.parse(reply).msg.length)
const message = attempt(() => DSN.mbox_full(text).reply.length)
console.log(JSON.stringify({ reply: parsed, message, short: DSN.mbox_full('x\n').reply }))
