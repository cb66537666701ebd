'use strict'

// What the client sends to the Haraka in examples/haraka, and the expected replies.

/** What a reply demonstrates, the mailbox that gets it, and the reply. */
const recipients = [
  ['a default reply', 'gone', '550 5.1.1 No such user\r\n'],
  ['a custom text', 'full', '450 4.2.2 Mailbox full, please try again tomorrow\r\n'],
  ['a custom code, as a number', 'quota', '552 5.2.2 Over quota for a year\r\n'],
  ['a custom code, as a string', 'moved', '551 5.1.6 Please write to moved@example.net\r\n'],
  [
    'several lines from an array',
    'closed',
    '550-5.2.1 This account is closed\r\n550 5.2.1 Ask postmaster@example.com\r\n',
  ],
  ['UTF-8', 'postfach', '450 4.2.2 Postfach überfüllt 📫\r\n'],
  [
    'a helper that the plugin adds',
    'greylisted',
    '451 4.7.1 Greylisted, please try again in 5 minutes\r\n',
  ],
  [
    'text from the client, without the CR LF in it',
    'nobody%0D%0A250%20ok',
    '550 5.1.1 No mailbox nobody250 ok here\r\n',
  ],
  ['a positive reply', 'postmaster', '250 2.1.5 Destination address valid\r\n'],
].map(([title, mailbox, reply]) => ({ title, mailbox, reply, address: `${mailbox}@example.com` }))

const refusal = {
  title: 'a refusal of the whole message',
  reply: '550 5.7.1 This example keeps no mail\r\n',
}

// Of Haraka's own replies, only the code is checked.
const haraka = (code) => ({ reply: new RegExp(`^${code}[ -]`) })

const request = {
  name: 'client.example.com',
  envelopes: [{ from: 'author@example.com', to: recipients.map(({ address }) => address) }],
  message: 'Subject: Hello\r\n\r\nIs anybody there?\r\n',
}

/** One reply to the greeting and to each of EHLO, MAIL, RCPT, DATA, the message and QUIT. */
const expected = [
  ...[haraka(220), haraka(250), haraka(250)],
  ...recipients,
  ...[haraka(354), refusal, haraka(221)],
]

/** The exchanges that differ from the expected ones, including missing and extra ones. */
function mismatches(exchanges) {
  const all = Array.from({ length: Math.max(exchanges.length, expected.length) }, (_, i) => ({
    command: '',
    reply: '',
    ...exchanges[i],
    expected: expected[i]?.reply,
  }))
  return all.filter(({ reply, expected }) =>
    expected instanceof RegExp ? !expected.test(reply) : reply !== expected,
  )
}

module.exports = { expected, mismatches, recipients, request }
