'use strict'

// What was measured, as tables in Markdown.

const fs = require('node:fs')
const { gzipSync } = require('node:zlib')

const { table } = require('../scripts/document')

const nanoseconds = (time) => `${Math.round(time)} ns`
const milliseconds = (time) => `${time.toFixed(1)} ms`
const kilobytes = (content) => `${Math.round(content.length / 1000)} KB`
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`

/** The times of each call with all packages, and how many times as fast as haraka-dsn each is. */
function callsTable({ rows, mean }) {
  const names = Object.keys(mean).slice(1)
  const columns = ({ time, ratio }) => [
    ...['haraka-dsn', ...names].map((name) => nanoseconds(time[name])),
    ...names.map((name) => times(ratio[name])),
  ]
  return table(
    ['Call', 'haraka-dsn', ...names, ...names],
    [
      ...rows.map((row) => [row.name, ...columns(row)]),
      ['geometric mean', '', ...names.map(() => ''), ...names.map((name) => times(mean[name]))],
    ],
  )
}

/** The speed with each version of Node.js, on average. */
const summaryTable = (runs) =>
  table(
    ['Node.js', 'haraka-dsn-rs', 'twin', '`require` haraka-dsn', '`require` haraka-dsn-rs'],
    runs.map(({ node, mean, require }) => [
      node,
      ...[mean['haraka-dsn-rs'], mean.twin].map(times),
      ...[require['haraka-dsn'], require['haraka-dsn-rs']].map(milliseconds),
    ]),
  )

/** The time that each backend takes to load, and its size. */
const requireTable = ({ require }, packages) =>
  table(
    ['', '`require`', 'size', 'compressed with gzip'],
    Object.entries(packages)
      .filter(([, { file }]) => file)
      .map(([name, { file }]) => {
        const content = fs.readFileSync(file)
        return [name, milliseconds(require[name]), ...[content, gzipSync(content)].map(kilobytes)]
      }),
  )

module.exports = { callsTable, requireTable, summaryTable }
