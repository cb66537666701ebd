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

/** Functions that write consecutive numbers of 2, 4 or 8 bytes to a Buffer. */
function writersOf(buffer, little = true) {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  const writer =
    (size, write) =>
    (at, ...values) => {
      for (const [i, value] of values.entries()) write(at + i * size, value)
    }
  return {
    u16: writer(2, (at, value) => view.setUint16(at, value, little)),
    u32: writer(4, (at, value) => view.setUint32(at, value, little)),
    u64: writer(8, (at, value) => view.setBigUint64(at, BigInt(value), little)),
  }
}

const LIBC = { glibc: 'libc.so.6', musl: 'libc.so', none: 'libc.so.7' }

/** Header, two program headers, dynamic section, strings, and a section header table of zeros. */
function elf({ arch, platform, libc }, { library = LIBC[libc], texts }) {
  const [bits, order, machine] = ELF[arch]
  const is64Bit = bits === 2
  const head = Buffer.alloc(0x140)
  const { u16, u32, u64 } = writersOf(head, order === 1)
  const address = is64Bit ? u64 : u32
  const strings = Buffer.from(`\0${library}\0${LIBC[libc]}\0${texts}`)
  const sections = head.length + strings.length
  head.write('\x7fELF', 'latin1')
  head.set([bits, order, 1, platform === 'freebsd' ? 9 : 0], 4)
  u16(0x10, 3, machine)
  address(is64Bit ? 0x20 : 0x1c, 0x40, sections)
  u16(is64Bit ? 0x36 : 0x2a, is64Bit ? 56 : 32, 2, 0x40, 3)
  const dynamic = 0x100
  for (const [header, type, from, size] of [
    [0x40, 1, 0, sections],
    [is64Bit ? 0x78 : 0x60, 2, dynamic, 0x40],
  ]) {
    u32(header, type)
    address(header + (is64Bit ? 8 : 4), from, from, from, size, size)
  }
  address(dynamic, 1, 1, 1, library.length + 2, 5, head.length)
  return Buffer.concat([head, strings, Buffer.alloc(0x40 * 3)])
}

/** A code signature: the hashes of the pages before it. */
function signatureOf(bytes) {
  const page = 4096
  const pages = Math.ceil(bytes.length / page)
  const hashes = Array.from({ length: pages }, (_, i) =>
    createHash('sha256')
      .update(bytes.subarray(i * page, (i + 1) * page))
      .digest(),
  )
  const head = Buffer.alloc(20 + 88)
  const { u32 } = writersOf(head, false)
  const size = 88 + 32 * pages
  u32(0, 0xfade0cc0, 20 + size, 1, 0, 20)
  u32(20, 0xfade0c02, size, 0x20400, 2, 88, 88, 0, pages, bytes.length)
  head.set([32, 2, 0, 12], 20 + 36)
  return Buffer.concat([head, ...hashes])
}

/** One segment, the install name, a linked library, and the oldest macOS. */
function machO({ arch, file }, { library = '/usr/lib/libSystem.B.dylib', texts, ...options }) {
  const { name = `@rpath/${file}`, minimum = OLDEST_MACOS[arch] } = options
  const content = Buffer.from(texts)
  const head = Buffer.alloc(0x200)
  const { u16, u32, u64 } = writersOf(head)
  const end = head.length + content.length
  u32(0, 0xfeedfacf, MACH_O[arch], 0, 6, 5)
  let offset = 0x20
  const command = (kind, size, write) => {
    u32(offset, kind, size)
    write()
    offset += size
  }
  // The signature covers one page.
  command(0x19, 0x48, () => u64(offset + 40, 0, end + 20 + 88 + 32))
  for (const [kind, text] of [
    [0x0d, name],
    [0x0c, library],
  ]) {
    command(kind, 0x60, () => {
      u32(offset + 8, 24)
      head.write(text, offset + 24)
    })
  }
  command(0x32, 0x18, () => {
    u32(offset + 8, 1)
    u16(offset + 12, minimum[1] << 8, minimum[0])
  })
  command(0x1d, 0x10, () => u32(offset + 8, end, 20 + 88 + 32))
  const unsigned = Buffer.concat([head, content])
  return Buffer.concat([unsigned, signatureOf(unsigned)])
}

/** One section, whose first bytes are the imports. */
function pe({ arch }, { library = 'KERNEL32.dll', texts }) {
  const header = Buffer.alloc(0x200)
  const { u16, u32 } = writersOf(header)
  const content = Buffer.concat([Buffer.alloc(56), Buffer.from(`${library}\0${texts}`)])
  const address = 0x1000
  // One import, by its number, so that the table is not empty.
  writersOf(content).u32(0, address + 40, 0, 0, address + 56, address + 40)
  writersOf(content).u32(40, 1, 0x80000000)
  header.write('MZ')
  u32(0x3c, 0x40)
  header.write('PE\0\0', 0x40)
  u16(0x44, PE[arch], 1)
  u16(0x54, 0xf0, 0x2000)
  u16(0x58, 0x20b)
  u32(0x58 + 108, 16)
  u32(0x58 + 112 + 8, address, 40)
  const section = 0x58 + 0xf0
  header.write('.rdata', section)
  u32(section + 8, content.length, address, content.length, header.length)
  return Buffer.concat([header, content])
}

/** A module with nothing but a custom section. */
function wasm(_, { texts }) {
  const payload = Buffer.from(`\x04text${texts}`)
  assert.ok(payload.length < 128, 'its length has one byte')
  return Buffer.concat([Buffer.from('\0asm\x01\0\0\0\0'), Buffer.from([payload.length]), payload])
}

const formats = {
  any: wasm,
  linux: elf,
  freebsd: elf,
  darwin: machO,
  win32: pe,
}

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
