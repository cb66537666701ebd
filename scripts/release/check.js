'use strict'

const { systemOf, newestGlibc } = require('./format')

// The oldest glibc that is promised: that of CentOS 7, and of Node.js up to version 16.
const oldestGlibc = '2.17'
const [oldestMajor, oldestMinor] = oldestGlibc.split('.').map(Number)

// In bytes, of the binary for Linux with glibc on x64: it is to load fast.
const largest = 400_000

// Where people and builders have their files.
const HOME = /(?:\/home\/|\/root\/|[\\/]Users[\\/])[\w./\\-]*/

const shown = ({ platform = '?', arch = '?', libc = '?' }) => `${platform} ${arch} ${libc}`

function* faultsOf(target, bytes, version) {
  const found = systemOf(bytes)
  if (shown(found) !== shown(target)) {
    yield `${target.file} is for ${shown(found)}, not for ${shown(target)}`
  }
  if (!bytes.includes(version)) yield `${target.file} is not of version ${version}`
  if (/linux-x64-gnu/.test(target.file) && bytes.length > largest) {
    yield `${target.file} has ${bytes.length} bytes, more than ${largest}`
  }
  const text = bytes.toString('latin1')
  const [major, minor] = newestGlibc(text)
  if (major > oldestMajor || (major === oldestMajor && minor > oldestMinor)) {
    yield `${target.file} needs glibc ${major}.${minor}, not ${oldestGlibc}`
  }
  if (/vcruntime\d+\.dll/i.test(text)) yield `${target.file} needs the runtime of Visual C++`
  const [home] = HOME.exec(text) ?? []
  if (home) yield `${target.file} tells where it was built: ${home}`
}

/**
 * What is wrong with the binaries of a release: a Map of file names with contents, which must hold
 * one for each target and nothing else.
 */
function faultsOfRelease(targets, binaries, version) {
  const wanted = new Set(targets.map(({ file }) => file))
  return [
    ...[...wanted].filter((file) => !binaries.has(file)).map((file) => `${file} is missing`),
    ...[...binaries.keys()].filter((file) => !wanted.has(file)).map((file) => `${file} is unknown`),
    ...targets
      .filter(({ file }) => binaries.has(file))
      .flatMap((target) => [...faultsOf(target, binaries.get(target.file), version)]),
  ]
}

module.exports = { faultsOfRelease, oldestGlibc }
