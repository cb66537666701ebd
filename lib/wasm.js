'use strict'

// The second backend: the same functions as the binary's from a WebAssembly module, for systems without a
// usable binary. docs/design.md in the repository has the contract of both.

const { BYTES_PER_UNIT, WasmInstance, lengthOf } = require('./wasm-instance.js')

// Captured, because plugins can replace them later.
const parseJson = JSON.parse
const { RuntimeError } = WebAssembly
const { call } = Function.prototype
const slice = call.bind(String.prototype.slice)

/**
 * The longest text that the shared instance gets, in UTF-16 units or bytes, because an instance's memory
 * never shrinks. A longer text is stripped in parts, or gets an instance of its own.
 */
const MAX_LENGTH = 32768

/** Returns the result of a call; throws a RangeError if the module runs out of memory. */
function guard(call) {
  try {
    return call()
  } catch (error) {
    if (error instanceof RuntimeError)
      throw new RangeError('The text is too long for the WebAssembly module')
    throw error
  }
}

/** Makes a backend from the bytes of the module. */
module.exports = function makeWasmBackend(bytes) {
  const wasm = new WebAssembly.Module(bytes)
  const shared = new WasmInstance(wasm, MAX_LENGTH * BYTES_PER_UNIT)
  const { exports } = shared
  /** The instance for texts of this length, with room for `bytes` bytes of UTF-8. */
  const instanceFor = (length, bytes) =>
    length > MAX_LENGTH ? new WasmInstance(wasm, bytes) : shared

  function strip_controls(text) {
    if (typeof text !== 'string') return text
    if (text.length <= MAX_LENGTH) return stripPart(text)
    let stripped = ''
    for (let start = 0; start < text.length; start += MAX_LENGTH) {
      stripped += stripPart(slice(text, start, start + MAX_LENGTH))
    }
    return stripped.length === text.length ? text : stripped
  }

  function stripPart(text) {
    let control = exports.first_control(shared.writeString(text))
    if (control < 0) return text
    let stripped = ''
    let start = 0
    while (control >= 0) {
      stripped += slice(text, start, control)
      start = control + 1
      control = exports.next_control()
    }
    return stripped + slice(text, start)
  }

  /** The basic code that a text begins with, 0 if it is not one. */
  const basicCode = (text) => exports.basic_code(shared.writeUnits(slice(text, 0, 3)))

  function dotted(cls, sub, det, isPrefix) {
    const used = instanceFor(cls.length + sub.length + det.length, 0)
    used.writeUnits(`${cls}${sub}${det}`)
    return used.readUnits(used.exports.dotted(cls.length, sub.length, det.length, isPrefix))
  }

  function lookup(status, detail) {
    const index =
      typeof status === 'string'
        ? exports.lookup_name(shared.writeString(slice(status, 0, MAX_LENGTH)))
        : exports.lookup_numbers(status, detail)
    return index < 0 ? undefined : index
  }

  /** What a parser of the module writes for a string or bytes; `null` for any other value. */
  function callParser(name, text) {
    if (text === undefined) return null
    const isString = typeof text === 'string'
    const units = lengthOf(text)
    const used = instanceFor(units, isString ? units * BYTES_PER_UNIT : units)
    const length = isString ? used.writeString(text) : used.writeBytes(text)
    return guard(() => used.readText(used.exports[name](length)))
  }

  /** The message that the module writes, or as a string what is wrong. */
  function write_report(json, returned) {
    const length = lengthOf(returned)
    const used = instanceFor(json.length + length, json.length * BYTES_PER_UNIT + length)
    const start = used.writeString(json)
    return guard(() => {
      const end = used.writeBytes(returned, start)
      const written = used.exports.write_report(start, end)
      return written < 0 ? used.readText(-written) : used.readBytes(written)
    })
  }

  /** The reply that a function of the module makes, with the caller's code if that is a basic code. */
  function replyOf(code, read) {
    const basic = code === undefined ? 0 : basicCode(`${code}`)
    const reply = parseJson(shared.readText(read(basic)))
    if (reply.msg === null) reply.msg = undefined // JSON does not have it.
    return basic === 0 ? reply : { ...reply, code }
  }

  const backend = {
    kind: 'wasm',
    version: shared.readText(exports.version()),
    constants: () => shared.readText(exports.constants()),
    statuses: () => shared.readText(exports.statuses()),
    lookup,
    parse: (text) => callParser('parse', text),
    parse_report: (text) => callParser('parse_report', text),
    write_report,
    strip_controls,
    is_basic_code: (text) => basicCode(text) !== 0,
    class_of: (text) => exports.class_of(shared.writeUnits(slice(text, 0, 1))),
    prefix: (cls, sub, det) => dotted(cls, sub, det, true),
    status: (cls, sub, det) => dotted(cls, sub, det, false),
    create: (code, _msg, subject, detail) =>
      replyOf(code, (basic) => exports.create(basic, subject, detail)),
  }
  const { helpers } = parseJson(backend.constants())
  for (const [index, name] of helpers.entries()) {
    backend[name] = (_msg, code) => replyOf(code, (basic) => exports.helper(index, basic))
  }
  return backend
}
