'use strict'

const { describeBinary, newestGlibc } = require('./format')

// The size limit for the binary for Linux with glibc on x64, so that it loads fast.
const MAX_BYTES = 720_000

/** A path in somebody's home directory. */
const HOME = /(?:\/home\/|\/root\/|[\\/]Users[\\/])[\w./\\-]*/

/** The libraries that every system with Node.js has. */
const LIBRARIES = {
  'linux glibc': /^(?:lib(?:c|dl|gcc_s|m|pthread|rt)\.so\.\d|ld-?[\w-]+\.so\.\d)$/,
  'linux musl': /^lib(?:c\.so|c\.musl-\w+\.so\.1|gcc_s\.so\.1)$/,
  'darwin none': /^\/usr\/lib\/lib(?:System\.B|charset\.1|iconv\.2)\.dylib$/,
  'win32 none':
    /^(?:node\.exe|(?:advapi32|bcrypt|bcryptprimitives|kernel32|ntdll|userenv|ws2_32|api-ms-win-[\w-]+)\.dll)$/i,
  'any none': /^(?!)/, // none
  'freebsd none': /^lib(?:c|execinfo|gcc_s|m|thr)\.so\.\d+$/,
}

const isNewer = ([major, minor], version) => {
  const [oldestMajor, oldestMinor] = version.split('.').map(Number)
  return major > oldestMajor || (major === oldestMajor && minor > oldestMinor)
}

const systemOf = ({ platform = '?', arch = '?', libc = '?' }) => `${platform} ${arch} ${libc}`

/** The problems with how a binary is linked. */
function* faultsOfLinking({ platform, libc }, { libraries, searchPaths }) {
  const allowed = LIBRARIES[`${platform} ${libc}`]
  for (const library of libraries) {
    if (!allowed.test(library)) yield `is linked to ${library}, which some systems lack`
  }
  for (const searchPath of searchPaths) yield `searches for libraries in ${searchPath}`
}

function* faultsOfMac({ arch, file, macos }, { name, minimum, isSigned }) {
  if (name !== `@rpath/${file}`) yield `has the install name ${name}`
  // macOS on Intel also loads unsigned code.
  if (isSigned === false || (isSigned === undefined && arch === 'arm64')) {
    yield 'has no valid signature'
  }
  if (isNewer(minimum.split('.').map(Number), macos)) yield `needs macOS ${minimum}, not ${macos}`
}

function* faultsOf(target, bytes, version) {
  const found = describeBinary(bytes)
  if (systemOf(found) !== systemOf(target)) {
    yield `is for ${systemOf(found)}, not for ${systemOf(target)}`
    return
  }
  if (!bytes.includes(version)) yield `does not have version ${version}`
  if (/linux-x64-gnu/.test(target.file) && bytes.length > MAX_BYTES) {
    yield `has ${bytes.length} bytes, more than ${MAX_BYTES}`
  }
  const text = bytes.toString('latin1')
  const glibc = newestGlibc(text)
  if (target.glibc && isNewer(glibc, target.glibc)) {
    yield `needs glibc ${glibc.join('.')}, not ${target.glibc}`
  }
  yield* faultsOfLinking(target, found)
  if (target.platform === 'darwin') yield* faultsOfMac(target, found)
  const [home] = HOME.exec(text) ?? []
  if (home) yield `contains a path of the build machine: ${home}`
}

/**
 * The problems with the binaries of a release, a Map of file names and contents with one entry for each
 * target.
 */
function faultsOfRelease(targets, binaries, version) {
  const expectedFiles = new Set(targets.map(({ file }) => file))
  return [
    ...[...expectedFiles].filter((file) => !binaries.has(file)).map((file) => `${file} is missing`),
    ...[...binaries.keys()]
      .filter((file) => !expectedFiles.has(file))
      .map((file) => `${file} is unexpected`),
    ...targets
      .filter(({ file }) => binaries.has(file))
      .flatMap((target) =>
        [...faultsOf(target, binaries.get(target.file), version)].map(
          (fault) => `${target.file} ${fault}`,
        ),
      ),
  ]
}

module.exports = { faultsOfRelease }
