'use strict'

// What the content of a binary says of itself: the system it is for and the glibc it needs.

const { MACHINES, formatOf } = require('../../lib/binary-format')

/** An ELF file names the C library it needs, which has another name on each system. */
function elfSystem(text) {
  if (text.includes('\0libc.so.6\0')) return { platform: 'linux', libc: 'glibc' }
  if (text.includes('\0libc.so.7\0')) return { platform: 'freebsd', libc: 'none' }
  if (/\0libc\.(?:musl-\w+\.so\.1|so)\0/.test(text)) return { platform: 'linux', libc: 'musl' }
  return {}
}

const SYSTEMS = {
  ELF: elfSystem,
  'Mach-O': () => ({ platform: 'darwin', libc: 'none' }),
  PE: () => ({ platform: 'win32', libc: 'none' }),
}

/** `{ platform, arch, libc }` of the content of a binary, without what it does not say. */
function systemOf(bytes) {
  const found = formatOf(bytes)
  if (!found) return {}
  const { format, machine } = found
  const [arch] = Object.entries(MACHINES[format]).find((entry) => entry[1] === machine) ?? []
  return { arch, ...SYSTEMS[format](bytes.toString('latin1')) }
}

/** The newest glibc whose symbols a binary uses, as `[2, 17]`, of its content as Latin-1. */
function newestGlibc(text) {
  const versions = [...text.matchAll(/\0GLIBC_(\d+)\.(\d+)/g)].map(([, ...parts]) =>
    parts.map(Number),
  )
  return versions.sort(([a, b], [c, d]) => a - c || b - d).at(-1) ?? [0, 0]
}

module.exports = { newestGlibc, systemOf }
