'use strict'

const CONTROLS = [...Array(32).keys(), 0x7f].map((unit) => String.fromCharCode(unit))

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched for
const CONTROL = /[\0-\x1f\x7f]/

const hasControl = (text) => CONTROL.test(text)

/** A reply or a message without control characters; the same one if it has none. */
function stripReply(reply) {
  if (Array.isArray(reply)) return reply.some(hasControl) ? reply.map(stripReply) : reply
  return typeof reply === 'string' ? reply.split(CONTROL).join('') : reply
}

module.exports = { CONTROLS, stripReply, hasControl }
