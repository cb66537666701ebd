'use strict'

// The two implementations under comparison: what this package exports, and the package it replaces.
module.exports = { ours: require('../..'), original: require('haraka-dsn') }
