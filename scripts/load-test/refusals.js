'use strict'

// The recipients that the example plugin refuses, and the bytes of each refusal with haraka-dsn.

const fs = require('node:fs')
const path = require('node:path')
const vm = require('node:vm')

const original = require('haraka-dsn')

const { recipients } = require('../haraka/dialogue')
const { example } = require('../haraka/installation')

const verdicts = ['OK', 'DENY', 'DENYSOFT']

/** Loads the example plugin with haraka-dsn, outside of Haraka. */
function loadPlugin() {
  const source = fs.readFileSync(path.join(example, 'plugins', 'mailbox_replies.js'), 'utf8')
  const run = vm.compileFunction(source, ['exports', 'require', ...verdicts])
  const plugin = {}
  run(plugin, (name) => (name === 'haraka-dsn' ? original : require(name)), ...verdicts)
  return plugin
}

const plugin = loadPlugin()

/** The reply on the wire, one character for each byte. */
function wireOf({ code, reply }) {
  const lines = [reply].flat()
  const text = lines.map(
    (line, index) => `${code}${index < lines.length - 1 ? '-' : ' '}${line}\r\n`,
  )
  return Buffer.from(text.join('')).toString('latin1')
}

function refusal(mailbox) {
  let reply
  plugin.hook_rcpt((_verdict, dsn) => (reply = wireOf(dsn)), undefined, [{ user: mailbox }])
  return { address: `${mailbox}@example.com`, reply }
}

const known = recipients
  .map(({ mailbox }) => refusal(mailbox))
  .filter(({ reply }) => !reply.startsWith('2'))

/** A list of refused recipients: the known ones, and every third one unique. */
exports.refusals = (count, seed) =>
  Array.from({ length: count }, (_, index) =>
    index % 3
      ? known[(index + seed) % known.length]
      : refusal(`nobody-${seed}-${index}%0D%0A250%20ok`),
  )
