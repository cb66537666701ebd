'use strict'

const matches = (expected, reply) =>
  expected instanceof RegExp ? expected.test(reply) : expected === reply

/**
 * The exchanges that did not go as expected, surplus ones included. The first one without a reply
 * is the last: what comes after it has none either.
 */
function mistakes(exchanges, expected) {
  const length = Math.max(exchanges.length, expected.length)
  const wrong = Array.from({ length }, (_, i) => ({
    command: exchanges[i]?.command ?? '',
    expected: expected[i]?.reply ?? '',
    got: exchanges[i]?.reply ?? '',
  })).filter(({ expected, got }) => !matches(expected, got))

  const silence = wrong.findIndex(({ got }) => got === '')
  return silence < 0 ? wrong : wrong.slice(0, silence + 1)
}

module.exports = { mistakes }
