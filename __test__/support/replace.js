'use strict'

// Captured, because they are needed while they are replaced.
const { defineProperty, deleteProperty, getOwnPropertyDescriptor } = Reflect

/** Defines a property; returns a function that restores the previous one. */
function define(object, key, descriptor) {
  const before = getOwnPropertyDescriptor(object, key)
  defineProperty(object, key, { configurable: true, ...descriptor })
  return () => {
    if (before) defineProperty(object, key, before)
    else deleteProperty(object, key)
  }
}

/** Calls a function while an object has another property of that name; only then, because test runners use these too. */
function withReplaced(object, name, value, run) {
  const undo = define(object, name, { value, writable: true })
  try {
    return run()
  } finally {
    undo()
  }
}

module.exports = { define, withReplaced }
