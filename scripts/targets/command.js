'use strict'

// The command line and the output of both commands.

const path = require('node:path')
const { parseArgs } = require('node:util')

const { replaceSection } = require('../document')
const { targets, wasm } = require('.')
const { table } = require('./results')
const { Failure, root } = require('./support')

/** With --document, the results of all targets are written into it. */
const DOCUMENT = path.join(root, 'docs/platforms.md')

const known = [...targets, wasm]

const usage = () => `known targets:\n${known.map(({ triple }) => triple).join('\n')}`

function selected(names) {
  const unknown = names.filter((name) => !known.some(({ triple }) => triple === name))
  if (unknown.length) throw new Failure(`unknown: ${unknown.join(', ')}; ${usage()}`)
  return names.length ? known.filter(({ triple }) => names.includes(triple)) : known
}

/** Whether an action succeeds for a target; prints the error if it does not. */
function succeeds(action, target, options) {
  console.log(target.triple)
  try {
    action(target, options)
    return true
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error)
    return false
  }
}

/** Runs an action for each target named on the command line, and prints the results. */
function main(action) {
  const { values, positionals } = parseArgs({
    options: { document: { type: 'boolean' }, rustup: { type: 'boolean' } },
    allowPositionals: true,
  })
  try {
    const wanted = selected(positionals)
    const failed = wanted.filter((target) => !succeeds(action, target, values))
    console.log(`\n${table(wanted)}`)
    if (values.document) replaceSection(DOCUMENT, 'targets', table(known))
    if (failed.length) process.exitCode = 1
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}

module.exports = { main }
