'use strict'

// An instance of the WebAssembly module: passes texts through its memory.

// Captured, because plugins can replace it later.
const parseJson = JSON.parse

/** The exports of src/wasm.rs, and methods that write and read texts and JSON. */
class Core {
  constructor(module) {
    this.exports = new WebAssembly.Instance(module).exports
    this.bytes = Buffer.alloc(0)
  }

  /** The memory. Its ArrayBuffer is replaced each time it grows. */
  memory() {
    const { buffer } = this.exports.memory
    if (this.bytes.buffer !== buffer) this.bytes = Buffer.from(buffer)
    return this.bytes
  }

  /** Writes a text to the module's buffer, from which the exports read it, and returns its length. */
  write(text) {
    const address = this.exports.input(text.length)
    if (address === 0) throw new RangeError('Out of memory')
    this.memory().write(text, address, 'utf16le')
    return text.length
  }

  /** Reads a text of this length from the module's buffer. */
  read(length) {
    const address = this.exports.input(length)
    return this.memory().toString('utf16le', address, address + length * 2)
  }

  /** Parses the JSON of a call that returned this length; `null` if it is 0. */
  json(length) {
    if (length === 0) return null
    const address = this.exports.output()
    return parseJson(this.memory().toString('utf8', address, address + length))
  }
}

module.exports = { Core }
