'use strict'

// Starts a real Haraka with the example's configuration, prints an SMTP session with it and checks every
// reply. Exits with 0 if all of them are correct.

const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const { mismatches } = require('./haraka/check')
const { converse } = require('./haraka/client')
const { expected, request } = require('./haraka/dialogue')
const {
  copyExample,
  installExample,
  isInstalled,
  linkDependencies,
} = require('./haraka/installation')
const { Haraka } = require('./haraka/server')
const { painter } = require('./haraka/transcript')

const timeout = 180_000

const { paint, transcript, mismatch } = painter(process.stdout.isTTY && !process.env.NO_COLOR)

/** Resolves with a list of problems. */
async function run(directory, signal) {
  if (!isInstalled()) {
    console.log('Installing the dependencies of the example: npm ci in examples/haraka')
    await installExample(signal)
  }
  copyExample(directory)
  linkDependencies(directory)

  const haraka = new Haraka(directory, signal)
  let problems
  try {
    problems = await talk(await haraka.listening())
  } catch (error) {
    problems = [error.message]
  }
  const status = await haraka.stop()
  if (status !== 0) problems.push(`Haraka exited with ${status}`)
  return problems.length ? [...problems, `Haraka's log:\n${haraka.log}`] : problems
}

async function talk(port) {
  const { exchanges, error } = await converse(port, request)
  console.log(`${transcript(exchanges, expected)}\n`)
  const problems = mismatches(exchanges, expected).map(mismatch)
  return error ? [...problems, `The client gave up: ${error.message}`] : problems
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
    if (!problems.length) {
      console.log(paint('green', `All ${expected.length} replies are correct.`))
      return
    }
    console.log(problems.join('\n\n'))
  } catch (error) {
    // The cause of an AbortError is the reason.
    console.error((error.cause ?? error).message)
  } finally {
    fs.rmSync(directory, { recursive: true, force: true })
  }
  process.exitCode = 1
}

main()
