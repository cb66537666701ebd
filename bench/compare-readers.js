'use strict'

// Compares which readers of delivery reports find a recipient in the messages of some folders: this one,
// Python's email and flufl.bounce, and nodemailer's mailparser.
//
//   node bench/compare-readers.js <folder>...

const fs = require('node:fs')
const path = require('node:path')
const { simpleParser } = require('mailparser')

const DSN = require('..')
const { installPipPackages, run } = require('../scripts/cache')

const FIELD = /^(final|original)-recipient *:/im

/** What Python's email package and flufl.bounce find in messages. */
function readInPython(messages) {
  const PYTHONPATH = installPipPackages(path.join(__dirname, 'requirements.txt'))
  const input = JSON.stringify(messages.map((message) => message.toString('base64')))
  // flufl.bounce prints the exceptions of its detectors.
  const options = { env: { PYTHONPATH }, input, maxBuffer: 2 ** 30, stdio: 'pipe' }
  return JSON.parse(run('python3', [path.join(__dirname, 'compare_readers.py')], options))
}

/** mailparser does not read reports: it has their fields as text. */
async function hasFieldsAsText(message) {
  const { text, attachments } = await simpleParser(message).catch(() => ({ attachments: [] }))
  return [text, ...attachments.map(({ content }) => content)].some((each) => FIELD.test(each))
}

/** Whether each reader finds a recipient in a message; nothing if it has no report. */
async function findingsOf(message, { types = [], recipients = [], failures = [] }) {
  const report = DSN.parse_report(message)
  if (!report && !types.some((type) => /delivery-status$/.test(type))) return undefined
  const addresses = report?.recipients.map((to) => to.final_recipient ?? to.original_recipient)
  return {
    'this package': addresses?.some((recipient) => recipient?.address) ?? false,
    "Python's email": recipients.length > 0,
    'flufl.bounce': failures.length > 0,
    'mailparser (fields as text)': await hasFieldsAsText(message),
  }
}

async function main(folders) {
  for (const folder of folders) {
    const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    const messages = files
      .filter((file) => file.isFile())
      .map((file) => fs.readFileSync(path.join(file.parentPath, file.name)))
    const inPython = readInPython(messages)
    const all = await Promise.all(messages.map((message, i) => findingsOf(message, inPython[i])))
    const findings = all.filter(Boolean)
    console.log(`\n${folder}: ${findings.length} messages with a report`)
    for (const reader of Object.keys(findings[0] ?? {})) {
      console.log(`${reader.padEnd(30)}${findings.filter((found) => found[reader]).length}`)
    }
  }
}

module.exports = { readInPython }

if (require.main === module) main(process.argv.slice(2))
