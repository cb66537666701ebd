'use strict'

// What was measured, as tables in Markdown.

const fs = require('node:fs')
const { gzipSync } = require('node:zlib')

const { table } = require('../scripts/markdown-tables')

const nanoseconds = (time) => `${Math.round(time)} ns`
const milliseconds = (time) => `${time.toFixed(1)} ms`
const kilobytes = (content) => `${Math.round(content.length / 1000)} KB`
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`

/**
 * The times of each call with the first version of Node.js, and how many times as fast as haraka-dsn the
 * others are with each version: this package and, in parentheses, the rest.
 */
function callsTable(runs) {
  const [{ rows, mean }] = runs
  const names = Object.keys(mean)
  const ratios = (ratio) => {
    const [ours, ...others] = names.slice(1).map((name) => times(ratio[name]))
    return `${ours} (${others.join(', ')})`
  }
  return table(
    ['Call', ...names, ...runs.map(({ node }) => `Node.js ${node.split('.')[0]}`)],
    [
      ...rows.map(({ name, time }, index) => [
        name,
        ...names.map((who) => nanoseconds(time[who])),
        ...runs.map(({ rows }) => ratios(rows[index].ratio)),
      ]),
      ['geometric mean', ...names.map(() => ''), ...runs.map(({ mean }) => ratios(mean))],
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

module.exports = { callsTable, requireTable, summaryTable, times }
