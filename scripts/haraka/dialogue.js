'use strict'

// What the client sends to the Haraka in examples/haraka, and the expected replies.

const recipients = [
  {
    title: 'a default reply',
    mailbox: 'gone',
    reply: '550 5.1.1 No such user\r\n',
  },
  {
    title: 'a custom text',
    mailbox: 'full',
    reply: '450 4.2.2 Mailbox full, please try again tomorrow\r\n',
  },
  {
    title: 'a custom code, as a number',
    mailbox: 'quota',
    reply: '552 5.2.2 Over quota for a year\r\n',
  },
  {
    title: 'a custom code, as a string',
    mailbox: 'moved',
    reply: '551 5.1.6 Please write to moved@example.net\r\n',
  },
  {
    title: 'several lines from an array',
    mailbox: 'closed',
    reply: '550-5.2.1 This account is closed\r\n550 5.2.1 Ask postmaster@example.com\r\n',
  },
  {
    title: 'UTF-8',
    mailbox: 'postfach',
    reply: '450 4.2.2 Postfach überfüllt 📫\r\n',
  },
  {
    title: 'a helper that the plugin adds',
    mailbox: 'greylisted',
    reply: '451 4.7.1 Greylisted, please try again in 5 minutes\r\n',
  },
  {
    title: 'text from the client, without the CR LF in it',
    mailbox: 'nobody%0D%0A250%20ok',
    reply: '550 5.1.1 No mailbox nobody250 ok here\r\n',
  },
  {
    title: 'a positive reply',
    mailbox: 'postmaster',
    reply: '250 2.1.5 Destination address valid\r\n',
  },
].map((recipient) => ({ ...recipient, address: `${recipient.mailbox}@example.com` }))

const refusal = {
  title: 'a refusal of the whole message',
  reply: '550 5.7.1 This example keeps no mail\r\n',
}

// Of Haraka's own replies, only the code is checked.
const haraka = (code) => ({ reply: new RegExp(`^${code}[ -]`) })

module.exports = {
  haraka,
  recipients,

  request: {
    name: 'client.example.com',
    envelopes: [{ from: 'author@example.com', to: recipients.map(({ address }) => address) }],
    message: 'Subject: Hello\r\n\r\nIs anybody there?\r\n',
  },

  // One for the greeting and one for each command, in the order of the replies.
  expected: [
    haraka(220), // the greeting
    haraka(250), // EHLO
    haraka(250), // MAIL FROM
    ...recipients,
    haraka(354), // DATA
    refusal,
    haraka(221), // QUIT
  ],
}
