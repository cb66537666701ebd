'use strict'

// Stand-in libraries for any target, with everything that the loader and the release checks read: headers,
// linked libraries, a signature, and texts. The numbers are from the formats' specifications.

const assert = require('node:assert/strict')
const { createHash } = require('node:crypto')

/** Class (1 for 32 bits, 2 for 64), byte order (1 for little-endian, 2 for big) and machine. */
const ELF = {
  x64: [2, 1, 62],
  arm64: [2, 1, 183],
  arm: [1, 1, 40],
  ppc64: [2, 1, 21],
  s390x: [2, 2, 22],
  riscv64: [2, 1, 243],
}
const MACH_O = { x64: 0x01000007, arm64: 0x0100000c }
const OLDEST_MACOS = { x64: [10, 13], arm64: [11, 0] }
const PE = { x64: 0x8664, arm64: 0xaa64 }
const LIBC = { glibc: 'libc.so.6', musl: 'libc.so', none: 'libc.so.7' }

/** A function that writes consecutive numbers of so many bytes to a Buffer. */
const writerOf = (buffer, isLittle = true) => {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  const methods = { 2: 'setUint16', 4: 'setUint32', 8: 'setBigUint64' }
  return (size, at, ...values) => {
    for (const [i, value] of values.entries())
      view[methods[size]](at + i * size, size === 8 ? BigInt(value) : value, isLittle)
  }
}

/** Header, two program headers, dynamic section, strings, and a section header table of zeros. */
function elf({ arch, platform, libc }, { library = LIBC[libc], texts }) {
  const [bits, order, machine] = ELF[arch]
  const head = Buffer.alloc(0x140)
  const write = writerOf(head, order === 1)
  const word = bits * 4 // the size of an address
  const strings = Buffer.from(`\0${library}\0${LIBC[libc]}\0${texts}`)
  const end = head.length + strings.length
  head.write('\x7fELF', 'latin1')
  head.set([bits, order, 1, platform === 'freebsd' ? 9 : 0], 4)
  write(2, 0x10, 3, machine)
  write(word, word === 8 ? 0x20 : 0x1c, 0x40, end)
  write(2, word === 8 ? 0x36 : 0x2a, word === 8 ? 56 : 32, 2, 0x40, 3)
  const dynamic = 0x100
  const second = word === 8 ? 0x78 : 0x60
  write(4, 0x40, 1)
  write(word, 0x40 + word, 0, 0, 0, end, end)
  write(4, second, 2)
  write(word, second + word, dynamic, dynamic, dynamic, 0x40, 0x40)
  write(word, dynamic, 1, 1, 1, library.length + 2, 5, head.length)
  return Buffer.concat([head, strings, Buffer.alloc(0x40 * 3)])
}

const SIGNATURE_HEAD = 20 + 88
const SIGNATURE_SIZE = SIGNATURE_HEAD + 32

/** A code signature: the hash of the only page before it. */
function signatureOf(bytes) {
  assert.ok(bytes.length <= 4096)
  const head = Buffer.alloc(SIGNATURE_HEAD)
  const write = writerOf(head, false)
  write(4, 0, 0xfade0cc0, SIGNATURE_SIZE, 1, 0, 20)
  write(4, 20, 0xfade0c02, SIGNATURE_SIZE - 20, 0x20400, 2, 88, 88, 0, 1, bytes.length)
  head.set([32, 2, 0, 12], 20 + 36)
  return Buffer.concat([head, createHash('sha256').update(bytes).digest()])
}

/** One segment, the install name, a linked library, the oldest macOS and the signature. */
function machO({ arch, file }, { library = '/usr/lib/libSystem.B.dylib', texts, ...options }) {
  const { name = `@rpath/${file}`, minimum = OLDEST_MACOS[arch] } = options
  const content = Buffer.from(texts)
  const head = Buffer.alloc(0x200)
  const write = writerOf(head)
  const end = head.length + content.length
  write(4, 0, 0xfeedfacf, MACH_O[arch], 0, 6, 5)
  write(4, 0x20, 0x19, 0x48)
  write(8, 0x48, 0, end + SIGNATURE_SIZE)
  write(4, 0x68, 0x0d, 0x60, 24)
  head.write(name, 0x68 + 24)
  write(4, 0xc8, 0x0c, 0x60, 24)
  head.write(library, 0xc8 + 24)
  write(4, 0x128, 0x32, 0x18, 1, (minimum[0] << 16) | (minimum[1] << 8))
  write(4, 0x140, 0x1d, 0x10, end, SIGNATURE_SIZE)
  const unsigned = Buffer.concat([head, content])
  return Buffer.concat([unsigned, signatureOf(unsigned)])
}

/** One section, whose first bytes are the imports. */
function pe({ arch }, { library = 'KERNEL32.dll', texts }) {
  const header = Buffer.alloc(0x200)
  const write = writerOf(header)
  const content = Buffer.concat([Buffer.alloc(56), Buffer.from(`${library}\0${texts}`)])
  const address = 0x1000
  // One import, by its number, so that the table is not empty.
  const writeContent = writerOf(content)
  writeContent(4, 0, address + 40, 0, 0, address + 56, address + 40)
  writeContent(4, 40, 1, 0x80000000)
  header.write('MZ')
  write(4, 0x3c, 0x40)
  header.write('PE\0\0', 0x40)
  write(2, 0x44, PE[arch], 1)
  write(2, 0x54, 0xf0, 0x2000, 0x20b)
  write(4, 0x58 + 108, 16)
  write(4, 0x58 + 112 + 8, address, 40)
  const section = 0x58 + 0xf0
  header.write('.rdata', section)
  write(4, section + 8, content.length, address, content.length, header.length)
  return Buffer.concat([header, content])
}

/** A module with nothing but a custom section. */
function wasm(_, { texts }) {
  const payload = Buffer.from(`\x04text${texts}`)
  assert.ok(payload.length < 128, 'its length has one byte')
  return Buffer.concat([Buffer.from('\0asm\x01\0\0\0\0'), Buffer.from([payload.length]), payload])
}

const formats = { any: wasm, linux: elf, freebsd: elf, darwin: machO, win32: pe }

/**
 * A library for a target that contains the version of the package and, for glibc, symbol versions of 2.17.
 * Options: other `texts`, a linked `library`, and for macOS the install `name` and `minimum` system.
 */
function binaryFor(target, version, { texts = [], ...options } = {}) {
  const symbols = target.libc === 'glibc' ? ['GLIBC_2.4', 'GLIBC_2.17'] : []
  const all = ['', version, ...symbols, ...texts, ''].join('\0')
  return formats[target.platform](target, { ...options, texts: all })
}

module.exports = { binaryFor }
