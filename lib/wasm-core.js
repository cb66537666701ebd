'use strict'

// An instance of the WebAssembly module, with its memory: how texts get in and out.

// Captured, because plugins can replace it later.
const parseJson = JSON.parse

/** The exports of src/wasm.rs as methods that take and return texts and objects. */
class Core {
  constructor(module) {
    this.exports = new WebAssembly.Instance(module).exports
    this.bytes = Buffer.alloc(0)
  }

  /** The memory: in another object each time that it has grown. */
  memory() {
    const { buffer } = this.exports.memory
    if (this.bytes.buffer !== buffer) this.bytes = Buffer.from(buffer)
    return this.bytes
  }

  /** Writes a text to the module's buffer, where the functions look for it, and returns its length. */
  write(text) {
    const address = this.exports.input(text.length)
    if (address === 0) throw new RangeError('Out of memory')
    this.memory().write(text, address, 'utf16le')
    return text.length
  }

  /** The text in the module's buffer that has this length. */
  read(length) {
    const address = this.exports.input(length)
    return this.memory().toString('utf16le', address, address + length * 2)
  }

  /** The JSON of a call that returned this length, `null` if it made none. */
  json(length) {
    if (length === 0) return null
    const address = this.exports.output()
    return parseJson(this.memory().toString('utf8', address, address + length))
  }
}

module.exports = { Core }
