'use strict'

const { styleText } = require('node:util')

// A control character inside a line is a mistake that must be seen, not obeyed by the terminal.
const visible = (line) =>
  line.replace(/\p{Cc}/gu, (c) => `\\x${c.codePointAt(0).toString(16).padStart(2, '0')}`)

const lines = (text) => (text ? text.replace(/\r\n$/, '').split('\r\n').map(visible) : [])

/** Text for the terminal, coloured or not. */
function painter(colour) {
  const paint = (style, text) => (colour ? styleText(style, text) : text)

  const client = (text) => lines(text).map((line) => paint('cyan', `C: ${line}`))
  const server = (text) => lines(text).map((line) => paint('green', `S: ${line}`))

  const heading = (shows) => (shows ? [paint('dim', `   ${shows}`)] : [])

  /** The conversation, with a heading over each reply that has a point to make. */
  const transcript = (exchanges, expected) =>
    exchanges
      .map(({ command, reply }, i) =>
        [...heading(expected[i]?.shows), ...client(command), ...server(reply)].join('\n'),
      )
      .join('\n\n')

  const mistake = ({ command, expected, got }) =>
    [
      paint('red', 'Wrong reply:'),
      ...client(command),
      `expected: ${expected instanceof RegExp ? expected : JSON.stringify(expected)}`,
      `got:      ${JSON.stringify(got)}`,
    ].join('\n')

  return { paint, transcript, mistake }
}

module.exports = { painter }
