'use strict'

// Splits the bytes of an SMTP conversation into commands and replies. No byte is dropped, so comparing
// them compares everything that was sent.

// A message ends with a line that is a single dot; anything else that the client sends is one line.
const splitCommands = (sent) => sent.match(/(?<=^DATA\r\n)[\s\S]*?\r\n\.\r\n|[^\n]*\n/gm) ?? []

// The last line of a reply has a space after its code, the lines before it have a hyphen. Without the
// flag m: in JavaScript, but not in SMTP, a line also begins after U+2028.
const splitReplies = (received) => received.split(/(?<=(?<![^\n])\d{3} [^\n]*\n)/).filter(Boolean)

/** Pairs replies with commands. The greeting comes first and answers the empty command. */
function exchanges(sent, received) {
  const commands = ['', ...splitCommands(sent)]
  const replies = splitReplies(received)
  const length = Math.max(commands.length, replies.length)
  return Array.from({ length }, (_, i) => ({
    command: commands[i] ?? '',
    reply: replies[i] ?? '',
  }))
}

module.exports = { exchanges }
