'use strict'

// The calls to measure.

/** A text as V8 stores a constant: in one piece. */
const constant = (text) => Buffer.from(text).toString()
const lines = (count) =>
  Array.from({ length: count }, (_, i) => constant(`This is line number ${i}`))

/** What the calls pass. */
const values = {
  calls: 0,
  error: new Error('Lookup failed'),
  lines3: lines(3),
  lines50: lines(50),
  object: { toString: () => 'Lookup failed' },
  text380: constant('x'.repeat(380)),
}

const shapes = {
  'no arguments': (DSN) => DSN.addr_bad_dest_mbox(),
  'no arguments, own text': (DSN) => DSN.no_such_user(),
  'constant message': (DSN) => DSN.no_such_user('Never heard of her'),
  'message built for the call': (DSN, values) =>
    DSN.no_such_user(`Never heard of user ${values.calls++}`),
  'message and code': (DSN) => DSN.mbox_full('Over quota', 452),
  'message and code as text': (DSN) => DSN.mbox_full('Over quota', '452'),
  'undefined and code': (DSN) => DSN.mbox_full(undefined, 452),
  'non-ASCII message': (DSN) => DSN.mbox_full('Postfach überfüllt 📫'),
  'message with CR LF': (DSN) => DSN.no_such_user('Never heard\r\nof her'),
  'message of 380 characters': (DSN, values) => DSN.no_such_user(values.text380),
  '3 lines': (DSN, values) => DSN.mbox_disabled(values.lines3),
  '50 lines': (DSN, values) => DSN.mbox_disabled(values.lines50),
  'create(code)': (DSN) => DSN.create(550),
  'create(code, msg, 7, 1)': (DSN) => DSN.create(550, 'Go away', 7, 1),
  'create, unregistered status': (DSN) => DSN.create(421, 'Later', 4, 500),
  'new DSN(code, msg, def, 7, 1)': (DSN) => new DSN(550, 'Go away', 450, 7, 1),
  'number as message': (DSN) => DSN.no_such_user(42),
  'Error as message': (DSN, values) => DSN.no_such_user(values.error),
  'object as message': (DSN, values) => DSN.no_such_user(values.object),
}

/** Calls whose reply is used, which takes most of the time. */
const uses = {
  'message, then read code and reply': (DSN) => {
    const { code, reply } = DSN.no_such_user('Never heard of her')
    return `${code} ${reply}`.length
  },
  'default reply to a Buffer': (DSN) => {
    const { code, reply } = DSN.mbox_full()
    return Buffer.from(`${code} ${reply}\r\n`)
  },
}

let compiled = 0

/**
 * Compiles a function that makes a call several times and stores the results, so that V8 cannot
 * eliminate the call. Functions with the same source text share what V8 has learnt about them, and a
 * call that has met several packages is slow with each: so every text has a number.
 */
function compile(call, DSN) {
  const body = `// ${compiled++}
    const call = ${call}
    return (count = 1) => {
      for (let made = 0; made < count; made++) sink.result = call(DSN, values)
    }`
  return new Function('DSN', 'values', 'sink', body)(DSN, { ...values }, { result: undefined })
}

module.exports = { compile, shapes, uses, values }
