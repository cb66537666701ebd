'use strict'

// The import directories of a 64-bit PE file.

/** The sections, which map parts of the file into memory. */
function sectionsOf(bytes, header) {
  const start = header + 24 + bytes.readUInt16LE(header + 20)
  return Array.from({ length: bytes.readUInt16LE(header + 6) }, (_, i) => {
    const section = start + i * 40
    const [address, size, offset] = [12, 16, 20].map((field) => bytes.readUInt32LE(section + field))
    return { address, size, offset }
  })
}

/** The names in a data directory; entries have this size, and the name's address at offset `name`. */
function* namesIn(bytes, header, directory, { size, name }) {
  const sections = sectionsOf(bytes, header)
  const offsetOf = (value) => {
    const holder = sections.find(({ address, size }) => value >= address && value < address + size)
    return holder.offset + value - holder.address
  }
  const start = bytes.readUInt32LE(header + 24 + 112 + 8 * directory)
  if (start === 0) return
  for (let entry = offsetOf(start); ; entry += size) {
    const address = bytes.readUInt32LE(entry + name)
    if (address === 0) return
    const text = offsetOf(address)
    yield bytes.toString('latin1', text, bytes.indexOf(0, text))
  }
}

/** `{ libraries, searchPaths }`: the libraries that a PE file imports, including delay-loaded ones. */
function readPe(bytes) {
  const header = bytes.readUInt32LE(0x3c)
  const imports = namesIn(bytes, header, 1, { size: 20, name: 12 })
  const delayed = namesIn(bytes, header, 13, { size: 32, name: 4 })
  return { libraries: [...imports, ...delayed], searchPaths: [] }
}

module.exports = { readPe }
