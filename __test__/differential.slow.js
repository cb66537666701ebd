'use strict'

// Protects parity: 300,000 random calls, where differential.test.js makes 45,000.

process.env.FUZZ_ROUNDS = '200'
require('./differential.test')
