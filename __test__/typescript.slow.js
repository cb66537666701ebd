'use strict'

// Protects what other modules declare for this package, with the oldest TypeScript and the newest: properties
// of instances, helpers that a plugin adds to the class, also in checked JavaScript, and `import * as`.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { before, test } = require('node:test')

const { installLocked } = require('../scripts/npm')
const { temporaryDirectory } = require('./support/package-copies')

const tools = path.join(__dirname, '../scripts/typescript')

/** The files of a project; all but the last directory are those of an installation. */
const FILES = {
  // The declaration in docs/installation.md and index.d.ts.
  'haraka-dsn.d.ts': `export {}
declare module 'haraka-dsn' {
  interface DSN {
    note?: string
  }
  function helo_not_ascii(msg?: Message, code?: Code): DSN
}
`,
  'plugin.js': `const DSN = require('haraka-dsn')
DSN.helo_not_ascii = (msg, code) => DSN.create(code, msg, 5, 5)
exports.hook_helo = () => DSN.helo_not_ascii('x', 550).reply.length
`,
  'instances.ts': `import DSN = require('haraka-dsn')
const made: DSN = DSN.helo_not_ascii()
made.note = 'x'
const parsed = DSN.parse('550 5.1.1 x')
export const all = [made.status, made.reply, DSN.no_such_user().note, new (class extends DSN {})().note]
if (parsed) all.push(parsed.note, parsed.status, String(parsed.is_permanent), parsed.code.toFixed())
DSN.no_such_user = DSN.helo_not_ascii
`,
  'namespace.ts': `import * as ns from 'haraka-dsn'
import { mbox_full } from 'haraka-dsn'
export const used = [ns.no_such_user('x').reply, ns.statuses[0], ns.backend === 'wasm', mbox_full()]
export const made: ns.DSN = new ns.default(ns.create(550).code)
`,
}

// Each has one error.
const WRONG = {
  'wrong.ts': `import DSN = require('haraka-dsn')\nDSN.no_such_helper()\n`,
  'wrong.js': `const DSN = require('haraka-dsn')\nDSN.no_such_helper = () => DSN.create()\n`,
}

before(() => installLocked(tools, '--ignore-scripts'))

/** What the compiler prints for a project with these files. */
function outputOf(t, version, files, options) {
  const project = temporaryDirectory(t)
  const installed = path.join(project, 'node_modules/haraka-dsn')
  fs.mkdirSync(installed, { recursive: true })
  for (const file of ['index.d.ts', 'package.json']) {
    fs.copyFileSync(path.join(__dirname, '..', file), path.join(installed, file))
  }
  for (const [file, source] of Object.entries(files)) {
    fs.writeFileSync(path.join(project, file), source)
  }
  const compilerOptions = {
    strict: true,
    noEmit: true,
    allowJs: true,
    checkJs: true,
    esModuleInterop: true,
    target: 'es2019',
    lib: ['es2019'],
    types: [],
    ...options,
  }
  const settings = { compilerOptions, files: Object.keys(files) }
  fs.writeFileSync(path.join(project, 'tsconfig.json'), JSON.stringify(settings))
  const compiler = path.join(tools, 'node_modules', version, 'bin/tsc')
  return spawnSync(process.execPath, [compiler, '-p', project], { encoding: 'utf8' }).stdout
}

const VERSIONS = {
  oldest: { module: 'commonjs', moduleResolution: 'node' },
  newest: { module: 'nodenext', moduleResolution: 'nodenext' },
}

for (const [version, options] of Object.entries(VERSIONS)) {
  test(`the ${version} TypeScript reads the types and what others add to them`, (t) => {
    assert.equal(outputOf(t, version, FILES, options), '')
    const errors = outputOf(t, version, WRONG, options).match(/error TS\d+: .*/g)
    const missing = /^error TS2339: Property 'no_such_helper' does not exist/
    assert.equal(errors.length, 2)
    for (const error of errors) assert.match(error, missing)
  })
}

test('the documents say which TypeScript is the oldest', () => {
  const { dependencies } = require(path.join(tools, 'package.json'))
  const [, oldest] = dependencies.oldest.match(/@(\d+\.\d+)\./)
  const document = fs.readFileSync(path.join(__dirname, '../docs/installation.md'), 'utf8')
  assert.ok(document.includes(`TypeScript ${oldest} or later`))
  assert.ok(document.includes(FILES['haraka-dsn.d.ts']))
})
