'use strict'

// The calls of the soak test: those of the benchmark, and calls that throw, call back or need a buffer
// on the heap. Each shape takes a class and returns the function to call repeatedly.

const { compile, shapes: benchmark } = require('../shapes')

const page = 'A line that is too long for the stack\r\n'.repeat(100)
const refusal = '550-5.7.26 Unauthenticated mail is not accepted\r\n550 5.7.26 here\r\n'

const throwing = {
  toString() {
    throw new Error('no text')
  },
}
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable([], {})
  revoke()
  return proxy
}

/** A call that must throw. */
const mustThrow = (call) => () => {
  try {
    call()
  } catch {
    return
  }
  throw new Error('this call does not throw')
}

const hostile = [
  (DSN) => () => DSN.no_such_user(page),
  (DSN) => () => DSN.no_such_user(`${page}ж`),
  (DSN) => () => DSN.mbox_disabled([page, 'short\n', null, undefined, 42]),
  (DSN) => () => DSN.mbox_full({ toString: () => String(DSN.no_such_user('inner\n')) }, '452'),
  (DSN) => () => DSN.mbox_full([{ toString: () => page }], { toString: () => '552' }),
  (DSN) => () => DSN.create('550', 'a\tb', '7\n', '1'),
  (DSN) => () => new (class extends DSN {})(550, 'of a subclass\n', 450, 7, 1),
  (DSN) => mustThrow(() => DSN.no_such_user(throwing)),
  (DSN) => mustThrow(() => DSN.no_such_user(['first', throwing])),
  (DSN) => mustThrow(() => DSN.no_such_user('text', throwing)),
  (DSN) => mustThrow(() => DSN.create(550, 'text', Symbol('subject'), 1)),
  (DSN) => mustThrow(() => DSN.no_such_user('text', Symbol('code'))),
  (DSN) => mustThrow(() => DSN.no_such_user(revoked())),
  (DSN) => mustThrow(() => new DSN.no_such_user()),
]

/** Calls that haraka-dsn does not have. */
const additions = [
  (DSN) => () => DSN.parse(refusal),
  (DSN) => () => DSN.parse([page, refusal]),
  (DSN) => () => DSN.parse(Buffer.from(refusal)),
  (DSN) => () => DSN.parse(revoked()),
  (DSN) => () => DSN.lookup('5.7.26'),
  (DSN) => () => DSN.lookup(DSN.mbox_full()),
  (DSN) => () => DSN.lookup(throwing),
  (DSN) => () => DSN.lookup('no status'),
]

module.exports = (DSN) => {
  const shapes = DSN.parse ? hostile.concat(additions) : hostile
  const calls = Object.values(benchmark).map((call) => compile(call, DSN))
  return calls.concat(shapes.map((shape) => shape(DSN)))
}
