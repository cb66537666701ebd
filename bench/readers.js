'use strict'

// Compares what readers of delivery reports find in the messages of some folders: this one, Python's email
// and flufl.bounce, and nodemailer's mailparser.
//
//   pip install flufl.bounce
//   node bench/readers.js <folder>...
//
// PYTHON names the Python that has flufl.bounce.

const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { simpleParser } = require('mailparser')

const DSN = require('..')

const FIELD = /^(final|original)-recipient *:/im

/** What the readers in Python say: a record for each message. */
function readInPython(folders) {
  const script = path.join(__dirname, 'readers.py')
  const stdio = ['ignore', 'pipe', 'ignore'] // flufl.bounce prints the exceptions of its detectors
  const options = { encoding: 'utf8', maxBuffer: Number.POSITIVE_INFINITY, stdio }
  const lines = execFileSync(process.env.PYTHON ?? 'python3', [script, ...folders], options)
  return lines.trim().split('\n').map(JSON.parse)
}

const addressOf = ({ final_recipient, original_recipient }) =>
  (final_recipient ?? original_recipient)?.address

/** For each reader how many recipients it names; of mailparser, whether it has the report as text. */
async function countsOf({ path: file, email = [], flufl = [] }) {
  const message = fs.readFileSync(file)
  const report = DSN.parse_report(message)
  const recipients = report?.recipients.filter(addressOf) ?? []
  const { text, attachments } = await simpleParser(message).catch(() => ({ attachments: [] }))
  const texts = [text, ...attachments.map(({ content }) => content.toString())]
  return {
    'this package': recipients.length,
    '… with status or reply': recipients.filter(({ dsn }) => dsn !== null).length,
    '… and the Message-ID of the message': report?.returned?.message_id ? recipients.length : 0,
    "Python's email": email.length,
    'flufl.bounce': flufl.length,
    'mailparser (fields as text)': texts.some((text) => FIELD.test(text)) ? 1 : 0,
  }
}

async function main(folders) {
  for (const folder of folders) {
    // flufl.bounce also reads bounces without a report, which are left out.
    const messages = readInPython([folder]).filter(
      ({ path: file, has_report }) => has_report || DSN.parse_report(fs.readFileSync(file)),
    )
    const all = []
    for (const message of messages) all.push(await countsOf(message))
    console.log(`\n${folder}: ${all.length} messages with a report`)
    for (const reader of Object.keys(all[0] ?? {})) {
      const found = all.filter((counts) => counts[reader] > 0).length
      const sum = all.reduce((sum, counts) => sum + counts[reader], 0)
      console.log(`${reader.padEnd(40)}${found} messages, ${sum} recipients`)
    }
  }
}

main(process.argv.slice(2))
