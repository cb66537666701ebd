'use strict'

// A process that makes the same calls under every pollution, with the module of the first argument, and
// prints a line of JSON for each. Every pollution has its own worker, with its own built-ins; if one crashes
// the process, the last line of standard error says which.

const { once } = require('node:events')
const { inspect } = require('node:util')
const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads')

const { pollutions } = require('../pollutions')

const long = `${'x'.repeat(600)}\r\n`
const veryLong = `${'ж'.repeat(40_000)}\r\n`
const longDetail = 'x'.repeat(40_000)
const inner = { toString: () => 'converted\n' }
const code = { toString: () => '551' }
const anything = [undefined, null, 5, 'to be a hole', inner, ['x', 'y']]
delete anything[3]

const calls = [
  ...[(DSN) => DSN.mbox_full(), (DSN) => DSN.no_such_user(), (DSN) => DSN.mbox_full('text')],
  ...[(DSN) => DSN.mbox_full('a\r\nb'), (DSN) => DSN.mbox_full(long)],
  ...[(DSN) => DSN.mbox_full(veryLong), (DSN) => DSN.mbox_full('text', 552)],
  ...[(DSN) => DSN.mbox_full('text', '552'), (DSN) => DSN.mbox_full('text', code)],
  ...[(DSN) => DSN.mbox_full('text', 'no code'), (DSN) => DSN.mbox_full(['one', 'two\r\n'])],
  ...[(DSN) => DSN.mbox_full(anything), (DSN) => DSN.mbox_full(5)],
  ...[(DSN) => DSN.no_such_user(inner), (DSN) => DSN.no_such_user(Symbol('text\n'))],
  (DSN) => DSN.create(550, 'text', 7, 1),
  (DSN) => DSN.create(undefined, undefined, 7, 1),
  (DSN) => DSN.create('450', 'a\tb', 4, 500),
  (DSN) => DSN.create(550, 'text', '7', longDetail),
  (DSN) => DSN.create(550, ['one\n', 'two'], '7', '1'),
  (DSN) => new DSN(550, 'text', 450, 7, 1),
  (DSN) => new DSN('x', ['one\n', 'two'], 450, 7, 1),
  (DSN) => new (class extends DSN {})(550, 'text\n', 450, 7, 1),
  ...[(DSN) => String(DSN.mbox_full('text')), (DSN) => String(DSN.mbox_full(['one', 'two']))],
]

// The additions only have to return or throw.
const bytes = Buffer.from('550 one')
const additions = [
  ...[(DSN) => DSN.parse('550-5.7.26 one\r\n550 5.7.26 two'), (DSN) => DSN.parse(bytes)],
  ...[(DSN) => DSN.parse(['550 5.7.26 one']), (DSN) => DSN.lookup('5.1.1'), (DSN) => DSN.statuses],
]

// During a pollution this code must not use anything that can be polluted: no iteration, no new elements.
const outcomes = (functions) => Array.from(functions, () => ({ returned: false, value: undefined }))

function callAll(functions, DSN, results) {
  for (let index = 0; index < functions.length; index++) {
    const result = results[index]
    try {
      result.value = functions[index](DSN)
      result.returned = true
    } catch (error) {
      result.value = error
    }
  }
}

/** The text of an outcome, and the reply as it is. */
function described({ returned, value }) {
  if (!returned) return { thrown: `${value?.name}: ${value?.message}` }
  return { shown: inspect(value, { maxStringLength: Infinity }), reply: value?.reply }
}

const describedResults = (results) =>
  Object.fromEntries(calls.map((call, index) => [call, described(results[index])]))

/** Calls a module during a pollution, which starts `after` or `before` it is loaded, and again afterwards. */
function observe(file, pollute, when) {
  for (const loaded of Object.keys(require.cache)) delete require.cache[loaded]
  const load = [() => require(file)]
  const [loaded, during, ignored, afterwards] = [load, calls, additions, calls].map(outcomes)
  if (when === 'after') callAll(load, file, loaded)
  const undo = pollute()
  if (when === 'before') callAll(load, file, loaded)
  const DSN = loaded[0].value
  if (loaded[0].returned) {
    callAll(calls, DSN, during)
    callAll(additions, DSN, ignored)
  }
  undo()
  if (!loaded[0].returned) return { failed: DSN.message }
  callAll(calls, DSN, afterwards)
  return { during: describedResults(during), afterwards: describedResults(afterwards) }
}

async function main() {
  const [file] = process.argv.slice(2)
  for (const name of ['nothing', ...Object.keys(pollutions)]) {
    process.stderr.write(`${name}\n`)
    const worker = new Worker(__filename, { workerData: { file, name } })
    const [observations] = await once(worker, 'message')
    process.stdout.write(`${JSON.stringify({ name, observations })}\n`)
  }
}

if (isMainThread) {
  main()
} else {
  const { file, name } = workerData
  const pollute = pollutions[name] ?? (() => () => {})
  const [after, before] = ['after', 'before'].map((when) => observe(file, pollute, when))
  parentPort.postMessage({ after, before })
}
