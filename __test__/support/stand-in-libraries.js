'use strict'

// Stand-in libraries for any target, with everything that the loader and the release checks read: headers,
// linked libraries, a signature, and texts. The numbers are from the formats' specifications.

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
const PE = { x64: 0x8664, arm64: 0xaa64 }
const LIBC = { glibc: 'libc.so.6', musl: 'libc.so', none: 'libc.so.7' }

/** A function that writes consecutive numbers of 2, 4 or 8 bytes to a Buffer; all are below 2 ** 32. */
const writerOf =
  (buffer, isLittle = true) =>
  (size, at, ...values) => {
    const length = Math.min(size, 4)
    for (const [i, value] of values.entries()) {
      if (isLittle) buffer.writeUIntLE(value, at + i * size, length)
      else buffer.writeUIntBE(value, at + (i + 1) * size - length, length)
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

const SIGNATURE_SIZE = 20 + 88 + 32

/** A code signature: the hash of the only page before it. */
function signatureOf(bytes) {
  const head = Buffer.alloc(SIGNATURE_SIZE - 32)
  const write = writerOf(head, false)
  write(4, 0, 0xfade0cc0, SIGNATURE_SIZE, 1, 0, 20)
  write(4, 20, 0xfade0c02, SIGNATURE_SIZE - 20, 0x20400, 2, 88, 88, 0, 1, bytes.length)
  head.set([32, 2, 0, 12], 20 + 36)
  return Buffer.concat([head, createHash('sha256').update(bytes).digest()])
}

/** One segment, the install name, a linked library, the oldest macOS and the signature. */
function machO(
  { arch, file, macos },
  { library = '/usr/lib/libSystem.B.dylib', texts, ...others },
) {
  const { name = `@rpath/${file}`, minimum = macos } = others
  const [major, minor] = minimum.split('.')
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
  write(4, 0x128, 0x32, 0x18, 1, (major << 16) | (minor << 8))
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
  writerOf(content)(4, 0, address + 40, 0, 0, address + 56, address + 40, 0, 0, 0, 0, 0, 1, 2 ** 31)
  header.write('MZ')
  write(4, 0x3c, 0x40)
  header.write('PE\0\0', 0x40)
  write(2, 0x44, PE[arch], 1)
  write(2, 0x54, 0xf0, 0x2000, 0x20b)
  write(4, 0xc4, 16, 0, 0, address, 40)
  header.write('.rdata', 0x148)
  write(4, 0x150, content.length, address, content.length, header.length)
  return Buffer.concat([header, content])
}

/** A module with nothing but a custom section. */
function wasm(_, { texts }) {
  const length = String.fromCharCode(texts.length + 5) // below 128, so that it has one byte
  return Buffer.from(`\0asm\x01\0\0\0\0${length}\x04text${texts}`)
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
