'use strict'

// The targets that every release carries. They stand once, in package.json, as Rust names them;
// napi-rs, which builds the binaries, says what each is in the terms of Node.js.

const { parseTriple } = require('@napi-rs/cli')

const { napi } = require('../package.json')

const libcOf = (abi) => (abi.startsWith('musl') ? 'musl' : 'glibc')

/** `{ triple, platform, arch, libc, file }` for each. */
const targets = napi.targets.map((triple) => {
  const { platform, arch, abi, platformArchABI } = parseTriple(triple)
  const libc = platform === 'linux' ? libcOf(abi) : 'none'
  return { triple, platform, arch, libc, file: `${napi.binaryName}.${platformArchABI}.node` }
})

module.exports = { targets }
