'use strict'

/** What our prototype has and the original's lacks. */
const ACCESSORS = ['status', 'is_success', 'is_transient', 'is_permanent']

module.exports = { ACCESSORS }
