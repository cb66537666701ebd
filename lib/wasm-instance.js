'use strict'

// An instance of the WebAssembly module: passes texts through its memory.

// Captured, because plugins can replace them later.
const { call } = Function.prototype
const uncurried = (method) => call.bind(method)
const charCodeAt = uncurried(String.prototype.charCodeAt)
const decode = uncurried(TextDecoder.prototype.decode)
const encodeInto = uncurried(TextEncoder.prototype.encodeInto)
const { fromCharCode } = String
const { apply } = Reflect
const { getOwnPropertyDescriptor, getPrototypeOf } = Object
const typedArray = getPrototypeOf(Uint8Array.prototype)
const set = uncurried(typedArray.set)
const copy = uncurried(typedArray.slice)
const lengthOfBytes = uncurried(getOwnPropertyDescriptor(typedArray, 'length').get)
const bufferOf = uncurried(getOwnPropertyDescriptor(WebAssembly.Memory.prototype, 'buffer').get)
const { Instance } = WebAssembly
const Bytes = Uint8Array
const Units = Uint16Array

const decoder = new TextDecoder()
const encoder = new TextEncoder()

/** How many units `String.fromCharCode` gets at once. */
const MAX_ARGUMENTS = 4096

/** The longest text in UTF-8 for each UTF-16 unit. */
const BYTES_PER_UNIT = 3

/** The length of a string in UTF-16 units or of a Uint8Array, which is 0 if its memory was transferred. */
const lengthOf = (text) => (typeof text === 'string' ? text.length : lengthOfBytes(text))

/** The exports of src/wasm.rs, and methods that write texts for them and read their output. */
class WasmInstance {
  /** `length` is how many bytes of UTF-8 are written at most. */
  constructor(module, length) {
    this.exports = new Instance(module).exports
    this.length = length
    this.address = this.allocate('reserve_bytes', this.length)
    this.view = new Bytes(0)
  }

  /** The buffer. Memory that grew has another ArrayBuffer, and the view of the former one no bytes. */
  buffer() {
    if (lengthOfBytes(this.view) === 0) {
      this.view = new Bytes(this.memory(), this.address, this.length)
    }
    return this.view
  }

  memory() {
    return bufferOf(this.exports.memory)
  }

  /** The address of a buffer of the module. */
  allocate(name, length) {
    const address = this.exports[name](length) >>> 0
    if (address === 0) throw new RangeError('The text is too long for the WebAssembly module')
    return address
  }

  /** Writes a string in UTF-8 to the module's buffer, and returns the length. */
  writeString(text) {
    return encodeInto(encoder, text, this.buffer()).written
  }

  /** Writes bytes to the module's buffer, from `start` on, and returns where they end. */
  writeBytes(bytes, start = 0) {
    const length = lengthOf(bytes)
    if (length > 0) set(this.buffer(), bytes, start)
    return start + length
  }

  /** Writes a text in UTF-16 to the module's other buffer, and returns the length. */
  writeUnits(text) {
    const address = this.allocate('reserve_units', text.length)
    const view = new Units(this.memory(), address, text.length)
    for (let index = 0; index < text.length; index++) view[index] = charCodeAt(text, index)
    return text.length
  }

  /** The output of this length in UTF-8; `null` if it is 0. */
  readText(length) {
    if (length === 0) return null
    return decode(decoder, new Bytes(this.memory(), this.exports.output() >>> 0, length))
  }

  /** A copy of the output of this length. */
  readBytes(length) {
    return copy(new Bytes(this.memory(), this.exports.output() >>> 0, length))
  }

  /** The output of this length in UTF-16. */
  readUnits(length) {
    if (length === 0) throw new RangeError('The text is too long for the WebAssembly module')
    const address = this.exports.output() >>> 0
    let text = ''
    for (let start = 0; start < length; start += 2 * MAX_ARGUMENTS) {
      const count = Math.min(MAX_ARGUMENTS, (length - start) / 2)
      text += apply(fromCharCode, null, new Units(this.memory(), address + start, count))
    }
    return text
  }
}

module.exports = { BYTES_PER_UNIT, WasmInstance, lengthOf }
