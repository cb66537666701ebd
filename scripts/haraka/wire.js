'use strict'

// Takes the bytes of an SMTP conversation apart. Every byte ends up in a command or in a reply, so
// whoever compares all of them has compared the wire.

// A message runs to the line with the lone dot, everything else the client sends is one line.
const splitCommands = (sent) => sent.match(/(?<=^DATA\r\n)[\s\S]*?\r\n\.\r\n|[^\n]*\n/gm) ?? []

// The last line of a reply has a space after its code, the lines before it have a hyphen. JavaScript
// lets lines begin after U+2028, too; SMTP does not.
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
