'use strict'

// Tables of results in documents.

const fs = require('node:fs')

/** A table in Markdown, also aligned in its source: the first column left, the others left or right. */
function table(head, rows, align = 'right') {
  const [pad, rule] = align === 'left' ? ['padEnd', '---'] : ['padStart', '--:']
  const all = [head, head.map((_, column) => (column ? rule : '---')), ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column].length)))
  const line = (cells, fill) =>
    cells.map((cell, column) => cell[column ? pad : 'padEnd'](widths[column], fill)).join(' | ')
  return all.map((cells, row) => `| ${line(cells, row === 1 ? '-' : ' ')} |`).join('\n')
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->` in a document. */
function replaceSection(file, name, content) {
  const text = fs.readFileSync(file, 'utf8')
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const before = text.slice(0, text.indexOf(start) + start.length)
  fs.writeFileSync(file, `${before}\n\n${content}\n\n${text.slice(text.indexOf(end))}`)
}

module.exports = { replaceSection, table }
