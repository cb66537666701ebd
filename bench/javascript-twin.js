'use strict'

// The twin: the same class, whose messages are checked in JavaScript instead of in the core. It shows
// what the core is worth.

const backend = require('../binding')
const makeClass = require('../lib/class')

function strip_controls(text) {
  let stripped = ''
  let start = 0
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x20 || unit === 0x7f) {
      stripped += text.slice(start, index)
      start = index + 1
    }
  }
  return start === 0 ? text : stripped + text.slice(start)
}

// In JavaScript it is faster to check each line by itself.
const constants = () => JSON.stringify({ ...JSON.parse(backend.constants()), max_joined: 0 })

module.exports = makeClass({ ...backend, constants, strip_controls })
