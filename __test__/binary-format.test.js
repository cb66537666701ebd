'use strict'

// Protects the process from libraries that the system would map without an error: those of another
// architecture, byte order or type, and incomplete ones.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const { test } = require('node:test')

const { HEADER_BYTES, assertLoadable, formatOf } = require('../lib/binary-format')
const { targets } = require('../scripts/targets')
const { binaryFor } = require('./support/binaries')
const { binaryInUse } = require('./support/copy')

const check = (bytes, { platform, arch }) =>
  assertLoadable(bytes.subarray(0, HEADER_BYTES), bytes.length, platform, arch)

const binaryOf = (target) => binaryFor(target, '1.2.3')
const changed = (bytes, change) => {
  const copy = Buffer.from(bytes)
  change(copy)
  return copy
}

test('the binary of this system passes', () => {
  check(fs.readFileSync(binaryInUse), process)
})

for (const target of targets) {
  const { platform, arch, file } = target
  const whole = binaryOf(target)

  test(`${file}: a complete library passes, and one with a byte less does not`, () => {
    check(whole, target)
    for (let size = 0; size < whole.length; size++) {
      assert.throws(
        () => check(whole.subarray(0, size), target),
        /truncated|not a complete/,
        `${size}`,
      )
    }
  })

  test(`${file}: a library for another system or architecture does not pass`, () => {
    for (const other of targets) {
      if (other.platform === platform && other.arch === arch) continue
      if (![platform, other.platform].some((name) => /win32|darwin/.test(name))) {
        if (other.arch === arch) continue // ELF files of two systems differ only in their libraries.
      }
      assert.throws(() => check(binaryOf(other), target), /not a complete|built for/, other.file)
    }
  })
}

const elf = targets.filter(({ platform }) => platform === 'linux')
const macho = targets.filter(({ platform }) => platform === 'darwin')
const pe = targets.filter(({ platform }) => platform === 'win32')

for (const target of elf) {
  // These offsets are the same in both classes and byte orders.
  const fields = {
    class: (bytes) => {
      bytes[4] ^= 3
    },
    'byte order': (bytes) => {
      bytes[5] ^= 3
    },
    machine: (bytes) => {
      bytes[18] ^= 0xff
      bytes[19] ^= 0xff
    },
  }
  for (const [field, change] of Object.entries(fields)) {
    test(`${target.file}: another ${field} does not pass`, () => {
      assert.throws(() => check(changed(binaryOf(target), change), target), /^Error: built for /)
    })
  }

  test(`${target.file}: a program does not pass`, () => {
    const program = changed(binaryOf(target), (bytes) => {
      bytes[bytes[5] === 1 ? 16 : 17] = 2
    })
    assert.throws(() => check(program, target), /not a shared library/)
  })
}

test('a program for macOS or Windows does not pass', () => {
  const [mac] = macho
  const [windows] = pe
  const programs = [
    [mac, changed(binaryOf(mac), (bytes) => bytes.writeUInt32LE(2, 12))],
    [windows, changed(binaryOf(windows), (bytes) => bytes.writeUInt16LE(0x0002, 0x56))],
  ]
  for (const [target, program] of programs) {
    assert.throws(() => check(program, target), /not a shared library/)
  }
})

test('a segment of a Mach-O file can start at any offset, and a load command can be empty', () => {
  const [mac] = macho
  const whole = changed(binaryOf(mac), (bytes) => {
    const size = bytes.readBigUInt64LE(0x50)
    bytes.writeBigUInt64LE(0x100n, 0x48)
    bytes.writeBigUInt64LE(size - 0x100n, 0x50)
    bytes.writeUInt32LE(bytes.readUInt32LE(16) + 1, 16)
    bytes.writeUInt32LE(8, 0x154) // the length of one more command, after the last
  })
  check(whole, mac)
  assert.throws(() => check(whole.subarray(0, -1), mac), /truncated: /)
})

test('a PE file ends with its last section, and the section table has as many entries as the header says', () => {
  const [windows] = pe
  const section = 0x58 + 0xf0
  const second = (bytes) => {
    bytes.writeUInt32LE(100, section + 40 + 16)
    bytes.writeUInt32LE(bytes.length, section + 40 + 20)
  }
  const whole = changed(binaryOf(windows), second)
  check(whole, windows)
  const longer = changed(whole, (bytes) => bytes.writeUInt16LE(2, 0x46))
  assert.throws(() => check(longer, windows), /truncated: /)
  check(Buffer.concat([longer, Buffer.alloc(100)]), windows)
})

test('a PE file has the signatures MZ and PE', () => {
  const [windows] = pe
  for (const offset of [0, 1, 0x40, 0x43]) {
    const other = changed(binaryOf(windows), (bytes) => {
      bytes[offset] ^= 1
    })
    assert.throws(() => check(other, windows), /not a complete PE/)
  }
})

test('for an unknown architecture only the format is checked', () => {
  const [{ platform }] = elf
  check(binaryOf(elf[0]), { platform, arch: 'mips64el' })
  assert.throws(() => check(binaryOf(pe[0]), { platform, arch: 'mips64el' }), /not a complete ELF/)
})

test('headers with any values are read in bounded time', () => {
  const [mac] = macho
  const endless = changed(binaryOf(mac), (bytes) => {
    bytes.writeUInt32LE(0xffffffff, 16)
    bytes.writeUInt32LE(0, 0x24)
  })
  assert.equal(formatOf(endless), undefined)
  for (const target of [elf[0], mac, pe[0]]) {
    const whole = binaryOf(target)
    for (let offset = 4; offset < Math.min(128, whole.length - 4); offset++) {
      for (const value of [0, 1, 0x7f, 0x80, 0xff]) {
        const found = formatOf(changed(whole, (bytes) => bytes.fill(value, offset, offset + 4)))
        assert.ok(
          found === undefined || Number.isFinite(found.size),
          `${target.file} ${offset} ${value}`,
        )
      }
    }
  }
})

test('anything else has no format', () => {
  for (const content of [
    '',
    'MZ',
    '\x7fELF',
    'MZ'.padEnd(100, '\xff'),
    '#!/bin/sh\n',
    'x\0'.repeat(99),
  ]) {
    assert.equal(formatOf(Buffer.from(content, 'latin1')), undefined, content)
  }
})
