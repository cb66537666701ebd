'use strict'

// The results of the last build and the last tests of each target, in a file.

const fs = require('node:fs')
const path = require('node:path')

const { root } = require('./support')

const file = path.join(root, 'target/targets.json')

const results = () => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {})

/** Adds fields to the result of a target; a build begins a new one. */
function resultOf({ triple }, fields) {
  const all = results()
  all[triple] = fields.built ? fields : { ...all[triple], ...fields }
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, JSON.stringify(all, null, 2))
}

const COLUMNS = ['target', 'built', 'size', 'checks', 'run by', 'tests', 'date']
const NOTHING = Object.fromEntries(COLUMNS.map((column) => [column, '']))

/** A table in Markdown with a row for each target. */
function table(targets) {
  const all = results()
  const rows = targets.map(({ triple }) => {
    const { size, ...fields } = { ...NOTHING, ...all[triple], target: triple }
    const row = { ...fields, size: size ? `${Math.round(size / 1000)} KB` : '' }
    return COLUMNS.map((column) => row[column])
  })
  const widths = COLUMNS.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i].length)),
  )
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(COLUMNS), rule, ...rows.map(line)].join('\n')
}

module.exports = { resultOf, table }
