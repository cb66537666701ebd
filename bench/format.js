'use strict'

// Numbers as the output and the documents show them.

const nanoseconds = (time) => `${Math.round(time)} ns`
const milliseconds = (time) => `${time.toFixed(1)} ms`
const kilobytes = (bytes) => `${Math.round(bytes / 1000)} KB`
const times = (ratio) => `${ratio.toFixed(ratio < 10 ? 1 : 0)}×`

module.exports = { kilobytes, milliseconds, nanoseconds, times }
