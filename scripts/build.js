'use strict'

// Builds the addon:
//
//   node scripts/build.js [--features node] [--output prebuilds]
//
// Not with `napi build`: Cargo optimizes at link time only where the cdylib is all that it makes of
// the crate, and to ask for that takes `cargo rustc`.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { parseTriple } = require('@napi-rs/cli')

const { napi } = require('../package.json')

const { features, output } = parseArgs({
  options: {
    features: { type: 'string', default: 'node' },
    output: { type: 'string', default: 'prebuilds' },
  },
}).values

const run = (command, ...args) =>
  execFileSync(command, args, {
    encoding: 'utf8',
    stdio: ['inherit', 'pipe', 'inherit'],
    maxBuffer: Number.POSITIVE_INFINITY,
  })

/** What Cargo says of each file that it made, the addon's last. */
function compile() {
  const messages = run(
    'cargo',
    ...['rustc', '--locked', '--release', '--lib', '--crate-type', 'cdylib'],
    ...['--features', features, '--message-format', 'json-render-diagnostics'],
  )
  const artifacts = messages.split('\n').filter((line) => line.includes('"compiler-artifact"'))
  return JSON.parse(artifacts.at(-1)).filenames[0]
}

const [, triple] = run('rustc', '-vV').match(/^host: (.+)$/m)
const { platformArchABI } = parseTriple(triple)
const file = path.join(output, `${napi.binaryName}.${platformArchABI}.node`)

const library = compile()
fs.mkdirSync(output, { recursive: true })
fs.rmSync(file, { force: true }) // A process may have the old one mapped: it keeps it.
fs.copyFileSync(library, file)
console.log(file)
