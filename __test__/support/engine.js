'use strict'

// Errors differ between engines. Haraka runs on V8; JavaScriptCore quotes the source text in messages and
// adds properties with the position.

const isV8 = !globalThis.Bun

// For an object whose Symbol.toPrimitive is 1, V8 in Node.js 24 and later uses one message or the other,
// depending on when it compiled the call.
const VARIES = /^(?:String|number 1) is not a function$/

const errorMessage = ({ message }) => (isV8 ? message.replace(VARIES, 'it is not a function') : '')

const errorKeys = (error) => (isV8 ? Reflect.ownKeys(error).sort() : [])

module.exports = { errorKeys, errorMessage, isV8 }
