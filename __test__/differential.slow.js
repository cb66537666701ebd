'use strict'

// Protects parity: 300,000 random calls of the class, where differential.test.js makes 30,000.

process.env.FUZZ_ROUNDS = '300'
require('./differential.test')
