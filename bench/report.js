'use strict'

// Measures on each version of Node.js and writes the results into docs/performance.md, with a plot.
//
//   npm run bench:report                     Node.js 20, 22, 24 and 26, about an hour
//   npm run bench:report -- node20           one of them
//   npm run bench:report -- none             no measurement, only rewrites the document

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { executableOf, install } = require('../scripts/runtimes/runtimes')

const VERSIONS = ['node20', 'node22', 'node24', 'node26']
/** The version whose times are shown; of the others only the ratios are. */
const MAIN = 'node20'

const root = path.join(__dirname, '..')
const results = path.join(__dirname, 'results')
const fileOf = (version, what) => path.join(results, `${what}-${version}.json`)
const read = (version, what) => JSON.parse(fs.readFileSync(fileOf(version, what), 'utf8'))

const ns = (time) => `${Math.round(time)} ns`
const times = (ratio) => `${ratio.toFixed(2)}×`

async function measure(versions) {
  await install(versions)
  fs.mkdirSync(results, { recursive: true })
  for (const version of versions) {
    const run = (script, what) =>
      execFileSync(executableOf(version), [script, '--json', fileOf(version, what)], {
        cwd: root,
        stdio: 'inherit',
      })
    run('bench/index.js', 'calls')
    run('bench/require.js', 'require')
  }
}

function callsTable(versions) {
  const calls = versions.map((version) => read(version, 'calls'))
  const [main] = calls
  const ratios = (index) => calls.map(({ rows }) => times(rows[index].ratio))
  const row = (columns) => `| ${columns.join(' | ')} |`
  const others = calls.slice(1).map(({ node }) => node)
  const body = main.rows.map(({ name, original, ours, floor }, index) =>
    floor === undefined
      ? row([name, ns(original), ns(ours), ...ratios(index)])
      : row([`*${name}*`, '', ns(floor), ...calls.map(() => '')]),
  )
  const means = calls.map(({ geometricMean }) => times(geometricMean))
  return [
    row(['Call', 'haraka-dsn', 'haraka-dsn-rs', main.node, ...others]),
    `|---|${'--:|'.repeat(2 + calls.length)}`,
    ...body,
    row(['geometric mean of all calls', '', '', ...means]),
  ].join('\n')
}

function requireTable(versions) {
  const rows = versions.map((version) => {
    const { results } = read(version, 'require')
    const of = (wanted) => results.find(({ name }) => name === wanted).milliseconds
    const [original, ours] = [of('haraka-dsn'), of('ours')]
    const { node } = read(version, 'calls')
    return `| ${node} | ${original.toFixed(1)} ms | ${ours.toFixed(1)} ms | ${times(original / ours)} |`
  })
  return ['| `require` | haraka-dsn | haraka-dsn-rs | |', '|---|--:|--:|--:|', ...rows].join('\n')
}

/** A bar chart of the ratios, with colours for light and dark pages. */
function plot({ rows }) {
  const shapes = rows.filter(({ floor }) => floor === undefined)
  const row = 24
  const left = 210
  const scale = 110
  const height = (shapes.length + 1) * row + 16
  const width = left + scale * Math.ceil(Math.max(...shapes.map(({ ratio }) => ratio))) + 60
  const bars = shapes.map(({ name, ratio }, index) => {
    const y = 8 + index * row
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

/** Replaces the text between two markers of a document. */
function replaceBetween(file, [start, end], content) {
  const text = fs.readFileSync(file, 'utf8')
  const before = text.slice(0, text.indexOf(start) + start.length)
  fs.writeFileSync(file, `${before}\n\n${content}\n\n${text.slice(text.indexOf(end))}`)
}

function write() {
  const versions = VERSIONS.filter((version) => fs.existsSync(fileOf(version, 'calls')))
  const { date, machine, processes, versions: packages } = read(MAIN, 'calls')
  const document = path.join(root, 'docs', 'performance.md')
  const head =
    `haraka-dsn-rs ${packages.ours} and haraka-dsn ${packages.original}, ${date}, ${machine}; ` +
    `medians of interleaved rounds in ${processes} processes, times of ${read(MAIN, 'calls').node}.`
  const content = [head, callsTable(versions), requireTable(versions)].join('\n\n')
  replaceBetween(document, ['<!-- results -->', '<!-- /results -->'], content)
  fs.writeFileSync(path.join(root, 'docs', 'calls.svg'), plot(read(MAIN, 'calls')))
}

const named = process.argv.slice(2)
const wanted = named.length ? named.filter((version) => version !== 'none') : VERSIONS
measure(wanted).then(write)
