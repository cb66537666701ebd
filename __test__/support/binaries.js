'use strict'

// Made-up libraries for any target: headers, one segment or section, and the texts that a release
// is checked for. The numbers are those of the formats' specifications.

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

/** Functions that write numbers to a Buffer, in either byte order. */
const writers = (buffer, little) => {
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  return {
    u16: (at, value) => view.setUint16(at, value, little),
    u32: (at, value) => view.setUint32(at, value, little),
    u64: (at, value) => view.setBigUint64(at, BigInt(value), little),
  }
}

/** The table of sections is last: of it, there are only zeros. */
function elf({ arch, platform, libc }, texts) {
  const [bits, order, machine] = ELF[arch]
  const is64Bit = bits === 2
  const header = Buffer.alloc(0x40)
  const { u16, u32, u64 } = writers(header, order === 1)
  header.write('\x7fELF', 'latin1')
  header.set([bits, order, 1, platform === 'freebsd' ? 9 : 0], 4)
  u16(0x10, 3)
  u16(0x12, machine)
  const libraries = { glibc: 'libc.so.6', musl: 'libc.so', none: 'libc.so.7' }
  const content = Buffer.from(`\0${libraries[libc]}\0${texts}`)
  const sections = header.length + content.length
  const [size, count] = [is64Bit ? 0x40 : 0x28, 3]
  is64Bit ? u64(0x28, sections) : u32(0x20, sections)
  u16(is64Bit ? 0x3a : 0x2e, size)
  u16(is64Bit ? 0x3c : 0x30, count)
  return Buffer.concat([header, content, Buffer.alloc(size * count)])
}

function machO({ arch }, texts) {
  const content = Buffer.from(texts)
  const header = Buffer.alloc(0x20 + 0x48)
  const { u32, u64 } = writers(header, true)
  u32(0, 0xfeedfacf)
  u32(4, MACH_O[arch])
  u32(12, 6)
  u32(16, 1)
  u32(20, 0x48)
  u32(0x20, 0x19)
  u32(0x24, 0x48)
  header.write('__TEXT', 0x28)
  u64(0x20 + 48, header.length + content.length)
  return Buffer.concat([header, content])
}

function pe({ arch }, texts) {
  const content = Buffer.from(texts)
  const header = Buffer.alloc(0x80)
  const { u16, u32 } = writers(header, true)
  header.write('MZ')
  u32(0x3c, 0x40)
  header.write('PE\0\0', 0x40)
  u16(0x44, PE[arch])
  u16(0x46, 1)
  u16(0x56, 0x2000)
  header.write('.text', 0x58)
  u32(0x58 + 16, content.length)
  u32(0x58 + 20, header.length)
  return Buffer.concat([header, content])
}

const formats = { linux: elf, freebsd: elf, darwin: machO, win32: pe }

/**
 * A library for a target, with the version of the package and texts of the test's own. One for
 * glibc names symbols of the version that is promised.
 */
function binaryFor(target, version, ...texts) {
  if (target.libc === 'glibc') texts.unshift('GLIBC_2.4', 'GLIBC_2.17')
  return formats[target.platform](target, ['', version, ...texts, ''].join('\0'))
}

module.exports = { binaryFor }
