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
  return groups.map(recipientOf)
}

function recipientOf(group) {
  const unfolded = group.replace(/\r?\n\s+/g, ' ')
  const textOf = (name) => new RegExp(`^${name}:(.*)`, 'im').exec(unfolded)?.[1].trim() ?? ''
  return {
    address: textOf('Final-Recipient').replace(/^[\w-]+; /, ''),
    action: textOf('Action'),
    status: textOf('Status'),
    diagnostic: textOf('Diagnostic-Code'),
  }
}

module.exports = { recipientsOf }
