'use strict'

// What the language leaves to its engines, in the errors that they throw. V8 is the one that Haraka
// runs on; JavaScriptCore quotes the source text and adds properties with its place.

const isV8 = !globalThis.Bun

// Of an object whose Symbol.toPrimitive is 1, V8 from Node.js 24 on says the one or the other,
// depending on when it compiled the call.
const VARIES = /^(?:String|number 1) is not a function$/

const errorMessage = ({ message }) => (isV8 ? message.replace(VARIES, 'it is no function') : '')

const errorKeys = (error) => (isV8 ? Reflect.ownKeys(error).sort() : [])

/**
 * V8 up to Node.js 16 converts an object twice whose toString gives a BigInt, but once for Node-API:
 * there the binary by itself cannot be compared with what JavaScript converts.
 */
const convertsOnce = (() => {
  let calls = 0
  String({ toString: () => BigInt(++calls) })
  return calls === 1
})()

module.exports = { convertsOnce, errorKeys, errorMessage, isV8 }
