'use strict'

// The dynamic section of an ELF file, as the System V ABI defines it.

const LOAD = 1
const DYNAMIC = 2
const [NEEDED, STRTAB, RPATH, RUNPATH] = [1, 5, 15, 29]

/** Functions that read numbers in the file's byte order, and addresses of its size. */
function readerOf(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const is64Bit = bytes[4] === 2
  const little = bytes[5] === 1
  return {
    is64Bit,
    u16: (offset) => view.getUint16(offset, little),
    u32: (offset) => view.getUint32(offset, little),
    address: (offset) =>
      is64Bit ? Number(view.getBigUint64(offset, little)) : view.getUint32(offset, little),
  }
}

/** The program headers, which map parts of the file into memory. */
function segmentsOf({ is64Bit, u16, u32, address }) {
  const start = address(is64Bit ? 0x20 : 0x1c)
  const [size, count] = is64Bit ? [u16(0x36), u16(0x38)] : [u16(0x2a), u16(0x2c)]
  const [offset, memory, length] = is64Bit ? [8, 16, 32] : [4, 8, 16]
  return Array.from({ length: count }, (_, i) => {
    const entry = start + i * size
    const [from, to] = [address(entry + offset), address(entry + memory)]
    return { type: u32(entry), offset: from, address: to, size: address(entry + length) }
  })
}

/** The entries of the dynamic section as pairs of tag and value. */
function* dynamicEntries({ is64Bit, address }, { offset, size }) {
  const width = is64Bit ? 8 : 4
  for (let entry = offset; entry < offset + size; entry += 2 * width) {
    yield [address(entry), address(entry + width)]
  }
}

/** `{ libraries, searchPaths }`: the libraries that an ELF file is linked to, and its RPATH and RUNPATH. */
function readElf(bytes) {
  const reader = readerOf(bytes)
  const segments = segmentsOf(reader)
  const dynamic = segments.find(({ type }) => type === DYNAMIC)
  const entries = dynamic ? [...dynamicEntries(reader, dynamic)] : []
  const [, strings] = entries.find(([tag]) => tag === STRTAB) ?? [STRTAB, 0]
  const holder = segments.find(
    ({ type, address, size }) => type === LOAD && strings >= address && strings < address + size,
  )
  const nameAt = (value) => {
    const start = holder.offset + strings - holder.address + value
    return bytes.toString('latin1', start, bytes.indexOf(0, start))
  }
  const names = (...tags) =>
    entries.filter(([tag]) => tags.includes(tag)).map(([, value]) => nameAt(value))
  return { libraries: names(NEEDED), searchPaths: names(RPATH, RUNPATH) }
}

module.exports = { readElf }
