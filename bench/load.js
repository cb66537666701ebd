'use strict'

// Load test: a real Haraka refuses the recipients of many concurrent clients, with haraka-dsn and with this
// package in turn. Every byte of every reply to a recipient has to be the same.
//
//   npm run load [-- --clients 200 --recipients 100000 --rounds 5]

const assert = require('node:assert/strict')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { parseArgs } = require('node:util')

const { table } = require('../scripts/document')
const { converse } = require('../scripts/haraka/client')
const dialogue = require('../scripts/haraka/dialogue')
const {
  Haraka,
  copyExample,
  example,
  installExample,
  linkDependencies,
} = require('../scripts/haraka/server')

const TIMEOUT = 600_000
const TRANSACTION = 100 // recipients, which every server must accept: RFC 5321, section 4.5.3.1.8

const packages = {
  'haraka-dsn': path.dirname(require.resolve('haraka-dsn/package.json')),
  ours: path.join(__dirname, '..'),
}

const known = dialogue.recipients
  .filter(({ reply }) => !reply.startsWith('2'))
  .map(({ mailbox }) => mailbox)

/** Recipients that are refused: the known ones, and every third one unique. */
const refused = (count, client) =>
  Array.from({ length: count }, (_, index) => {
    const unique = `nobody-${client}-${index}%0D%0A250%20ok`
    const mailbox = index % 3 ? known[(index + client) % known.length] : unique
    return `${mailbox}@${index}.example.com` // The client sends each address only once.
  })

/** What one of the clients sends. */
function requestOf(client, { clients, recipients }) {
  const to = refused(Math.floor((recipients + client) / clients), client)
  const envelopes = Array.from({ length: Math.ceil(to.length / TRANSACTION) }, (_, i) => ({
    from: 'author@example.com',
    to: to.slice(i * TRANSACTION, (i + 1) * TRANSACTION),
  }))
  return { name: 'client.example.com', envelopes, message: '.' }
}

/**
 * Installs the example with a package. Haraka is copied, so that its own require() finds the package too;
 * everything else is linked.
 */
function install(directory, source) {
  copyExample(directory)
  const [from, to] = [example, directory].map((each) => path.join(each, 'node_modules'))
  fs.cpSync(path.join(from, 'Haraka'), path.join(to, 'Haraka'), { recursive: true })
  fs.symlinkSync(source, path.join(to, 'haraka-dsn'), 'junction')
  linkDependencies(directory)
}

/** The seconds of CPU that a process has used, which Linux counts in hundredths. */
function cpuOf({ pid }) {
  if (process.platform !== 'linux') return Number.NaN
  const [user, system] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13)
  return (Number(user) + Number(system)) / 100
}

/**
 * Runs a fresh Haraka with the package of that name and all clients at once. Resolves with each recipient
 * and its reply, the elapsed time and Haraka's CPU time: `{ exchanges, seconds, cpu }`.
 */
async function round(name, options) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-load-'))
  install(directory, packages[name])
  const haraka = new Haraka(directory, { timeout: TIMEOUT })
  try {
    const port = await haraka.listening()
    const [started, before] = [performance.now(), cpuOf(haraka.process)]
    const requests = Array.from({ length: options.clients }, (_, i) => requestOf(i, options))
    const all = await Promise.all(requests.map((request) => converse(port, request)))
    const seconds = (performance.now() - started) / 1000
    const cpu = cpuOf(haraka.process) - before
    assert.deepEqual(all.map(({ error }) => error).filter(Boolean), [])
    assert.equal(await haraka.stop(), 0, haraka.log)
    const exchanges = all.flatMap(({ exchanges }) => exchanges)
    return { exchanges: exchanges.filter(isAboutRecipient), seconds, cpu }
  } finally {
    await haraka.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

const isAboutRecipient = ({ command }) => command.startsWith('RCPT ')

/** Runs a round with each package, asserts that their replies are the same, and resolves with the rounds. */
async function compare(options, names = Object.keys(packages)) {
  const rounds = {}
  for (const name of names) rounds[name] = await round(name, options)
  const { ours, 'haraka-dsn': theirs } = rounds
  assert.equal(theirs.exchanges.length, options.recipients)
  assert.ok(theirs.exchanges.every(({ reply }) => /^[45]/.test(reply)))
  assert.deepEqual(ours.exchanges, theirs.exchanges)
  return { ours, theirs }
}

async function main() {
  const { values } = parseArgs({
    options: {
      clients: { type: 'string', default: '200' },
      recipients: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '5' },
    },
  })
  const [clients, recipients] = [Number(values.clients), Number(values.recipients)]
  await installExample()
  const rows = []
  for (let number = 1; number <= values.rounds; number++) {
    // The order alternates, so that a machine that slows down affects both.
    const names = number % 2 ? Object.keys(packages) : Object.keys(packages).reverse()
    const { ours, theirs } = await compare({ clients, recipients }, names)
    const times = [theirs, ours].map(({ cpu }) => ((cpu * 1e6) / recipients).toFixed(1))
    const rates = [theirs, ours].map(({ seconds }) => (recipients / seconds).toFixed())
    rows.push([`round ${number}`, ...times, ...rates])
  }
  console.log(
    table(['', 'haraka-dsn: µs of CPU', 'ours', 'haraka-dsn: recipients/s', 'ours'], rows),
  )
}

module.exports = { compare }

if (require.main === module) {
  main().catch((error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
