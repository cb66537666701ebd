'use strict'

// One round of the load test: a fresh Haraka with one of the packages, and all clients at once.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const vm = require('node:vm')

const { converse, mismatches } = require('../../scripts/haraka/client')
const { haraka, recipients } = require('../../scripts/haraka/dialogue')
const {
  Haraka,
  configure,
  copyExample,
  example,
  linkDependencies,
} = require('../../scripts/haraka/server')

const timeout = 600_000
const transactionSize = 100 // what every server must accept: RFC 5321, section 4.5.3.1.8

const packages = {
  'haraka-dsn': path.dirname(require.resolve('haraka-dsn/package.json')),
  ours: path.join(__dirname, '../..'),
}

/** The example plugin with haraka-dsn, outside of Haraka. */
function loadPlugin() {
  const verdicts = ['OK', 'DENY', 'DENYSOFT']
  const source = fs.readFileSync(path.join(example, 'plugins/mailbox_replies.js'), 'utf8')
  const plugin = {}
  vm.compileFunction(source, ['exports', 'require', ...verdicts])(plugin, require, ...verdicts)
  return plugin
}

const plugin = loadPlugin()

/** The bytes of the plugin's reply to a mailbox with haraka-dsn. */
function replyTo(mailbox) {
  let dsn
  const keep = (_verdict, answer) => {
    dsn = answer
  }
  plugin.hook_rcpt(keep, undefined, [{ user: mailbox }])
  const lines = [dsn.reply].flat()
  const separator = (index) => (index < lines.length - 1 ? '-' : ' ')
  return lines.map((line, index) => `${dsn.code}${separator(index)}${line}\r\n`).join('')
}

const known = recipients.map(({ mailbox }) => mailbox).filter((each) => replyTo(each)[0] !== '2')

/** A list of refused recipients: the known ones, and every third one unique. */
const refusals = (count, seed) =>
  Array.from({ length: count }, (_, index) => {
    const unique = `nobody-${seed}-${index}%0D%0A250%20ok`
    const mailbox = index % 3 ? known[(index + seed) % known.length] : unique
    // The client sends each address only once.
    return { address: `${mailbox}@${index}.example.com`, reply: replyTo(mailbox) }
  })

/** Has all recipients refused in one connection; resolves with the wrong replies. */
async function refuse(port, list) {
  const transactions = []
  for (let start = 0; start < list.length; start += transactionSize) {
    transactions.push(list.slice(start, start + transactionSize))
  }
  const envelopes = transactions.map((refused) => ({
    from: 'author@example.com',
    to: refused.map(({ address }) => address),
  }))
  // The replies to MAIL and to all RCPT, and between transactions to RSET.
  const replies = transactions.map((refused) => [haraka(250), ...refused])
  const expected = [
    ...[haraka(220), haraka(250)],
    ...replies.flatMap((each, index) => (index ? [haraka(250), ...each] : each)),
    haraka(221),
  ]
  const request = { name: 'client.example.com', envelopes, message: '.' }
  const { exchanges, error } = await converse(port, request)
  const wrong = mismatches(exchanges, expected).map((each) => JSON.stringify(each))
  return error ? [error.message, ...wrong] : wrong
}

/**
 * Installs the example with the package. Haraka is copied, so that its own require() finds the
 * package too; everything else is linked.
 */
function install(directory, source) {
  copyExample(directory)
  const [from, to] = [example, directory].map((each) => path.join(each, 'node_modules'))
  fs.cpSync(path.join(from, 'Haraka'), path.join(to, 'Haraka'), { recursive: true })
  fs.symlinkSync(source, path.join(to, 'haraka-dsn'), 'junction')
  linkDependencies(directory)
  fs.copyFileSync(path.join(__dirname, 'cpu_time.js'), path.join(directory, 'plugins/cpu_time.js'))
  configure(directory, 'plugins', 'cpu_time')
}

/** Splits a total into `count` integers that differ by at most one. */
const shares = (total, count) =>
  Array.from({ length: count }, (_, index) => Math.floor((total + index) / count))

/** Resolves with the elapsed seconds and the problems found. */
async function runClients(port, { clients, recipients }) {
  const lists = shares(recipients, clients).map(refusals)
  const started = performance.now()
  const problems = await Promise.all(lists.map((list) => refuse(port, list)))
  return { seconds: (performance.now() - started) / 1000, problems: problems.flat() }
}

/**
 * Runs a round with the package of that name and resolves with the elapsed seconds, Haraka's CPU
 * seconds and the problems found: `{ seconds, cpu, problems }`.
 */
async function round(name, options) {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-load-'))
  try {
    install(directory, packages[name])
    const haraka = new Haraka(directory, AbortSignal.timeout(timeout))
    const { seconds, problems } = await haraka
      .listening()
      .then((port) => runClients(port, options))
      .catch((error) => ({ problems: [error.message] }))
    const status = await haraka.stop()
    if (status !== 0) problems.push(`Haraka exited with ${status}`)
    const [, cpu] = /^CPU time: (\d+) µs$/m.exec(haraka.log) ?? []
    return { seconds, cpu: cpu / 1e6, problems }
  } finally {
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

module.exports = { packages, round }
