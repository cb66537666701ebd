'use strict'

// Code in the same process that does harm, on purpose or not. What a caller's objects can do in the
// middle of a call is tested with parity, what ends workers and processes with copies. Here is what
// changes the language for everybody, and what asks for more memory than there is. Both can kill a
// process, so each implementation is asked in one of its own.

const assert = require('node:assert/strict')
const { execFile } = require('node:child_process')
const os = require('node:os')
const path = require('node:path')
const { before, describe, it, test } = require('node:test')
const { isDeepStrictEqual, promisify } = require('node:util')
const vm = require('node:vm')

const { hasControl } = require('./support/control')
const { binaryInUse } = require('./support/copy')
const { pollutions } = require('./support/pollution')

const modules = { ours: require.resolve('..'), original: require.resolve('haraka-dsn') }
const run = promisify(execFile)

/** Resolves with the lines of JSON that a script prints about each implementation. */
async function ask(script) {
  const answers = {}
  for (const [who, file] of Object.entries(modules)) {
    const args = [path.join(__dirname, 'support', script), file]
    const { stdout } = await run(process.execPath, args, { maxBuffer: Infinity })
    answers[who] = stdout.trim().split('\n').map(JSON.parse)
  }
  return answers
}

// What replaces a part of the language in all these ways does not reach our replies, but those of
// the original: the README lists it.
const IMMUNE = ['String.prototype.replace', 'RegExp.prototype.exec', 'globalThis.parseInt']
IMMUNE.push('RegExp.prototype[Symbol.replace]', 'Object.prototype.replacement')

// What breaks the package, and not the original, if it is done before the package is loaded.
const NEEDED_TO_LOAD = ['Function.prototype.bind', 'Object.defineProperty', 'Reflect.apply']
NEEDED_TO_LOAD.push('JSON.parse', 'globalThis.JSON', 'globalThis.Object', 'globalThis.Reflect')

const names = Object.keys(pollutions)
const partOf = (name) => name.replace(/ (throws|swallows|is .*|cannot .*|gives nothing)$/, '')
const parts = (some) => [...new Set(some.map(partOf))].sort()

describe('a language that was changed', { timeout: 300_000 }, () => {
  /** By implementation and pollution: what the calls gave when it came `after` or `before` loading. */
  const seen = { ours: {}, original: {} }
  let usual

  before(async () => {
    for (const [who, lines] of Object.entries(await ask('polluted.js'))) {
      for (const { name, observations } of lines) seen[who][name] = observations
    }
    usual = seen.ours.nothing.after.during
  })

  /** What each call gives during a pollution and afterwards: ours, the original's and as usual. */
  const comparisons = (name, when) =>
    ['during', 'afterwards'].flatMap((phase) =>
      Object.keys(usual).map((call) => {
        const [ours, original] = [seen.ours, seen.original].map(({ [name]: { [when]: all } }) =>
          all.failed ? all : all[phase][call],
        )
        return { call: `${phase}: ${call}`, ours, original, usual: usual[call] }
      }),
    )
  const isAsUsual = (who) => (each) => isDeepStrictEqual(each[who], each.usual)
  const isWorse = (each) => isAsUsual('original')(each) && !isAsUsual('ours')(each)

  it('is one for both where nothing was changed', () => {
    assert.deepEqual(seen.ours.nothing, seen.original.nothing)
  })

  for (const name of names) {
    it(`changes no reply that it does not change in the original: ${name}`, () => {
      for (const { call, ...each } of comparisons(name, 'after')) {
        if (isAsUsual('original')(each)) assert.deepEqual(each.ours, each.original, call)
      }
    })
  }

  it('does not reach our replies in some ways, but those of the original', () => {
    const isReached = (who) => (name) => !comparisons(name, 'after').every(isAsUsual(who))
    const [ours, original] = ['ours', 'original'].map((who) => parts(names.filter(isReached(who))))
    const immune = original.filter((part) => !ours.includes(part))
    assert.deepEqual(immune, IMMUNE.toSorted())
  })

  it('has parts without which the package cannot be loaded', () => {
    const worse = names.filter((name) => comparisons(name, 'before').some(isWorse))
    assert.deepEqual(parts(worse), NEEDED_TO_LOAD.toSorted())
  })

  it('lets no control character into our replies', () => {
    const results = Object.values(seen.ours)
      .flatMap(({ after, before }) => [after, before])
      .flatMap(({ during = {} }) => Object.values(during))
    for (const { reply = [] } of results) assert.ok(![reply].flat().some(hasControl), reply)
  })
})

/** Calls back from inside a call and returns what `caller` and the stack lead to there. */
function lookAround(call) {
  // Functions of the sloppy mode can ask who called them.
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

test('a caller that is called back finds none of our functions', () => {
  const DSN = require('..')
  assert.deepEqual([...lookAround((message) => DSN.mbox_full(message, 452))], [null, undefined])
})

test('native functions that hostile code calls on anything come back', async () => {
  const file = path.join(__dirname, 'support', 'natives.js')
  const { stdout } = await run(process.execPath, [file])
  const { natives, calls, reply } = JSON.parse(stdout)
  const exported = Object.values(require(binaryInUse)).filter((each) => typeof each === 'function')
  assert.ok(natives >= exported.length)
  assert.ok(calls > 10_000)
  assert.equal(reply, '4.2.2 x')
})

// The longest text takes up to 2.6 GB here.
const skip = os.totalmem() < 4 * 2 ** 30 && 'there is too little memory'

test('what is too long for the language gets the errors of the language', { skip }, async () => {
  const { ours, original } = await ask('huge.js')
  assert.deepEqual(ours, original)
  assert.equal(ours[0]['the longest text'], 'RangeError: Invalid string length')
})

const isLinux = process.platform === 'linux'

test('where there is no memory for a copy, the process lives on', { skip: !isLinux }, async () => {
  const file = path.join(__dirname, 'support', 'short-of-memory.js')
  const { stdout } = await run(process.execPath, [file])
  assert.deepEqual(JSON.parse(stdout), {
    thrown: 'RangeError: Out of memory',
    parsed: null,
    short: '4.2.2 x',
  })
})
