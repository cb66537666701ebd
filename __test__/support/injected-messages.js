'use strict'

// Messages that try to end a reply early or to start another one, and the lines that are expected.

const { CONTROLS, stripReply } = require('./control-characters')

const texts = [
  ...CONTROLS,
  ...CONTROLS.map((control) => `a${control}250 OK`),
  ...['\r\n250 OK', 'x\r\n250 2.1.5 OK\r\n', 'x\n250 OK\n354 Go ahead\n', '\r\r\n\n250 OK'],
  ...['x\r\n.\r\nQUIT\r\n', '\r\n550-5.1.1 more\r\n', `${'long '.repeat(2000)}\r\n250 OK`],
  // Line endings in Unicode, not in SMTP.
  ...['x\u0085250 OK', 'x\u2028250 OK\u2029250 OK'],
  // CR LF for code that keeps the low bytes only, or that splits UTF-8 sequences.
  ...['x\u010d\u010a250 OK', 'x\u560d\u560a250 OK', 'x\uff0d\uff0a250 OK'],
  'x\u{1f60d}\u{1f40a}250 OK',
  // Lone surrogates, which swallow the next unit if they are treated as a pair.
  ...['x\ud800\r\n250 OK', 'x\udc00\r\n250 OK', 'x\r\ud83d\n\ude00250 OK', '\udc0d\udc0a250 OK'],
  '\ud83d',
]

// UTF-8 has no lone surrogates.
const strip = (text) => stripReply(text).toWellFormed()

const forms = [
  (text) => ({ message: text, lines: [strip(text)] }),
  (text) => ({ message: [text], lines: [strip(text)] }),
  (text) => ({ message: ['x', text, text, ''], lines: ['x', strip(text), strip(text), ''] }),
  (text) => ({ message: [[text, text]], lines: [strip(`${text},${text}`)] }),
  (text) => ({ message: { toString: () => text }, lines: [strip(text)] }),
  (text) => ({ message: Object.assign([], { map: () => [text] }), lines: [strip(text)] }),
]

module.exports = { messages: texts.flatMap((text) => forms.map((form) => form(text))) }
