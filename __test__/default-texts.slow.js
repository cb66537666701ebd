'use strict'

// Every subject and detail that a status can have.

process.env.LAST_NUMBER = '999'
require('./default-texts.test')
