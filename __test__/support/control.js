'use strict'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const CONTROL = /[\0-\x1f\x7f]/
const ALL_CONTROL = new RegExp(CONTROL, 'g')

const hasControl = (text) => CONTROL.test(text)

/** A reply or a message without control characters. */
function cleanReply(reply) {
  if (typeof reply === 'string') return hasControl(reply) ? reply.replace(ALL_CONTROL, '') : reply
  if (Array.isArray(reply)) return reply.some(hasControl) ? reply.map(cleanReply) : reply
  return reply
}

module.exports = { cleanReply, hasControl }
