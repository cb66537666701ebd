'use strict'

const { styleText } = require('node:util')

// A control character inside a line is an error: show it, do not let the terminal interpret it.
const escapeControls = (line) =>
  line.replace(/\p{Cc}/gu, (c) => `\\x${c.codePointAt(0).toString(16).padStart(2, '0')}`)

const lines = (text) => (text ? text.replace(/\r\n$/, '').split('\r\n').map(escapeControls) : [])

/** Text for the terminal, coloured or not. */
function painter(colour) {
  const paint = (style, text) => (colour ? styleText(style, text) : text)

  const client = (text) => lines(text).map((line) => paint('cyan', `C: ${line}`))
  const server = (text) => lines(text).map((line) => paint('green', `S: ${line}`))

  const heading = (title) => (title ? [paint('dim', `   ${title}`)] : [])

  /** The conversation, with a heading above each reply that demonstrates a feature. */
  const transcript = (exchanges, expected) =>
    exchanges
      .map(({ command, reply }, i) =>
        [...heading(expected[i]?.title), ...client(command), ...server(reply)].join('\n'),
      )
      .join('\n\n')

  const mismatch = ({ command, expected, got }) =>
    [
      paint('red', 'Wrong reply:'),
      ...client(command),
      `expected: ${expected instanceof RegExp ? expected : JSON.stringify(expected)}`,
      `got:      ${JSON.stringify(got)}`,
    ].join('\n')

  return { paint, transcript, mismatch }
}

module.exports = { painter }
