'use strict'

// The random calls of differential.test.js, three hundred thousand of them.

process.env.FUZZ_ROUNDS = '200'
require('./differential.test')
