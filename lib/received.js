'use strict'

// What plugins have of a reply or a report that came from another server: a string, lines or bytes.

const { isUint8Array } = require('util').types

/** The text of a reply; `undefined` if the value is neither a string nor an array of strings nor bytes. */
const textOfReply = (reply) => (Array.isArray(reply) ? joinLines(reply) : textOf(reply))

/** A text; `undefined` if the value is neither a string nor bytes. */
function textOf(received) {
  if (typeof received === 'string') return received
  if (!isUint8Array(received)) return undefined
  return Buffer.from(received.buffer, received.byteOffset, received.byteLength).toString()
}

function joinLines(lines) {
  let text = ''
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
    text += line.endsWith('\n') ? line : `${line}\n`
  }
  return text
}

module.exports = { textOf, textOfReply }
