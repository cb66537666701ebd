'use strict'

const { amend } = require('./texts')

// The implementations to compare: this package, and haraka-dsn with the default texts that it lacks.
const ours = require('../..')
const original = amend(require('haraka-dsn'), ours.statuses)

module.exports = { ours, original }
