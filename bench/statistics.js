'use strict'

const { parseArgs } = require('node:util')

const { values } = parseArgs({ options: { json: { type: 'string' } } })

module.exports = {
  /** Where to write the results as JSON, if anywhere: --json FILE. */
  jsonFile: values.json,

  median: (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1],

  geometricMean: (numbers) =>
    Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length),
}
