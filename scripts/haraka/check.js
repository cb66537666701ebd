'use strict'

const matches = (expected, reply) =>
  expected instanceof RegExp ? expected.test(reply) : expected === reply

/**
 * The exchanges that differ from the expected ones, including missing and extra ones. Stops at the
 * first one without a reply, because those after it have none either.
 */
function mismatches(exchanges, expected) {
  const length = Math.max(exchanges.length, expected.length)
  const wrong = Array.from({ length }, (_, i) => ({
    command: exchanges[i]?.command ?? '',
    expected: expected[i]?.reply ?? '',
    got: exchanges[i]?.reply ?? '',
  })).filter(({ expected, got }) => !matches(expected, got))

  const silence = wrong.findIndex(({ got }) => got === '')
  return silence < 0 ? wrong : wrong.slice(0, silence + 1)
}

module.exports = { mismatches }
