'use strict'

// Binaries made up: no more than what tells which system they are for.

const ELF = { x64: 62, arm64: 183, arm: 40 }
const MACH_O = { x64: 0x01000007, arm64: 0x0100000c }
const PE = { x64: 0x8664, arm64: 0xaa64 }

const libraries = { glibc: 'libc.so.6', musl: 'libc.so', none: 'libc.so.7' }

function elf({ arch, libc }, glibc) {
  const header = Buffer.alloc(0x40)
  header.write('\x7fELF\x02\x01\x01', 'latin1')
  header.writeUInt16LE(ELF[arch], 0x12)
  const symbols = libc === 'glibc' ? `GLIBC_2.4\0GLIBC_${glibc}\0` : ''
  return Buffer.concat([header, Buffer.from(`\0${libraries[libc]}\0${symbols}`)])
}

function machO({ arch }) {
  const header = Buffer.alloc(0x20)
  header.writeUInt32LE(0xfeedfacf, 0)
  header.writeUInt32LE(MACH_O[arch], 4)
  return header
}

function pe({ arch }) {
  const header = Buffer.alloc(0x80)
  header.write('MZ')
  header.writeUInt32LE(0x40, 0x3c)
  header.write('PE\0\0', 0x40)
  header.writeUInt16LE(PE[arch], 0x44)
  return header
}

const formats = { linux: elf, freebsd: elf, darwin: machO, win32: pe }

/** A binary for a target, with the version of the package and of the newest glibc it uses. */
function binaryFor(target, version, glibc = '2.17') {
  return Buffer.concat([formats[target.platform](target, glibc), Buffer.from(`\0${version}\0`)])
}

module.exports = { binaryFor }
