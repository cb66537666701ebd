'use strict'

// Only this machine can connect: skip the reverse DNS lookup.
exports.hook_lookup_rdns = (next) => next(OK, 'localhost')
