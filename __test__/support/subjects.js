'use strict'

const { amend } = require('./texts')

// The two implementations under comparison: what this package exports, and the package it replaces
// with the six texts that it lacks.
const ours = require('../..')
const original = amend(require('haraka-dsn'))

module.exports = { ours, original }
