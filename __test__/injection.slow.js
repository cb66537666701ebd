'use strict'

// Protects replies from control characters: every UTF-16 code unit, including lone surrogates, in every
// position that a caller's text can reach. This covers the bytes on the wire, because in UTF-8 bytes below
// 0x80 only encode ASCII.

const assert = require('node:assert/strict')
const { test } = require('node:test')
const { OLD_SPELLINGS } = require('./support/implementations')
const { quoted } = require('./support/blueprint')

const DSN = require('..')

const UNITS = 0x10000

const isControl = (unit) => unit < 0x20 || unit === 0x7f

/**
 * Messages with each unit, and the expected texts: the unit alone, between letters and next to a control
 * character, so that text with two-byte units is stripped as well.
 */
const forms = [
  { before: '', after: '' },
  { before: 'a', after: 'b' },
  { before: 'a', control: '\x01', after: 'b' },
].map(({ before, control = '', after }) => {
  const messages = []
  const texts = []
  for (let unit = 0; unit < UNITS; unit++) {
    const character = String.fromCharCode(unit)
    messages.push(before + character + control + after)
    texts.push(before + (isControl(unit) ? '' : character) + after)
  }
  return { messages, texts, before, after }
})

/** Calls with each message and returns the number of calls. */
function assertClean(name, call, prefix) {
  let calls = 0
  for (const { messages, texts } of forms) {
    for (let unit = 0; unit < UNITS; unit++) {
      const reply = call(messages[unit])
      const expected = prefix + texts[unit]
      if (reply !== expected)
        assert.equal(reply, expected, `${name} with ${quoted(messages[unit])}`)
      calls += 1
    }
  }
  return calls
}

/** The only line of a reply that is an array. */
function onlyLine({ reply }) {
  assert.equal(reply.length, 1)
  return reply[0]
}

class Subclass extends DSN {}

const makers = {
  create: (msg) => DSN.create(550, msg, 7, 1),
  'create of an unregistered status': (msg) => DSN.create(421, msg, 4, 500),
  'new DSN': (msg) => new DSN(550, msg, 450, 7, 1),
  'new DSN of an unregistered status': (msg) => new DSN(421, msg, 450, 4, 500),
  'new of a subclass': (msg) => new Subclass('550', msg, 450, 7, 1),
}
const helpers = DSN.statuses.flatMap((status) => status.helpers.map(({ name }) => name))
for (const name of [...helpers, ...Object.keys(OLD_SPELLINGS)]) makers[name] = DSN[name]

test('no control character in a message gets into a reply, for every helper and constructor', () => {
  let calls = 0
  for (const [name, make] of Object.entries(makers)) {
    const prefix = `${make('x').status} `
    calls += assertClean(name, (message) => make(message).reply, prefix)
    calls += assertClean(`${name}, a line`, (message) => onlyLine(make([message])), prefix)
  }
  assert.equal(calls, Object.keys(makers).length * 2 * forms.length * UNITS)
  assert.equal(Object.keys(makers).length, 5 + helpers.length + 3)
})

test('nor among other lines, in a nested array, or in the result of an own map', () => {
  const shapes = {
    'the last line': (message) => DSN.mbox_full(['x', 'y', message]).reply[2],
    'a line of a line': (message) => onlyLine(DSN.mbox_full([[message]])),
    'a line of map': (message) =>
      onlyLine(DSN.mbox_full(Object.assign([], { map: () => [message] }))),
  }
  for (const [name, shape] of Object.entries(shapes)) assertClean(name, shape, '4.2.2 ')
})

test('nor in a value that is converted to a string', () => {
  const shapes = {
    toString: (message) => DSN.mbox_full({ toString: () => message }).reply,
    'a boxed string': (message) => DSN.mbox_full(new String(message)).reply,
    'an Error': (message) => DSN.mbox_full(Object.assign(new Error(message), { name: '' })).reply,
  }
  for (const [name, shape] of Object.entries(shapes)) assertClean(name, shape, '4.2.2 ')
})

test('nor in a parsed reply or its msg, where a tab is a space and a lone surrogate U+FFFD', () => {
  for (const { messages, texts, before, after } of forms) {
    for (let unit = 0; unit < UNITS; unit++) {
      if (unit === 0x0a || unit === 0x0d) continue // they end a line
      const { msg, reply } = DSN.parse(`550 5.1.1 x${messages[unit]}y`)
      const text = unit === 0x09 ? `${before} ${after}` : texts[unit]
      const expected = Buffer.from(`x${text}y`).toString()
      if (msg !== expected || reply !== `5.1.1 ${expected}`) {
        assert.fail(`${quoted(messages[unit])}: ${quoted(msg)}, ${quoted(reply)}`)
      }
    }
  }
})

test('nor in a code, a subject, a detail or the text of another DSN', () => {
  const positions = {
    code: (text) => DSN.mbox_full('x', text),
    'the code of create': (text) => DSN.create(text, 'x', 2, 2),
    'the default of new': (text) => new DSN(undefined, 'x', text, 2, 2),
    subject: (text) => DSN.create(450, 'x', text, 2),
    detail: (text) => DSN.create(450, 'x', 2, text),
    'subject of new': (text) => new DSN(450, ['x'], 450, text, 2),
    'detail of new': (text) => new DSN(450, ['x'], 450, 2, text),
    'another DSN': (text) => DSN.mbox_full(Object.assign(DSN.mbox_full(), { reply: text })),
  }
  for (const [position, make] of Object.entries(positions)) {
    for (const { messages } of forms) {
      for (const text of messages) {
        const { reply } = make(text)
        const line = Array.isArray(reply) ? reply[0] : reply
        for (let index = 0; index < line.length; index++) {
          if (isControl(line.charCodeAt(index)))
            assert.fail(`${position} ${quoted(text)}: ${quoted(line)}`)
        }
      }
    }
  }
})
