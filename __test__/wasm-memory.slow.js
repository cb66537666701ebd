'use strict'

// Protects a process with the WebAssembly module from texts of hundreds of megabytes: a module's memory
// never shrinks, and has a limit.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { test } = require('node:test')

const { wasm } = require('../scripts/targets')

const root = path.join(__dirname, '..')

function reasonToSkip() {
  if (!fs.existsSync(path.join(root, 'prebuilds', wasm.file)))
    return 'it was built without the WebAssembly module'
  return os.totalmem() < 4 * 2 ** 30 && 'needs 4 GB of memory'
}

const skip = reasonToSkip()

/** The JSON that a script prints, which has `DSN` with the module for its backend. */
function outputOf(script) {
  const args = ['--expose-gc', '-e', `const DSN = require(${JSON.stringify(root)})\n${script}`]
  const env = { ...process.env, HARAKA_DSN_RS_BACKEND: 'wasm' }
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', env }))
}

test('texts of 100 MB leave nothing resident', { skip }, () => {
  const { lengths, resident } = outputOf(`
    const before = process.memoryUsage.rss()
    const length = 100_000_000
    const lengthsOf = () => {
      const long = 'x'.repeat(length)
      return [
        DSN.create(550, 'text', long, 1).reply.length,
        DSN.mbox_full(long + '\\n').reply.length,
        DSN.mbox_full('text', '550' + long).reply.length,
        DSN.parse('550 ' + long).msg.length,
        DSN.parse(Buffer.alloc(length)),
      ]
    }
    const lengths = lengthsOf()
    // What V8 frees after a garbage collection takes another task.
    const timer = setInterval(() => {
      gc()
      const resident = process.memoryUsage.rss() - before
      if (resident > 20e6 && ++timer.rounds < 20) return
      clearInterval(timer)
      console.log(JSON.stringify({ lengths, resident }))
    }, 100)
    timer.rounds = 0`)
  assert.deepEqual(lengths, [100_000_009, 100_000_006, 10, 100_000_000, null])
  assert.ok(resident < 50e6, `${resident} bytes`)
})

test('a text for which the module has no memory is a RangeError', { skip }, () => {
  const outcomes = outputOf(`
    const outcome = (call) => {
      try {
        return call()
      } catch ({ name, message }) {
        return name + ': ' + message
      }
    }
    const long = 'x'.repeat(500_000_000)
    const outcomes = [
      outcome(() => DSN.create(550, 'text', long, 1)),
      outcome(() => DSN.create(550, 'text', 1, long)),
      outcome(() => DSN.parse(long)),
      outcome(() => DSN.parse_report(long)),
      outcome(() => DSN.mbox_full('x\\n').reply),
    ]
    console.log(JSON.stringify(outcomes))`)
  const error = 'RangeError: The text is too long for the WebAssembly module'
  assert.deepEqual(outcomes, [...Array(4).fill(error), '4.2.2 x'])
})
