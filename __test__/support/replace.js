'use strict'

/** Calls a function while an object has another property of that name; only then, because test runners use these too. */
function withReplaced(object, name, value, run) {
  const descriptor = Object.getOwnPropertyDescriptor(object, name)
  Object.defineProperty(object, name, { writable: true, configurable: true, ...descriptor, value })
  try {
    return run()
  } finally {
    if (descriptor) Object.defineProperty(object, name, descriptor)
    else delete object[name]
  }
}

module.exports = { withReplaced }
