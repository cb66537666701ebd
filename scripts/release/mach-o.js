'use strict'

// The load commands of a 64-bit Mach-O file, and its code signature.

const { createHash } = require('node:crypto')

// Without the flag LC_REQ_DYLD, which some commands have.
const COMMANDS = {
  12: 'library',
  13: 'name',
  24: 'library', // weak
  28: 'searchPath',
  29: 'signature',
  31: 'library', // re-exported
  36: 'minimum', // LC_VERSION_MIN_MACOSX
  50: 'build', // LC_BUILD_VERSION
}

function* commandsOf(bytes) {
  let offset = 32
  for (let left = bytes.readUInt32LE(16); left > 0; left--) {
    yield [COMMANDS[bytes.readUInt32LE(offset) & 0x7fffffff], offset]
    offset += bytes.readUInt32LE(offset + 4)
  }
}

/** The text of a command, which contains its offset. */
function textOf(bytes, offset) {
  const start = offset + bytes.readUInt32LE(offset + 8)
  return bytes.toString('latin1', start, bytes.indexOf(0, start))
}

/** A macOS version, such as 11.0. */
const versionAt = (bytes, offset) => `${bytes.readUInt16LE(offset + 2)}.${bytes[offset + 1]}`

/**
 * Whether each page has the hash in the signature's code directory. On Apple silicon, macOS runs
 * nothing else.
 */
function isSigned(bytes, offset) {
  const start = bytes.readUInt32LE(offset + 8)
  const directory = start + bytes.readUInt32BE(start + 16)
  const field = (position) => bytes.readUInt32BE(directory + position)
  const [hashes, pages, end] = [directory + field(16), field(28), field(32)]
  const size = bytes[directory + 36]
  const page = 2 ** bytes[directory + 39]
  for (let i = 0; i < pages; i++) {
    const content = bytes.subarray(i * page, Math.min((i + 1) * page, end))
    const hash = createHash('sha256').update(content).digest().subarray(0, size)
    if (!hash.equals(bytes.subarray(hashes + i * size, hashes + (i + 1) * size))) return false
  }
  return pages > 0 && end === start
}

/**
 * `{ name, libraries, searchPaths, minimum, isSigned }`: the install name of a Mach-O file, the libraries
 * it is linked to, the oldest macOS it supports, and whether its signature, if it has one, is valid.
 */
function readMachO(bytes) {
  const found = { libraries: [], searchPaths: [] }
  for (const [kind, offset] of commandsOf(bytes)) {
    if (kind === 'library') found.libraries.push(textOf(bytes, offset))
    if (kind === 'name') found.name = textOf(bytes, offset)
    if (kind === 'searchPath') found.searchPaths.push(textOf(bytes, offset))
    if (kind === 'signature') found.isSigned = isSigned(bytes, offset)
    if (kind === 'minimum') found.minimum = versionAt(bytes, offset + 8)
    if (kind === 'build') found.minimum = versionAt(bytes, offset + 12)
  }
  return found
}

module.exports = { readMachO }
