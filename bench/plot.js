'use strict'

// Draws the times of all calls on a logarithmic axis, as an SVG whose colours suit light and dark pages.

const { times } = require('./result-tables')

/** How each package is drawn, in the order of the legend: its class, and what marks it. */
const MARKS = {
  'haraka-dsn': ['theirs', '●'],
  'haraka-dsn-rs': ['ours', '■'],
  twin: ['twin', '◇'],
}

const ROW = 24
/** Widths of the names on the left, of the axis, and of the ratios on the right; heights above and below. */
const [LEFT, AXIS, RIGHT, TOP, BOTTOM] = [260, 520, 60, 40, 32]

const STYLE = `
    text { font: 12px system-ui, sans-serif; fill: #768390 }
    line { stroke: #76839060 }
    .ours { fill: #2f81f7 }
    .twin { fill: #db6d28 }`

const TICKS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000]
const share = (time) => Math.log(time / TICKS[0]) / Math.log(TICKS.at(-1) / TICKS[0])
const xOf = (time) => Math.round(LEFT + share(time) * AXIS)

const text = (x, y, anchor, content, kind = 'label') =>
  `  <text x="${x}" y="${y}" text-anchor="${anchor}" class="${kind}">${content}</text>`

function plot({ rows }) {
  const bottom = TOP + rows.length * ROW
  const [width, height] = [LEFT + AXIS + RIGHT, bottom + BOTTOM]
  const legend = Object.entries(MARKS).flatMap(([name, [kind, mark]], index) => [
    text(LEFT + index * 170, 20, 'middle', mark, kind),
    text(LEFT + index * 170 + 12, 20, 'start', name),
  ])
  const axis = TICKS.flatMap((tick) => [
    `  <line x1="${xOf(tick)}" y1="${TOP}" x2="${xOf(tick)}" y2="${bottom}"/>`,
    text(xOf(tick), bottom + 18, 'middle', tick < 1000 ? `${tick} ns` : `${tick / 1000} µs`),
  ])
  const marks = rows.flatMap(({ name, time, ratio }, index) => {
    const y = TOP + (index + 0.5) * ROW + 4
    return [
      text(LEFT - 16, y, 'end', name),
      ...Object.entries(MARKS).map(([who, [kind, mark]]) =>
        text(xOf(time[who]), y, 'middle', mark, kind),
      ),
      text(LEFT + AXIS + 16, y, 'start', times(ratio['haraka-dsn-rs'])),
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
