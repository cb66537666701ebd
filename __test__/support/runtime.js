'use strict'

// What differs between runtimes: JavaScriptCore's errors quote the source text, and have its position.

const isV8 = !globalThis.Bun

// For an object whose Symbol.toPrimitive is 1, V8 in Node.js 24 and later uses one message or the other,
// depending on when it compiled the call.
const VARIES = /^(?:String|number 1) is not a function$/

const errorMessage = ({ message }) => (isV8 ? message.replace(VARIES, 'it is not a function') : '')

const errorKeys = (error) => (isV8 ? Reflect.ownKeys(error).sort() : [])

// Node.js 14 has no node:test, but there is a port.
const { test } = process.version.startsWith('v14.')
  ? require('../../scripts/runtimes/node_modules/test')
  : require('node:test')

module.exports = { errorKeys, errorMessage, isV8, test }
