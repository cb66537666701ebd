'use strict'

// What plugins have of a reply or a report that came from another server: a string, lines or bytes.

const { isUint8Array } = require('util').types

/** The text of a reply; `undefined` if the value is neither a string nor an array of strings nor bytes. */
function textOfReply(reply) {
  if (typeof reply === 'string') return reply
  if (Array.isArray(reply)) return joinLines(reply)
  if (!isUint8Array(reply)) return undefined
  return Buffer.from(reply.buffer, reply.byteOffset, reply.byteLength).toString()
}

function joinLines(lines) {
  let text = ''
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
    text += line.endsWith('\n') ? line : `${line}\n`
  }
  return text
}

module.exports = { textOfReply }
