'use strict'

// Protects the order of the folders: tests use benchmarks and scripts, benchmarks use scripts, and nothing
// uses what is above it.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const root = path.join(__dirname, '..')
const FOLDERS = ['scripts', 'bench', '__test__']

const filesIn = (folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.js') && !file.includes('node_modules'))
    .map((file) => path.join(folder, file))

/** The folders that a file requires something from. */
const foldersUsedBy = (file) =>
  [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/\brequire\('(\.[^']*)'\)/g)]
    .map(([, name]) => path.join(path.dirname(file), name).split(path.sep)[0])
    .filter((folder) => FOLDERS.includes(folder))

for (const [rank, folder] of FOLDERS.entries()) {
  test(`${folder} requires nothing above it`, () => {
    const files = filesIn(folder)
    assert.ok(files.some((file) => foldersUsedBy(file).includes(folder)))
    const wrong = files.filter((file) =>
      foldersUsedBy(file).some((used) => FOLDERS.indexOf(used) > rank),
    )
    assert.deepEqual(wrong, [])
  })
}
