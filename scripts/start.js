'use strict'

// Starts a real Haraka with the example's configuration, prints an SMTP session with it and checks every
// reply. Exits with 0 if all of them are correct.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { converse, mismatches } = require('./haraka/client')
const { expected, request } = require('./haraka/dialogue')
const { Haraka, copyExample, installExample, linkDependencies } = require('./haraka/server')

const timeout = 180_000

// A control character inside a line is an error: show it, do not let the terminal interpret it.
const escapeControls = (line) => line.replace(/\p{Cc}/gu, (c) => JSON.stringify(c).slice(1, -1))

const lines = (who, text) =>
  (text.match(/.+?(?:\r\n|$)/gs) ?? []).map(
    (line) => `${who}: ${escapeControls(line.replace(/\r\n$/, ''))}`,
  )

/** An exchange, with a heading if its reply demonstrates a feature. */
const transcript = ({ command, reply }, title) =>
  [...(title ? [`   ${title}`] : []), ...lines('C', command), ...lines('S', reply)].join('\n')

/** Prints a session; its problems, with Haraka's log. */
async function run(directory, signal) {
  await installExample(signal)
  copyExample(directory)
  linkDependencies(directory)
  const haraka = new Haraka(directory, signal)
  const problems = []
  try {
    const { exchanges, error } = await converse(await haraka.listening(), request)
    console.log(exchanges.map((each, i) => transcript(each, expected[i]?.title)).join('\n\n'))
    const describe = ({ command, expected, got }) =>
      `${JSON.stringify(command)}: expected ${expected instanceof RegExp ? expected : JSON.stringify(expected)}, got ${JSON.stringify(got)}`
    problems.push(...mismatches(exchanges, expected).map(describe))
    if (error) problems.push(`The client gave up: ${error.message}`)
  } catch (error) {
    problems.push(error.message)
  }
  const status = await haraka.stop()
  if (status !== 0) problems.push(`Haraka exited with ${status}`)
  return problems.length ? [...problems, haraka.log] : []
}

async function main() {
  const interrupt = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => interrupt.abort(new Error(`Stopped by ${name}`)))
  }
  const signal = AbortSignal.any([interrupt.signal, AbortSignal.timeout(timeout)])
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
  try {
    const problems = await run(directory, signal)
    interrupt.signal.throwIfAborted()
    if (problems.length) throw new Error(problems.join('\n'))
    console.log(`\nAll ${expected.length} replies are correct.`)
  } catch (error) {
    // The cause of an AbortError is the reason.
    console.error((error.cause ?? error).message)
    process.exitCode = 1
  } finally {
    fs.rmSync(directory, { recursive: true, force: true })
  }
}

main()
