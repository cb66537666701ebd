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

/** The start of absolute links to files of this repository. */
const repository = 'https://github.com/haraka-dsn-rs/haraka-dsn-rs/blob/main/'

/** The links of a document to this repository that lead nowhere. */
function brokenLinks(document) {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link)
  return links.filter((link) => {
    const isAbsolute = link.startsWith(repository)
    if (!isAbsolute && /^https?:/.test(link)) return false
    const [file, anchor] = (isAbsolute ? link.slice(repository.length) : link).split('#')
    const folder = isAbsolute ? '.' : path.posix.dirname(document)
    const target = file ? path.posix.join(folder, file) : document
    if (!fs.existsSync(path.join(root, target))) return true
    return anchor !== undefined && !anchorsOf(target).includes(anchor)
  })
}

for (const document of documents) {
  test(`the links of ${document} lead somewhere`, () => {
    assert.deepEqual(brokenLinks(document), [])
  })
}
