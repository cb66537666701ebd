'use strict'

// Each gives a function to measure, of the class that answers.

const text380 = 'x'.repeat(380)
const lines = (count) => Array.from({ length: count }, (_, i) => `This is line number ${i}`)
const [lines3, lines50] = [lines(3), lines(50)]
const error = new Error('Lookup failed')

/** The calls that plugins make. */
const usual = [
  ['no arguments', (DSN) => () => DSN.addr_bad_dest_mbox()],
  ['no arguments, own text', (DSN) => () => DSN.no_such_user()],
  ['constant message', (DSN) => () => DSN.no_such_user('Never heard of her')],
  [
    'message built for the call',
    (DSN) => {
      let calls = 0
      return () => DSN.no_such_user(`Never heard of user ${calls++}`)
    },
  ],
  ['message and code', (DSN) => () => DSN.mbox_full('Over quota', 452)],
  ['undefined and code', (DSN) => () => DSN.mbox_full(undefined, 452)],
  ['non-ASCII message', (DSN) => () => DSN.mbox_full('Postfach überfüllt 📫')],
  ['message with CR LF', (DSN) => () => DSN.no_such_user('Never heard\r\nof her')],
  ['message of 380 characters', (DSN) => () => DSN.no_such_user(text380)],
  ['3 lines', (DSN) => () => DSN.mbox_disabled(lines3)],
  ['50 lines', (DSN) => () => DSN.mbox_disabled(lines50)],
  ['create(code)', (DSN) => () => DSN.create(550)],
  ['create(code, msg, 7, 1)', (DSN) => () => DSN.create(550, 'Go away', 7, 1)],
  ['new DSN(code, msg, def, 7, 1)', (DSN) => () => new DSN(550, 'Go away', 450, 7, 1)],
  [
    'call, then read reply and code',
    (DSN) => () => {
      const { code, reply } = DSN.no_such_user('Never heard of her')
      return `${code} ${reply}`.length
    },
  ],
]

/** Calls that are legal but rare, in which JavaScript's coercions have to be made one by one. */
const rare = [
  ['number as message', (DSN) => () => DSN.no_such_user(42)],
  ['Error as message', (DSN) => () => DSN.no_such_user(error)],
  ['create, unregistered status', (DSN) => () => DSN.create(421, 'Later', 4, 500)],
]

module.exports = { usual, rare }
