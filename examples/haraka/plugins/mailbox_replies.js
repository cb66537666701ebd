'use strict'

// Answers each mailbox of example.com with a different reply.

const querystring = require('node:querystring')

const DSN = require('haraka-dsn')

// A reply of your own is one more function on the class. All plugins share the class, so choose
// a name that no other plugin takes.
DSN.example_greylisted = (minutes) =>
  DSN.create(451, `Greylisted, please try again in ${minutes} minutes`, 7, 1)

const replies = new Map([
  // Without arguments a helper brings its own code and text.
  ['gone', () => DSN.no_such_user()],
  ['postmaster', () => DSN.addr_rcpt_ok()],

  // The first argument replaces the text.
  ['full', () => DSN.mbox_full('Mailbox full, please try again tomorrow')],

  // The second one replaces the code and is a number or a string. Its first digit is also the
  // first digit of the status, so this one says 5.2.2 and not 4.2.2.
  ['quota', () => DSN.mbox_full('Over quota for a year', 552)],
  ['moved', () => DSN.addr_mbox_moved('Please write to moved@example.net', '551')],

  // An array makes a reply of several lines.
  ['closed', () => DSN.mbox_disabled(['This account is closed', 'Ask postmaster@example.com'])],

  // The client gets UTF-8.
  ['postfach', () => DSN.mbox_full('Postfach überfüllt 📫')],

  ['greylisted', () => DSN.example_greylisted(5)],
])

// Text from the client needs no escaping: DSN drops CR, LF and all other control characters, so
// nobody can smuggle a second reply into this one.
const unknown = (mailbox) => DSN.no_such_user(`No mailbox ${mailbox} here`)

// What the client sees comes from the DSN alone. Haraka still wants to know what the reply means,
// and the class of the DSN says it.
const verdicts = { 2: OK, 4: DENYSOFT, 5: DENY }

exports.hook_rcpt = (next, _connection, [recipient]) => {
  const mailbox = querystring.unescape(recipient.user)
  const reply = replies.get(mailbox)?.() ?? unknown(mailbox)
  next(verdicts[reply.cls], reply)
}

// Nothing here delivers mail, so the message itself has to be refused.
exports.hook_data_post = (next) => next(DENY, DSN.sec_unauthorized('This example keeps no mail'))
