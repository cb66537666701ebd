'use strict'

// Draws the times of all calls on a logarithmic axis, as an SVG for light and dark pages.

const { times } = require('./format')

/** What is drawn of each package, in the order of the legend. */
const MARKS = [
  ['original', 'haraka-dsn', '●'],
  ['ours', 'haraka-dsn-rs', '■'],
  ['twin', 'its twin in JavaScript', '◇'],
]

const ROW = 24
/** Widths of the names on the left, of the axis, and of the ratios on the right; heights above and below. */
const [LEFT, AXIS, RIGHT, TOP, BOTTOM] = [260, 520, 60, 40, 32]

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #24292f }
    line { stroke: #d0d7de }
    .original { fill: #8c959f }
    .ours { fill: #0969da }
    .twin { fill: #bc4c00 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      line { stroke: #3d444d }
      .ours { fill: #4493f8 }
      .twin { fill: #f0883e }
    }`

const TICKS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000]

const text = (x, y, anchor, content, kind) =>
  `  <text x="${x}" y="${y}" text-anchor="${anchor}"${kind ? ` class="${kind}"` : ''}>${content}</text>`

function plot({ rows }) {
  const all = rows.flatMap(({ time }) => MARKS.map(([who]) => time[who]))
  const first = TICKS.findLast((tick) => tick < Math.min(...all))
  const last = TICKS.find((tick) => tick > Math.max(...all))
  const share = (time) => Math.log(time / first) / Math.log(last / first)
  const xOf = (time) => Math.round(LEFT + share(time) * AXIS)

  const bottom = TOP + rows.length * ROW
  const [width, height] = [LEFT + AXIS + RIGHT, bottom + BOTTOM]
  const legend = MARKS.flatMap(([who, name, mark], index) => [
    text(LEFT + index * 170, 20, 'middle', mark, who),
    text(LEFT + index * 170 + 12, 20, 'start', name),
  ])
  const axis = TICKS.filter((tick) => tick >= first && tick <= last).flatMap((tick) => [
    `  <line x1="${xOf(tick)}" y1="${TOP}" x2="${xOf(tick)}" y2="${bottom}"/>`,
    text(xOf(tick), bottom + 18, 'middle', tick < 1000 ? `${tick} ns` : `${tick / 1000} µs`),
  ])
  const marks = rows.flatMap(({ name, time, ratio }, index) => {
    const y = TOP + (index + 0.5) * ROW + 4
    return [
      text(LEFT - 16, y, 'end', name),
      ...MARKS.map(([who, , mark]) => text(xOf(time[who]), y, 'middle', mark, who)),
      text(LEFT + AXIS + 16, y, 'start', times(ratio.ours)),
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time of each call with haraka-dsn, haraka-dsn-rs and its twin in JavaScript">`,
    `  <style>${STYLE}\n  </style>`,
    ...[...legend, ...axis, ...marks],
    '</svg>\n',
  ].join('\n')
}

module.exports = { plot }
