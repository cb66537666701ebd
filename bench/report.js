'use strict'

// Writes the results of the benchmarks into the README, and a plot of them.
//
//   npm run bench:report
//
// Results of other versions of Node.js, such as 24, are taken as they are:
//
//   node bench --json bench/results/calls-24.json && node bench/load --json bench/results/load-24.json

const fs = require('node:fs')
const path = require('node:path')

const { rare } = require('./shapes')

const results = path.join(__dirname, 'results')
const read = (name) => JSON.parse(fs.readFileSync(path.join(results, name), 'utf8'))
const calls = read('calls.json')
const load = read('load.json')

const ns = (time) => `${Math.round(time)} ns`
const times = (ratio) => `${ratio.toFixed(2)}×`
const isFloor = ({ floor }) => floor !== undefined
const shapesOf = ({ rows }) => rows.filter((row) => !isFloor(row))
const shapes = shapesOf(calls)

/** How much faster `require` is. */
function loadRatio({ results }) {
  const timeOf = (wanted) => results.find(({ name }) => name === wanted).milliseconds
  return timeOf('haraka-dsn') / timeOf('ours')
}

/** What the other versions of Node.js come to: a row each. */
function otherVersions() {
  const versions = fs.readdirSync(results).map((file) => /^calls-(\d+)\.json$/.exec(file)?.[1])
  return versions.filter(Boolean).map((version) => {
    const { geometricMean, node, ...others } = read(`calls-${version}.json`)
    const usual = shapesOf(others).slice(0, -rare.length)
    const slowest = usual.reduce((a, b) => (a.ratio < b.ratio ? a : b))
    const load = loadRatio(read(`load-${version}.json`))
    return `| ${node} | ${times(geometricMean)} | ${times(slowest.ratio)}, ${slowest.name} | ${times(load)} |`
  })
}

function table() {
  const { date, node, machine, processes, versions } = calls
  const loaded = Object.fromEntries(load.results.map((row) => [row.name, row]))
  const [original, ours] = [loaded['haraka-dsn'], loaded.ours]
  return [
    '',
    '![How many times faster than haraka-dsn each call is](bench/results/calls.svg)',
    '',
    `haraka-dsn-rs ${versions.ours} beside haraka-dsn ${versions.original}, ${date}, Node.js ${node},`,
    `${machine}; medians of interleaved rounds in ${processes} processes.`,
    '',
    '| Call | haraka-dsn | haraka-dsn-rs | |',
    '|---|--:|--:|--:|',
    ...shapes.map(
      ({ name, original, ours, ratio }) =>
        `| ${name} | ${ns(original)} | ${ns(ours)} | ${times(ratio)} |`,
    ),
    `| geometric mean of all but the last three | | | ${times(calls.geometricMean)} |`,
    ...calls.rows.filter(isFloor).map(({ name, floor }) => `| ${name} | | ${ns(floor)} | |`),
    `| \`require\`, in a fresh process | ${original.milliseconds.toFixed(1)} ms |` +
      ` ${ours.milliseconds.toFixed(1)} ms | ${times(loadRatio(load))} |`,
    '',
    '| Other versions | Geometric mean | Slowest of these calls | `require` |',
    '|---|--:|---|--:|',
    ...otherVersions(),
    '',
    '',
  ].join('\n')
}

/** A bar a call; its colours suit a light page and a dark one. */
function plot() {
  const row = 24
  const left = 210
  const scale = 110
  const height = (shapes.length + 1) * row + 16
  const width = left + scale * Math.ceil(Math.max(...shapes.map(({ ratio }) => ratio))) + 60
  const bars = shapes.map(({ name, ratio }, at) => {
    const y = 8 + at * row
    return [
      `  <text x="${left - 8}" y="${y + 15}" text-anchor="end">${name}</text>`,
      `  <rect x="${left}" y="${y + 3}" width="${(ratio * scale).toFixed(1)}" height="${row - 8}"/>`,
      `  <text x="${(left + ratio * scale + 6).toFixed(1)}" y="${y + 15}">${times(ratio)}</text>`,
    ].join('\n')
  })
  const one = left + scale
  const bottom = 8 + shapes.length * row
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Speed of each call relative to haraka-dsn">`,
    '  <style>',
    '    text { font: 12px system-ui, sans-serif; fill: #24292f }',
    '    rect { fill: #0969da }',
    '    line { stroke: #cf222e; stroke-dasharray: 4 3 }',
    '    @media (prefers-color-scheme: dark) {',
    '      text { fill: #e6edf3 }',
    '      rect { fill: #4493f8 }',
    '      line { stroke: #ff7b72 }',
    '    }',
    '  </style>',
    ...bars,
    `  <line x1="${one}" y1="4" x2="${one}" y2="${bottom + 4}"/>`,
    `  <text x="${one}" y="${bottom + 18}" text-anchor="middle">haraka-dsn</text>`,
    '</svg>',
    '',
  ].join('\n')
}

const readme = path.join(__dirname, '..', 'README.md')
const [start, end] = ['<!-- speed -->\n', '<!-- /speed -->']
const text = fs.readFileSync(readme, 'utf8')
const before = text.slice(0, text.indexOf(start) + start.length)
fs.writeFileSync(readme, before + table() + text.slice(text.indexOf(end)))
fs.writeFileSync(path.join(results, 'calls.svg'), plot())
