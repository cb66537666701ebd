'use strict'

// Finds what is wrong with the binaries of a release: platform, version, size, linked libraries, signature.

const path = require('node:path')

const { installPipPackages, run } = require('../cache')

/** The size limit for the binary for Linux with glibc on x64: a larger one loads more slowly. */
const MAX_BYTES = 800_000

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

/** The system of an ELF file, by the name of the C library it is linked to. */
const C_LIBRARIES = [
  [/^libc\.so\.6$/, 'linux', 'glibc'],
  [/^libc\.so\.7$/, 'freebsd', 'none'],
  [/^libc\.(?:musl-\w+\.so\.1|so)$/, 'linux', 'musl'],
]

const isWasm = (bytes) => bytes.toString('latin1', 0, 4) === '\0asm'

/** A WebAssembly module; its imports count as libraries. */
function describeModule(bytes) {
  if (!WebAssembly.validate(bytes)) return {}
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes))
  const libraries = imports.map(({ module, name }) => `${module}.${name}`)
  return { platform: 'any', arch: 'wasm32', libc: 'none', libraries, searchPaths: [] }
}

/** `process.arch` for what LIEF calls a machine: architecture, whether it has 64 bits, and byte order. */
const ARCHITECTURES = {
  'ARM False LITTLE': 'arm',
  'ARM64 True LITTLE': 'arm64',
  'PPC64 True LITTLE': 'ppc64',
  'RISCV True LITTLE': 'riscv64',
  'UNKNOWN True BIG': 's390x', // which LIEF has no name for
  'X86_64 True LITTLE': 'x64',
}

function systemOf({ format, libraries }) {
  if (format === 'MACHO') return { platform: 'darwin', libc: 'none' }
  if (format === 'PE') return { platform: 'win32', libc: 'none' }
  const known = C_LIBRARIES.find(([name]) => libraries.some((library) => name.test(library))) ?? []
  return { platform: known[1], libc: known[2] }
}

/** What LIEF, which knows the formats of libraries, reads in files: nothing if one is not complete. */
function readLibraries(contents) {
  const requirements = path.join(__dirname, 'requirements.txt')
  const env = { PYTHONPATH: installPipPackages(requirements) }
  const input = JSON.stringify(contents.map((bytes) => bytes.toString('base64')))
  const script = path.join(__dirname, 'describe_binaries.py')
  return JSON.parse(run('python3', [script], { env, input, maxBuffer: 2 ** 30, stdio: 'pipe' }))
}

/**
 * `{ platform, arch, libc, libraries, searchPaths }` of each binary, and for macOS also `{ name, minimum,
 * isSigned }`; unsigned is null. Empty for what is not a complete library.
 */
function describe(contents) {
  return readLibraries(contents).map((library, i) => {
    if (isWasm(contents[i])) return describeModule(contents[i])
    if (!library.format) return {}
    return { ...library, arch: ARCHITECTURES[library.machine], ...systemOf(library) }
  })
}

const { compare } = new Intl.Collator('en', { numeric: true })
const isNewer = (version, oldest) => compare(version, oldest) > 0

/** The newest glibc version among the symbols in a binary's content (as Latin-1). */
const newestGlibc = (text) => (text.match(/(?<=\0GLIBC_)\d+\.\d+/g) ?? ['0']).sort(compare).at(-1)

const nameOf = ({ platform = '?', arch = '?', libc = '?' }) => `${platform} ${arch} ${libc}`

function* faultsOfMac({ arch, file, macos }, { name, minimum, isSigned }) {
  if (name !== `@rpath/${file}`) yield `has the install name ${name}`
  // macOS on Intel also loads unsigned code.
  if (!isSigned && (isSigned === false || arch === 'arm64')) yield 'has no valid signature'
  if (isNewer(minimum, macos)) yield `needs macOS ${minimum}, not ${macos}`
}

function* faultsOf(target, bytes, found, version) {
  if (nameOf(found) !== nameOf(target)) {
    yield `is for ${nameOf(found)}, not for ${nameOf(target)}`
    return
  }
  if (!bytes.includes(version)) yield `does not have version ${version}`
  if (/linux-x64-gnu/.test(target.file) && bytes.length > MAX_BYTES) {
    yield `has ${bytes.length} bytes, more than ${MAX_BYTES}`
  }
  const text = bytes.toString('latin1')
  const glibc = newestGlibc(text)
  if (target.glibc && isNewer(glibc, target.glibc)) {
    yield `needs glibc ${glibc}, not ${target.glibc}`
  }
  const allowed = LIBRARIES[`${target.platform} ${target.libc}`]
  for (const library of found.libraries) {
    if (!allowed.test(library)) yield `is linked to ${library}, which some systems lack`
  }
  for (const searchPath of found.searchPaths) yield `searches for libraries in ${searchPath}`
  if (target.platform === 'darwin') yield* faultsOfMac(target, found)
  const [home] = HOME.exec(text) ?? []
  if (home) yield `contains a path of the build machine: ${home}`
}

/** The problems with the binaries of a release, a Map of file names and contents. */
function faultsOfRelease(targets, binaries, version) {
  const expected = new Map(targets.map((target) => [target.file, target]))
  const missing = [...expected.keys()].filter((file) => !binaries.has(file))
  const unexpected = [...binaries.keys()].filter((file) => !expected.has(file))
  const checked = [...expected.values()].filter(({ file }) => binaries.has(file))
  const descriptions = describe(checked.map(({ file }) => binaries.get(file)))
  return [
    ...missing.map((file) => `${file} is missing`),
    ...unexpected.map((file) => `${file} is unexpected`),
    ...checked.flatMap((target, i) => {
      const faults = faultsOf(target, binaries.get(target.file), descriptions[i], version)
      return [...faults].map((fault) => `${target.file} ${fault}`)
    }),
  ]
}

module.exports = { faultsOfRelease }
