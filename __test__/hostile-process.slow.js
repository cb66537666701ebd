'use strict'

// Protects against crashes by hostile code in the same process: with patched built-ins or exhausted memory,
// results and exceptions are like haraka-dsn's. Each implementation has its own process, because both can
// crash it. Objects that call back are tested in parity.test.js, workers in multiple-instances.test.js.

const assert = require('node:assert/strict')
const { execFile } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { before, describe, it, test } = require('node:test')
const { isDeepStrictEqual, promisify } = require('node:util')
const vm = require('node:vm')

const { isBinary } = require('./support/implementations')
const { hasControl } = require('./support/control-characters')
const { pollutions } = require('./support/pollutions')

const modules = { ours: require.resolve('..'), original: require.resolve('haraka-dsn') }
const run = promisify(execFile)

/** Runs a script with each implementation and resolves with the lines of JSON that it prints. */
async function runWithEach(script) {
  const outputs = {}
  for (const [implementation, file] of Object.entries(modules)) {
    const args = [path.join(__dirname, 'support/processes', script), file]
    const { stdout } = await run(process.execPath, args, { maxBuffer: Infinity })
    outputs[implementation] = stdout.trim().split('\n').map(JSON.parse)
  }
  return outputs
}

/** The built-ins in a list of docs/differences.md, which ends with a comment. */
const document = fs.readFileSync(path.join(__dirname, '../docs/differences.md'), 'utf8')
const listed = (name) => {
  const [, list] = document.split(`<!-- ${name} -->`)
  return [
    ...list
      .split('\n- ')[0]
      .split('<!--')[0]
      .matchAll(/`([^`]+)`/g),
  ].map(([, each]) => each)
}
const ofModule = { skip: !isBinary && 'the WebAssembly module needs more of them' }

const names = Object.keys(pollutions)
const partOf = (name) => name.replace(/ (throws|swallows|is .*|cannot .*|gives nothing)$/, '')
const parts = (some) => [...new Set(some.map(partOf))].sort()

describe('patched built-ins', { timeout: 300_000 }, () => {
  /** The results by implementation and pollution, `after` or `before` loading. */
  const seen = { ours: {}, original: {} }
  let usual

  before(async () => {
    for (const [implementation, lines] of Object.entries(await runWithEach('each-pollution.js'))) {
      for (const { name, observations } of lines) seen[implementation][name] = observations
    }
    usual = seen.ours.nothing.after.during
  })

  /** The result of each call during a pollution and afterwards: ours, the original's and the usual one. */
  const comparisons = (name, when) =>
    ['during', 'afterwards'].flatMap((phase) =>
      Object.keys(usual).map((call) => {
        const [ours, original] = [seen.ours, seen.original].map(({ [name]: { [when]: all } }) =>
          all.failed ? all : all[phase][call],
        )
        return { call: `${phase}: ${call}`, ours, original, usual: usual[call] }
      }),
    )
  const isAsUsual = (implementation) => (each) =>
    isDeepStrictEqual(each[implementation], each.usual)
  const isWorse = (each) => isAsUsual('original')(each) && !isAsUsual('ours')(each)

  it('are the only difference: without a pollution both return the same', () => {
    assert.deepEqual(seen.ours.nothing, seen.original.nothing)
  })

  for (const name of names) {
    it(`change no reply that they do not change in the original: ${name}`, () => {
      for (const { call, ...each } of comparisons(name, 'after')) {
        if (isAsUsual('original')(each)) assert.deepEqual(each.ours, each.original, call)
      }
    })
  }

  it('without an effect are those that docs/differences.md lists', () => {
    const isAffected = (implementation) => (name) =>
      !comparisons(name, 'after').every(isAsUsual(implementation))
    const [ours, original] = ['ours', 'original'].map((implementation) =>
      parts(names.filter(isAffected(implementation))),
    )
    const immune = original.filter((part) => !ours.includes(part))
    assert.deepEqual(immune, listed('without an effect'))
  })

  it('needed to load are those that docs/differences.md lists', ofModule, () => {
    const worse = names.filter((name) => comparisons(name, 'before').some(isWorse))
    assert.deepEqual(parts(worse), listed('needed to load'))
  })

  it('never let a control character into our replies', () => {
    const results = Object.values(seen.ours)
      .flatMap(({ after, before }) => [after, before])
      .flatMap(({ during = {} }) => Object.values(during))
    for (const { reply } of results) assert.ok(![reply].flat().some(hasControl), reply)
  })
})

/** Calls back from inside a call and returns the functions found there by `caller` and stack frames. */
function lookAround(call) {
  // Sloppy-mode functions have `caller`.
  const sloppy = vm.runInThisContext(
    '(look) => function toString() { look(toString.caller); return "text" }',
  )
  const message = { toString: sloppy(look) }
  const found = []
  function look(caller) {
    const { prepareStackTrace } = Error
    Error.prepareStackTrace = (_error, frames) => frames
    const { stack } = new Error('here')
    Error.prepareStackTrace = prepareStackTrace
    found.push(caller, ...stack.flatMap((frame) => [frame.getFunction(), frame.getThis()]))
  }
  call(message)
  return new Set(found.filter((each) => each !== message && each !== message.toString))
}

test('a callback cannot get hold of internal functions', () => {
  const DSN = require('..')
  assert.deepEqual([...lookAround((message) => DSN.mbox_full(message, 452))], [null, undefined])
})

test('functions of the backend return or throw for any receiver and arguments', async () => {
  const file = path.join(__dirname, 'support/processes', 'hostile-calls.js')
  const { stdout } = await run(process.execPath, [file])
  const { functions, calls, reply } = JSON.parse(stdout)
  assert.equal(functions, 14)
  assert.ok(calls > 10_000)
  assert.equal(reply, '4.2.2 x')
})

// The longest text takes up to 2.6 GB here.
const skip = os.totalmem() < 4 * 2 ** 30 && 'needs 4 GB of memory'

test('strings that are too long throw the same errors as in the original', { skip }, async () => {
  const { ours, original } = await runWithEach('longest-texts.js')
  assert.deepEqual(ours, original)
  assert.equal(ours[0][0][1], 'RangeError: Invalid string length')
})
