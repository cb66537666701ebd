'use strict'

// Tables of results in documents.

const fs = require('node:fs')

/** A table in Markdown. */
function table(head, rows, rule = '---') {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), `|---|${`${rule}|`.repeat(head.length - 1)}`, ...rows.map(line)].join('\n')
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->` in a document. */
function replaceSection(file, name, content) {
  const text = fs.readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const before = text.slice(0, text.indexOf(start) + start.length)
  fs.writeFileSync(file, `${before}\n\n${content}\n\n${text.slice(text.indexOf(end))}`)
}

module.exports = { replaceSection, table }
