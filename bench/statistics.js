'use strict'

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

const geometricMean = (numbers) =>
  Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length)

module.exports = { geometricMean, median }
