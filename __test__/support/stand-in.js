'use strict'

// A minimal test runner for runtimes without node:test. Runs the registered tests in sequence and prints
// every failure.

const queue = []

/** The context of a test, which can replace methods for its duration. */
class Context {
  constructor() {
    this.undo = []
    this.mock = { method: (...args) => this.replace(...args) }
  }

  replace(object, name, value) {
    const descriptor = Object.getOwnPropertyDescriptor(object, name)
    const restore = () => Object.defineProperty(object, name, descriptor)
    Object.defineProperty(object, name, { ...descriptor, value })
    this.after(restore)
    return { mock: { restore } }
  }

  after(restore) {
    this.undo.push(restore)
  }

  diagnostic(message) {
    console.log(`# ${message}`)
  }
}

async function passes({ name, body }) {
  const context = new Context()
  try {
    await body(context)
    return true
  } catch (error) {
    console.log(`failed: ${name}\n${error?.stack ?? error}`)
    return false
  } finally {
    for (const restore of context.undo.reverse()) restore()
  }
}

async function runAll() {
  let failed = 0
  for (const test of queue) if (!(await passes(test))) failed += 1
  console.log(`${queue.length} tests, ${failed} failed`)
  if (failed === 0) process.exitCode = 0
}

function test(name, body) {
  if (queue.length === 0) {
    process.exitCode = 1 // Exiting early is a failure.
    setImmediate(runAll)
  }
  queue.push({ name, body })
}

module.exports = { test }
