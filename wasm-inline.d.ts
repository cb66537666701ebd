import DSN = require('./index')
export = DSN
