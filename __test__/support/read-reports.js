'use strict'

// Reads delivery reports with nodemailer's mailparser.

const { simpleParser } = require('mailparser')

/** The recipients of a report, each as `{ address, action, status, diagnostic }`. */
async function recipientsOf(message) {
  const { attachments, text } = await simpleParser(message)
  const part = attachments.find(({ contentType }) => /delivery-status$/.test(contentType))
  // mailparser adds message/delivery-status to the text.
  const fields = part ? part.content.toString() : text.slice(text.indexOf('Reporting-MTA: '))
  const [, ...groups] = fields.trimEnd().split(/(?:\r?\n){2}/)
  return Promise.all(groups.map(recipientOf))
}

/** To mailparser, a group of fields is the header of a message. */
async function recipientOf(group) {
  const { headerLines } = await simpleParser(`${group}\r\n\r\n`)
  const textOf = (name) => {
    const { line = '' } = headerLines.find(({ key }) => key === name) ?? {}
    const text = Buffer.from(line, 'latin1').toString() // one unit for each byte
    const value = text.slice(name.length + 1)
    return value.replace(/\r?\n\s*/g, ' ').trim()
  }
  return {
    address: textOf('final-recipient').replace(/^[\w-]+; /, ''),
    action: textOf('action'),
    status: textOf('status'),
    diagnostic: textOf('diagnostic-code'),
  }
}

module.exports = { recipientsOf }
