'use strict'

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\0-\x1f\x7f]/
const ALL_CONTROL = new RegExp(CONTROL, 'g')

const hasControl = (text) => CONTROL.test(text)

// The one deliberate deviation from the original: control characters never reach our reply. The
// original removes them from messages only. Expected is therefore its reply without them.
function cleanReply(reply) {
  if (typeof reply === 'string') return hasControl(reply) ? reply.replace(ALL_CONTROL, '') : reply
  if (Array.isArray(reply)) return reply.some(hasControl) ? reply.map(cleanReply) : reply
  return reply
}

module.exports = { cleanReply, hasControl }
