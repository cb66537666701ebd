'use strict'

// Answers each mailbox of example.com with a different reply.

const querystring = require('node:querystring')

const DSN = require('haraka-dsn')

// A custom helper is one more function on the class. All plugins share the class, so choose a name
// that no other plugin uses.
DSN.example_greylisted = (minutes) =>
  DSN.create(451, `Greylisted, please try again in ${minutes} minutes`, 7, 1)

const replies = new Map([
  // Without arguments a helper uses its default code and text.
  ['gone', () => DSN.no_such_user()],
  ['postmaster', () => DSN.addr_rcpt_ok()],

  // The first argument replaces the text.
  ['full', () => DSN.mbox_full('Mailbox full, please try again tomorrow')],

  // The second one, a number or a string, replaces the code. Its first digit becomes the class of the
  // status: this reply has 5.2.2, not 4.2.2.
  ['quota', () => DSN.mbox_full('Over quota for a year', 552)],
  ['moved', () => DSN.addr_mbox_moved('Please write to moved@example.net', '551')],

  // An array is a reply of several lines.
  ['closed', () => DSN.mbox_disabled(['This account is closed', 'Ask postmaster@example.com'])],

  // The client gets UTF-8.
  ['postfach', () => DSN.mbox_full('Postfach überfüllt 📫')],

  ['greylisted', () => DSN.example_greylisted(5)],
])

// Text from the client needs no escaping: DSN drops CR, LF and all other control characters, so
// nobody can smuggle a second reply into this one.
const unknown = (mailbox) => DSN.no_such_user(`No mailbox ${mailbox} here`)

// The client sees the code and text of the DSN only. Haraka still needs a return code, which follows from
// the class of the DSN.
const verdicts = { 2: OK, 4: DENYSOFT, 5: DENY }

exports.hook_rcpt = (next, _connection, [recipient]) => {
  const mailbox = querystring.unescape(recipient.user)
  const reply = replies.get(mailbox)?.() ?? unknown(mailbox)
  next(verdicts[reply.cls], reply)
}

// Nothing here delivers mail, so the message itself is refused.
exports.hook_data_post = (next) => next(DENY, DSN.sec_unauthorized('This example keeps no mail'))
