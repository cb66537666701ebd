'use strict'

// Reads from a binary the system it is for, the libraries it is linked to, and the glibc it needs.

const { MACHINES, formatOf } = require('../../lib/binary-format')
const { readElf } = require('./elf')
const { readMachO } = require('./mach-o')
const { readPe } = require('./pe')

/** A WebAssembly module; its imports count as libraries. */
function describeWasm(bytes) {
  if (!WebAssembly.validate(bytes)) return {}
  const libraries = WebAssembly.Module.imports(new WebAssembly.Module(bytes)).map(
    ({ module, name }) => `${module}.${name}`,
  )
  return { platform: 'any', arch: 'wasm32', libc: 'none', libraries, searchPaths: [] }
}

/** The system of an ELF file, by the name of the C library it is linked to. */
function elfSystem(libraries) {
  if (libraries.includes('libc.so.6')) return { platform: 'linux', libc: 'glibc' }
  if (libraries.includes('libc.so.7')) return { platform: 'freebsd', libc: 'none' }
  const musl = libraries.some((name) => /^libc\.(?:musl-\w+\.so\.1|so)$/.test(name))
  return musl ? { platform: 'linux', libc: 'musl' } : {}
}

const FORMATS = {
  ELF: { read: readElf, systemOf: elfSystem },
  'Mach-O': { read: readMachO, systemOf: () => ({ platform: 'darwin', libc: 'none' }) },
  PE: { read: readPe, systemOf: () => ({ platform: 'win32', libc: 'none' }) },
}

/**
 * `{ platform, arch, libc, libraries, searchPaths }` of a binary, and properties specific to its format.
 * Empty if it is not a complete library.
 */
function describeBinary(bytes) {
  if (bytes.toString('latin1', 0, 4) === '\0asm') return describeWasm(bytes)
  const found = formatOf(bytes)
  if (!found?.isLibrary || found.size > bytes.length) return {}
  const { format, machine } = found
  const [arch] = Object.entries(MACHINES[format]).find((entry) => entry[1] === machine) ?? []
  const contents = FORMATS[format].read(bytes)
  return { arch, ...FORMATS[format].systemOf(contents.libraries), ...contents }
}

/** The newest glibc version among the symbols in a binary's content (as Latin-1): `[2, 17]`. */
function newestGlibc(text) {
  const versions = [...text.matchAll(/\0GLIBC_(\d+)\.(\d+)/g)].map(([, ...parts]) =>
    parts.map(Number),
  )
  return versions.sort(([a, b], [c, d]) => a - c || b - d).at(-1) ?? [0, 0]
}

module.exports = { describeBinary, newestGlibc }
