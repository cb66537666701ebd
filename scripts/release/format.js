'use strict'

// What a binary says of itself: the platform, the architecture and the libc it is for.

const ELF = { 62: 'x64', 183: 'arm64', 40: 'arm' }
const MACH_O = { 16777223: 'x64', 16777228: 'arm64' }
const PE = { 34404: 'x64', 43620: 'arm64' }

/** An ELF file names the C library it needs, which each system calls differently. */
function elfSystem(text) {
  if (text.includes('\0libc.so.6\0')) return { platform: 'linux', libc: 'glibc' }
  if (text.includes('\0libc.so.7\0')) return { platform: 'freebsd', libc: 'none' }
  if (/\0libc\.(?:musl-\w+\.so\.1|so)\0/.test(text)) return { platform: 'linux', libc: 'musl' }
  return {}
}

/** `{ platform, arch, libc }` of the content of a binary, without what it does not tell. */
function formatOf(bytes) {
  const padded = Buffer.concat([bytes, Buffer.alloc(64)])
  const text = padded.toString('latin1')
  if (text.startsWith('\x7fELF')) {
    return { arch: ELF[padded.readUInt16LE(0x12)], ...elfSystem(text) }
  }
  if (padded.readUInt32LE(0) === 0xfeedfacf) {
    return { platform: 'darwin', arch: MACH_O[padded.readUInt32LE(4)], libc: 'none' }
  }
  if (text.startsWith('MZ')) {
    const header = Math.min(padded.readUInt32LE(0x3c), bytes.length)
    const arch = text.startsWith('PE\0\0', header) ? PE[padded.readUInt16LE(header + 4)] : undefined
    return { platform: 'win32', arch, libc: 'none' }
  }
  return {}
}

/** The newest glibc whose symbols a binary uses, as `[2, 17]`, of its content as Latin-1. */
function newestGlibc(text) {
  const versions = [...text.matchAll(/\0GLIBC_(\d+)\.(\d+)/g)].map(([, ...parts]) =>
    parts.map(Number),
  )
  return versions.sort(([a, b], [c, d]) => a - c || b - d).at(-1) ?? [0, 0]
}

module.exports = { formatOf, newestGlibc }
