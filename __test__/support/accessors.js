'use strict'

/** The accessors of our prototype that the original does not have. */
const ACCESSORS = ['status', 'is_success', 'is_transient', 'is_permanent']

module.exports = { ACCESSORS }
