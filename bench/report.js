'use strict'

// Measures on each version of Node.js and writes the results into docs/performance.md, with a plot.
//
//   npm run bench:report                     Node.js 20, 22, 24 and 26, about an hour
//   npm run bench:report -- node20           one of them
//   npm run bench:report -- none             no measurement, only rewrites the document

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { replaceSection } = require('../scripts/document')
const { executableOf, install } = require('../scripts/runtimes/runtimes')

const VERSIONS = ['node20', 'node22', 'node24', 'node26']
/** The version whose times are in the table; the others have only ratios. */
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
    const run = (script, what, ...flags) =>
      execFileSync(executableOf(version), [script, ...flags, '--json', fileOf(version, what)], {
        cwd: root,
        stdio: 'inherit',
      })
    run('bench/index.js', 'calls')
    run('bench/require.js', 'require')
    if (version === MAIN) run('bench/index.js', 'wasm', '--wasm')
  }
}

const row = (columns) => `| ${columns.join(' | ')} |`

function callsTable(versions) {
  const calls = versions.map((version) => read(version, 'calls'))
  const [main] = calls
  const ratios = (index) => calls.map(({ rows }) => times(rows[index].ratio))
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

/** The speed of the WebAssembly backend, compared with haraka-dsn and the binary. */
function wasmCallsTable({ rows, geometricMean, othersGeometricMean }) {
  const body = rows
    .filter(({ floor }) => floor === undefined)
    .map(({ name, original, ours, ratio, others: { WebAssembly } }) =>
      row([
        name,
        ns(original),
        ns(ours),
        ns(WebAssembly.time),
        times(ratio),
        times(WebAssembly.ratio),
      ]),
    )
  const means = [geometricMean, othersGeometricMean.WebAssembly].map(times)
  return [
    row(['Call', 'haraka-dsn', 'binary', 'WebAssembly', 'binary', 'WebAssembly']),
    `|---|${'--:|'.repeat(5)}`,
    ...body,
    row(['geometric mean of all calls', '', '', '', ...means]),
  ].join('\n')
}

const kilobytes = (bytes) => `${Math.round(bytes / 1000)} KB`

/** The load time of both backends. */
function wasmLoadTable({ results }) {
  const backends = ['ours', 'ours, WebAssembly'].map((wanted) =>
    results.find(({ name }) => name === wanted),
  )
  return [
    row(['', 'binary', 'WebAssembly']),
    '|---|--:|--:|',
    row(['size', ...backends.map(({ size }) => kilobytes(size))]),
    row(['compressed with gzip', ...backends.map(({ compressed }) => kilobytes(compressed))]),
    row(['`require`', ...backends.map(({ milliseconds }) => `${milliseconds.toFixed(1)} ms`)]),
    row(['resident memory that `require` adds', ...backends.map(({ rss }) => kilobytes(rss))]),
  ].join('\n')
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

const headOf = ({ date, machine, node, processes, versions: { ours, original } }) =>
  `haraka-dsn-rs ${ours} and haraka-dsn ${original}, ${date}, ${machine}; ` +
  `medians of interleaved rounds in ${processes} processes, times of ${node}.`

function write() {
  const versions = VERSIONS.filter((version) => fs.existsSync(fileOf(version, 'calls')))
  const document = path.join(root, 'docs', 'performance.md')
  const section = (name, what, ...tables) =>
    replaceSection(document, name, [headOf(read(MAIN, what)), ...tables].join('\n\n'))
  section('results', 'calls', callsTable(versions), requireTable(versions))
  const wasm = wasmCallsTable(read(MAIN, 'wasm'))
  section('wasm', 'wasm', wasmLoadTable(read(MAIN, 'require')), wasm)
  fs.writeFileSync(path.join(root, 'docs', 'calls.svg'), plot(read(MAIN, 'calls')))
}

const named = process.argv.slice(2)
const wanted = named.length ? named.filter((version) => version !== 'none') : VERSIONS
measure(wanted).then(write)
