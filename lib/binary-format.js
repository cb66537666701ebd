'use strict'

// Reads the headers of ELF, Mach-O and PE files: the target they are built for, and whether they are
// complete.
//
// The loader checks a binary before the system maps it. musl checks neither architecture nor type
// and executes what it mapped, and no system detects that an ELF file is truncated: the first
// access to a missing page ends the process.

/** How many bytes of a file are read: the headers of a library fit into them. */
const HEADER_BYTES = 4096

/** The values of an ELF header for each `process.arch` of a release: class, byte order and machine. */
const ELF = {
  arm: elf(32, 'LE', 40),
  arm64: elf(64, 'LE', 183),
  ppc64: elf(64, 'LE', 21),
  riscv64: elf(64, 'LE', 243),
  s390x: elf(64, 'BE', 22),
  x64: elf(64, 'LE', 62),
}
const MACH_O = { arm64: 'CPU type 0x100000c', x64: 'CPU type 0x1000007' }
const PE = { arm64: 'machine 0xaa64', x64: 'machine 0x8664' }

/** The known machines, by format and `process.arch`. */
const MACHINES = { ELF, 'Mach-O': MACH_O, PE }

function elf(bits, order, machine) {
  return `${bits}-bit ${order}, machine ${machine}`
}

const hex = (number) => `0x${number.toString(16)}`

function readElf(view) {
  const is64Bit = view.getUint8(4) === 2
  const little = view.getUint8(5) === 1
  const sections = is64Bit ? Number(view.getBigUint64(0x28, little)) : view.getUint32(0x20, little)
  const sizes = is64Bit ? 0x3a : 0x2e
  return {
    format: 'ELF',
    machine: elf(is64Bit ? 64 : 32, little ? 'LE' : 'BE', view.getUint16(0x12, little)),
    isLibrary: view.getUint16(0x10, little) === 3,
    // Linkers write the section header table last.
    size: sections + view.getUint16(sizes, little) * view.getUint16(sizes + 2, little),
  }
}

function readMachO(view) {
  let size = 0
  let command = 32
  for (let left = view.getUint32(16, true); left > 0; left--) {
    const isSegment = view.getUint32(command, true) === 0x19
    if (isSegment) {
      const end = view.getBigUint64(command + 40, true) + view.getBigUint64(command + 48, true)
      size = Math.max(size, Number(end))
    }
    const length = view.getUint32(command + 4, true)
    if (length < 8) return undefined // The loop would not advance.
    command += length
  }
  return {
    format: 'Mach-O',
    machine: `CPU type ${hex(view.getUint32(4, true))}`,
    isLibrary: [6, 8].includes(view.getUint32(12, true)), // MH_DYLIB, MH_BUNDLE
    size,
  }
}

function readPe(view) {
  const header = view.getUint32(0x3c, true)
  if (view.getUint32(header) !== 0x50450000) return undefined
  let size = 0
  let section = header + 24 + view.getUint16(header + 20, true)
  for (let left = view.getUint16(header + 6, true); left > 0; left--) {
    const end = view.getUint32(section + 16, true) + view.getUint32(section + 20, true)
    size = Math.max(size, end)
    section += 40
  }
  return {
    format: 'PE',
    machine: `machine ${hex(view.getUint16(header + 4, true))}`,
    isLibrary: (view.getUint16(header + 22, true) & 0x2000) !== 0, // IMAGE_FILE_DLL
    size,
  }
}

function readHeader(view) {
  const magic = view.getUint32(0)
  if (magic === 0x7f454c46) return readElf(view)
  if (magic === 0xcffaedfe) return readMachO(view)
  return magic >>> 16 === 0x4d5a ? readPe(view) : undefined
}

/**
 * Parses the headers in the first bytes of a file: `{ format, machine, isLibrary, size }`.
 *
 * `format` is 'ELF', 'Mach-O' or 'PE', `machine` a value of `MACHINES[format]` if it is known, and
 * `size` the minimum size of the file in bytes. `undefined` for any other format, or if the headers are
 * truncated.
 */
function formatOf(bytes) {
  try {
    return readHeader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  } catch {
    return undefined // an offset beyond the bytes
  }
}

const formatFor = (platform) =>
  platform === 'win32' ? 'PE' : platform === 'darwin' ? 'Mach-O' : 'ELF'

/**
 * Throws an Error if a file cannot be a library for `process.platform` and `process.arch` of these
 * names. `bytes` are the first `HEADER_BYTES` of the file, `size` is the size of the whole file.
 */
function assertLoadable(bytes, size, platform, arch) {
  const format = formatFor(platform)
  const found = formatOf(bytes)
  if (found === undefined || found.format !== format)
    throw new Error(`not a complete ${format} file`)
  const machine = MACHINES[format][arch] || found.machine // Unknown architectures are not checked.
  if (found.machine !== machine) throw new Error(`built for ${found.machine}, not for ${machine}`)
  if (!found.isLibrary) throw new Error('not a shared library')
  if (size < found.size) throw new Error(`truncated: ${size} of ${found.size} bytes`)
}

module.exports = { HEADER_BYTES, MACHINES, assertLoadable, formatOf }
