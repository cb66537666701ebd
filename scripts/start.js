'use strict'

// Starts a real Haraka with the example's configuration, prints an SMTP session with it and checks every
// reply. Exits with 0 if all of them are correct.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { expected, mismatches, request } = require('./haraka/dialogue')
const { copyExample, installExample, linkDependencies, holdSessions } = require('./haraka/server')

// A control character inside a line is an error: show it, do not let the terminal interpret it.
const escapeControls = (line) => line.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1))

const lines = (who, text) =>
  text
    .split(/(?<=\r\n)/)
    .filter(Boolean)
    .map((line) => `${who}: ${escapeControls(line.replace(/\r\n$/, ''))}`)

/** An exchange, with a heading if its reply demonstrates a feature. */
const transcript = ({ command, reply }, title) =>
  [...(title ? [`   ${title}`] : []), ...lines('C', command), ...lines('S', reply)].join('\n')

async function main() {
  await installExample()
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
  // Haraka and the directory must not outlive this process.
  process.once('exit', () => fs.rmSync(directory, { recursive: true, force: true }))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1))
  copyExample(directory)
  linkDependencies(directory)
  const { conversations, status, log } = await holdSessions(directory, [request])
  const [{ exchanges, error }] = conversations
  console.log(exchanges.map((each, i) => transcript(each, expected[i]?.title)).join('\n\n'))
  const wrong = mismatches(exchanges)
  if (error || wrong.length || status !== 0) {
    console.error(log, wrong)
    throw new Error(`Wrong replies: ${wrong.length}. Haraka exited with ${status}. ${error ?? ''}`)
  }
  console.log(`\nAll ${expected.length} replies are correct.`)
}

main()
