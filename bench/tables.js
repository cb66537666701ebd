'use strict'

// What was measured, as tables in Markdown.

const { table } = require('../scripts/document')

const nanoseconds = (time) => `${Math.round(time)} ns`
const milliseconds = (time) => `${time.toFixed(1)} ms`
const kilobytes = (bytes) => (bytes === undefined ? '' : `${Math.round(bytes / 1000)} KB`)
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`

const MEAN = 'geometric mean'

/** The times of each call with some packages, and how many times as fast as haraka-dsn each is. */
function callsTable({ rows, mean }, names) {
  const columns = ({ time, ratio }) => [
    ...['haraka-dsn', ...names].map((name) => nanoseconds(time[name])),
    ...names.map((name) => times(ratio[name])),
  ]
  return table(
    ['Call', 'haraka-dsn', ...names, ...names],
    [
      ...rows.map((row) => [row.name, ...columns(row)]),
      [MEAN, '', ...names.map(() => ''), ...names.map((name) => times(mean[name]))],
    ],
  )
}

/** The times of each call with one version of Node.js, and the ratios with all. */
function versionsTable(runs) {
  const names = ['haraka-dsn', 'haraka-dsn-rs', 'twin']
  const both = (ratio) => `${times(ratio['haraka-dsn-rs'])} (${times(ratio.twin)})`
  const rows = runs[0].rows.map(({ name, time }, index) => [
    name,
    ...names.map((who) => nanoseconds(time[who])),
    ...runs.map(({ rows }) => both(rows[index].ratio)),
  ])
  return table(
    ['Call', ...names, ...runs.map(({ node }) => `Node.js ${node.split('.')[0]}`)],
    [...rows, [MEAN, '', '', '', ...runs.map(({ mean }) => both(mean))]],
  )
}

/** The speed with each version of Node.js, on average. */
const summaryTable = (runs) =>
  table(
    ['Node.js', 'haraka-dsn-rs', 'twin', '`require` haraka-dsn', '`require` haraka-dsn-rs'],
    runs.map(({ node, mean, load: [theirs, ours] }) => [
      node,
      ...[mean['haraka-dsn-rs'], mean.twin].map(times),
      ...[theirs, ours].map(({ time }) => milliseconds(time)),
    ]),
  )

/** What each package and backend needs to load. */
const loadTable = ({ load }) =>
  table(
    ['', ...load.map(({ name }) => name)],
    [
      ['size', ...load.map(({ size }) => kilobytes(size))],
      ['compressed with gzip', ...load.map(({ compressed }) => kilobytes(compressed))],
      ['`require`', ...load.map(({ time }) => milliseconds(time))],
      ['resident memory that `require` adds', ...load.map(({ rss }) => kilobytes(rss))],
    ],
  )

module.exports = { callsTable, loadTable, summaryTable, times, versionsTable }
