'use strict'

// Draws the times of all calls on a logarithmic axis, as an SVG for light and dark pages.

const { times } = require('./format')

/** What is drawn of each package, in the order of the legend. */
const MARKS = [
  ['original', 'haraka-dsn', (x, y) => `<circle cx="${x}" cy="${y}" r="5"/>`],
  ['ours', 'haraka-dsn-rs', (x, y) => `<rect x="${x - 5}" y="${y - 5}" width="10" height="10"/>`],
  ['twin', 'its twin in JavaScript', (x, y) => `<path d="M${x} ${y - 6}l6 6l-6 6l-6 -6z"/>`],
]

const ROW = 24
/** Widths of the names on the left, of the axis, and of the ratios on the right. */
const [LEFT, AXIS, RIGHT] = [260, 520, 60]
/** Heights of the legend and of the numbers below the axis. */
const [TOP, BOTTOM] = [40, 32]
const LEGEND = 170

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #24292f }
    line { stroke: #d0d7de }
    .original { fill: #8c959f }
    .ours { fill: #0969da }
    .twin { fill: none; stroke: #bc4c00; stroke-width: 2 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      line { stroke: #3d444d }
      .original { fill: #9198a1 }
      .ours { fill: #4493f8 }
      .twin { stroke: #f0883e }
    }`

/** The values of an axis: 10, 20, 50, 100 and so on, from below the smallest time to above the greatest. */
function ticksFor(smallest, greatest) {
  const ticks = []
  for (let power = 1; ; power *= 10) {
    for (const step of [1, 2, 5]) {
      const tick = step * power
      if (tick <= smallest) ticks.length = 0
      ticks.push(tick)
      if (tick >= greatest) return ticks
    }
  }
}

const text = (x, y, anchor, content) =>
  `  <text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`

function plot({ rows }) {
  const all = rows.flatMap(({ time }) => MARKS.map(([who]) => time[who]))
  const ticks = ticksFor(Math.min(...all), Math.max(...all))
  const [first, last] = [ticks[0], ticks[ticks.length - 1]].map(Math.log)
  const xOf = (time) => Math.round(LEFT + ((Math.log(time) - first) / (last - first)) * AXIS)
  const yOf = (index) => TOP + (index + 0.5) * ROW

  const bottom = TOP + rows.length * ROW
  const [width, height] = [LEFT + AXIS + RIGHT, bottom + BOTTOM]
  const legend = MARKS.flatMap(([who, name, mark], index) => [
    `  <g class="${who}">${mark(LEFT + index * LEGEND, 16)}</g>`,
    text(LEFT + index * LEGEND + 12, 20, 'start', name),
  ])
  const axis = ticks.flatMap((tick) => [
    `  <line x1="${xOf(tick)}" y1="${TOP}" x2="${xOf(tick)}" y2="${bottom}"/>`,
    text(xOf(tick), bottom + 18, 'middle', tick < 1000 ? `${tick} ns` : `${tick / 1000} µs`),
  ])
  const marks = rows.flatMap(({ name, time, ratio }, index) => [
    text(LEFT - 16, yOf(index) + 4, 'end', name),
    ...MARKS.map(([who, , mark]) => `  <g class="${who}">${mark(xOf(time[who]), yOf(index))}</g>`),
    text(LEFT + AXIS + 16, yOf(index) + 4, 'start', times(ratio.ours)),
  ])
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Time of each call with haraka-dsn, haraka-dsn-rs and its twin in JavaScript">`,
    `  <style>${STYLE}\n  </style>`,
    ...legend,
    ...axis,
    ...marks,
    '</svg>',
    '',
  ].join('\n')
}

module.exports = { plot }
