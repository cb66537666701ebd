'use strict'

// Protects readers of the documents from links that lead nowhere.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const read = (file) => fs.readFileSync(path.join(root, file), 'utf8')
const documents = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')

/** The anchors of a document's headings, as GitHub makes them. */
const anchorsOf = (document) =>
  [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\d\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )

/** The links of a document to this repository that lead nowhere. */
function brokenLinks(document) {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link)
  return links.filter((link) => {
    if (/^https?:/.test(link)) return false
    const [file, anchor] = link.split('#')
    const target = file ? path.posix.join(path.posix.dirname(document), file) : document
    if (!fs.existsSync(path.join(root, target))) return true
    return anchor !== undefined && !anchorsOf(target).includes(anchor)
  })
}

for (const document of documents) {
  test(`the links of ${document} lead somewhere`, () => {
    assert.deepEqual(brokenLinks(document), [])
  })
}
