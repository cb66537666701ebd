'use strict'

const { amend } = require('./texts')

// The two implementations under comparison: what this package exports, and the package it replaces
// with the six texts that it lacks.
module.exports = { ours: require('../..'), original: amend(require('haraka-dsn')) }
