'use strict'

// Load test: a real Haraka refuses the recipients of many concurrent clients, with haraka-dsn and with this
// package in turn. Every byte of every reply to a recipient has to be the same.
//
//   npm run load [-- <rounds>]

const assert = require('node:assert/strict')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { converse } = require('../scripts/haraka/client')
const dialogue = require('../scripts/haraka/dialogue')
const server = require('../scripts/haraka/server')

const packages = {
  'haraka-dsn': path.dirname(require.resolve('haraka-dsn/package.json')),
  ours: path.join(__dirname, '..'),
}

const refused = dialogue.recipients.filter(({ reply }) => !reply.startsWith('2'))

/** What a client sends: recipients that are refused, every third one with a text that no other has. */
function requestOf(client, recipients) {
  const to = Array.from({ length: recipients }, (_, index) => {
    const { mailbox } = refused[(index + client) % refused.length]
    const unique = `nobody-${client}-${index}%0D%0A250%20ok`
    return `${index % 3 ? mailbox : unique}@${index}.example.com` // each address is sent only once
  })
  const envelopes = []
  // Every server must accept 100 recipients: RFC 5321, section 4.5.3.1.8.
  while (to.length) envelopes.push({ from: 'author@example.com', to: to.splice(0, 100) })
  return { name: 'client.example.com', envelopes, message: '.' }
}

/** Installs the example with a package, and a copy of Haraka, whose own require() finds the package too. */
function install(directory, source) {
  const [from, to] = [server.example, directory].map((each) => path.join(each, 'node_modules'))
  fs.cpSync(path.join(from, 'Haraka'), path.join(to, 'Haraka'), { recursive: true })
  fs.symlinkSync(source, path.join(to, 'haraka-dsn'), 'junction')
  server.copyExample(directory)
  server.linkDependencies(directory)
}

/** The seconds of CPU that a process has used, which Linux counts in hundredths. */
function cpuOf({ pid }) {
  if (process.platform !== 'linux') return Number.NaN
  const [user, system] = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13)
  return (Number(user) + Number(system)) / 100
}

/**
 * Runs a fresh Haraka with the package of that name and all clients at once. Resolves with each recipient
 * and its reply, and with the CPU time of Haraka for each in µs: `{ exchanges, cpu }`.
 */
async function runRound(name, { clients, recipients }) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-load-'))
  install(directory, packages[name])
  const haraka = new server.Haraka(directory, { timeout: 600_000 })
  try {
    const port = await haraka.waitForPort()
    const before = cpuOf(haraka.process)
    const requests = Array.from({ length: clients }, (_, client) => requestOf(client, recipients))
    const all = await Promise.all(requests.map((request) => converse(port, request)))
    const cpu = ((cpuOf(haraka.process) - before) * 1e6) / (clients * recipients)
    for (const { error } of all) assert.equal(error, undefined)
    assert.equal(await haraka.stop(), 0, haraka.log)
    const exchanges = all.flatMap(({ exchanges }) => exchanges)
    return { exchanges: exchanges.filter(({ command }) => command.startsWith('RCPT ')), cpu }
  } finally {
    await haraka.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

/** Runs a round with each package, asserts that their replies are the same, and resolves with CPU times. */
async function compare(options) {
  const [theirs, ours] = [await runRound('haraka-dsn', options), await runRound('ours', options)]
  assert.equal(theirs.exchanges.length, options.clients * options.recipients)
  assert.ok(theirs.exchanges.every(({ reply }) => /^[45]/.test(reply)))
  assert.deepEqual(ours.exchanges, theirs.exchanges)
  return [theirs.cpu, ours.cpu]
}

async function main(rounds = 5) {
  await server.installExample()
  for (let number = 1; number <= rounds; number++) {
    const times = await compare({ clients: 200, recipients: 500 })
    const [theirs, ours] = times.map((cpu) => `${cpu.toFixed(1)} µs of CPU`)
    console.log(`round ${number}: haraka-dsn ${theirs}, ours ${ours} for each recipient`)
  }
}

module.exports = { compare }

if (require.main === module) main(process.argv[2])
