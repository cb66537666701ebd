'use strict'

// Measures time and memory for texts that strangers made to be expensive: milliseconds of CPU for 1 MB,
// and the memory that reading 50 MB adds to a process with a heap of 256 MB, in MB. The environment
// variable HARAKA_DSN_RS_BACKEND=wasm selects WebAssembly.
//
//   npm run bench:parse

const { execFileSync } = require('node:child_process')

const MB = 1 << 20

const HEAD = 'Content-Type: multipart/report; boundary=b\n\n'
const STATUS = `${HEAD}--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\n`
const NESTED = Array.from(
  { length: 12 },
  (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
).join('')
const LETTER = 'The quick brown fox jumps over the lazy dog, again and again and again.\n'
const RECIPIENT = [
  'Final-Recipient: rfc822; anna@example.com',
  'Original-Recipient: rfc822; info@example.com',
  'Action: failed',
  'Status: 5.1.1',
  'Remote-MTA: dns; mx.example.com',
  'Diagnostic-Code: smtp; 550-5.1.1 The account does not exist. Please check',
  '    550-5.1.1 the address for typing errors, or see 550 5.1.1',
  '    https://example.com/help 4a-20si77 - gsmtp',
  '',
  '',
].join('\n')

/** What the text begins with, and what is repeated up to its length. */
const FAMILIES = {
  'ordinary: a bounce with a long message': [
    `${STATUS}${RECIPIENT}--b\nContent-Type: message/rfc822\n\nMessage-ID: <1@example.com>\n\n`,
    LETTER,
  ],
  'ordinary: a bounce with many recipients': [STATUS, RECIPIENT],
  'recipients with an address only': [STATUS, 'Final-Recipient:x\n'],
  'recipients with a thousand lines each': [
    STATUS,
    `Final-Recipient:x\nDiagnostic-Code: 550-\n${' 550-\n'.repeat(1000)}\n`,
  ],
  'recipients with one line of 550-': [STATUS, 'Final-Recipient:x\nDiagnostic-Code:550-a 550-a\n'],
  'fields of one letter': [STATUS, 'a:\n'],
  'one field on many lines': [`${STATUS}Final-Recipient: x\nDiagnostic-Code: x\n`, ' a\n'],
  comments: [`${STATUS}Final-Recipient: x`, '(a)'],
  'open comments': [`${STATUS}Final-Recipient: x`, '('],
  'encoded words': [`${STATUS}Final-Recipient: x\nDiagnostic-Code: `, '=?utf-8?q?a?= '],
  'nested multiparts': [NESTED, '--b\n'],
  'boundaries that begin alike': [NESTED, `--b${'1'.repeat(60)}\n`],
  'sibling multiparts': [HEAD, '--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n'],
  'sibling messages': [HEAD, '--b\nContent-Type: message/rfc822\n\na:\n\n'],
  'messages in messages': ['', 'Content-Type: message/rfc822\n\n'],
  'header lines': ['', 'a:\n'],
  parameters: ['Content-Type: multipart/report', ';a=b'],
  'lines of nothing': [NESTED, '\n'],
  'lines of hyphens': [NESTED, '--\n'],
  base64: [
    `${HEAD}--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n`,
    'YToK',
  ],
  'reply: lines': ['', '250-\n'],
  'reply: joined lines': ['', '250- '],
  'reply: joined lines after spaces': [`250-${' '.repeat(MB / 2)}`, ' 250-'],
  'reply: folded lines': ['250-\n', ' 250-\n'],
  'reply: tabs': ['250 ', '\t'],
  'reply: frames': ['host ', 'host a]: '],
  'reply: an array of lines': null,
}

/** The family's text of a length. */
function textOf(name, length) {
  if (name === 'reply: an array of lines') return new Array(length / 4).fill('250-')
  const [start, repeated] = FAMILIES[name]
  return Buffer.from(start + repeated.repeat(Math.ceil(length / repeated.length))).subarray(
    0,
    length,
  )
}

/** In a process of its own: prints milliseconds of CPU, or the greatest memory in MB, the text included. */
function measure(name, length, what) {
  const DSN = require('..')
  const text = textOf(name, length)
  const read = name.startsWith('reply') ? DSN.parse : DSN.parse_report
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; what === 'time' && round < 10; round++) {
    const before = process.cpuUsage()
    read(text)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  if (what === 'read') read(text)
  return what === 'time' ? best : process.resourceUsage().maxRSS / 1024
}

function report() {
  const run = (...args) =>
    Number(
      execFileSync(process.execPath, ['--max-old-space-size=256', __filename, ...args.map(String)]),
    )
  console.log(`${''.padEnd(44)}ms for 1 MB   more MB for 50 MB`)
  for (const name of Object.keys(FAMILIES)) {
    const time = run(name, MB, 'time').toFixed(1)
    const memory = run(name, 50 * MB, 'read') - run(name, 50 * MB, 'nothing')
    console.log(`${name.padEnd(44)}${time.padStart(11)}${memory.toFixed(0).padStart(20)}`)
  }
}

const [name, length, what] = process.argv.slice(2)
if (name === undefined) report()
else console.log(measure(name, Number(length), what))
