'use strict'

// How a program for another system runs here: a command that stands for `node`.

const path = require('node:path')

const { RECENT, debianPackages } = require('./debian')
const { nodeOfDebian, nodeOfNpm, nodeOfPip } = require('./nodes')
const { cache, writeCommand } = require('./workshop')

const DEBIAN_ARCH = { x64: 'amd64', arm: 'armhf', ppc64: 'ppc64el' }
const debianArch = (arch) => DEBIAN_ARCH[arch] ?? arch

const QEMU_ARCH = { arm64: 'aarch64', ppc64: 'ppc64le' }

/** The words of a command that emulates an architecture, none for that of this machine. */
function emulator(arch, ...options) {
  if (arch === process.arch) return []
  const directory = debianPackages('qemu', ['qemu-user-static'])
  return [path.join(directory, `usr/bin/qemu-${QEMU_ARCH[arch] ?? arch}-static`), ...options]
}

const GLIBC_PACKAGES = ['libc6', 'libstdc++6', 'libgcc-s1', 'libatomic1']

function glibcCommand(arch) {
  if (arch === process.arch) return [process.execPath]
  if (arch === 'riscv64') {
    const { node, sysroot } = nodeOfDebian(arch)
    return [...emulator(arch, '-L', sysroot), node]
  }
  const sysroot = debianPackages(`glibc-${arch}`, GLIBC_PACKAGES, { arch: debianArch(arch) })
  return [...emulator(arch, '-L', sysroot), nodeOfNpm('linux', arch)]
}

const MUSL_ARCH = { x64: 'x86_64', arm64: 'aarch64' }

/** musl's loader is asked to run Node.js, so that this system needs none where programs expect it. */
function muslCommand(arch) {
  const options = { arch: debianArch(arch), release: RECENT }
  const directory = debianPackages(`musl-${arch}`, ['musl'], options)
  const loader = path.join(directory, `usr/lib/${MUSL_ARCH[arch]}-linux-musl/libc.so`)
  const { node, libraries } = nodeOfPip(arch)
  return [...emulator(arch), loader, '--library-path', libraries, node]
}

const nameOf = (arch, libc) =>
  [libc, arch === process.arch ? undefined : 'qemu'].filter(Boolean).join(', ')

/**
 * `{ name, node, env }` to run the tests of a target with: a command that stands for `node`, and
 * its environment. `undefined` for a system that nothing here can run programs for.
 */
function runnerFor({ platform, arch, libc, file }) {
  if (platform !== 'linux') return undefined
  const command = libc === 'musl' ? muslCommand(arch) : glibcCommand(arch)
  const node = path.join(cache, 'bin', file.replace(/\.node$/, ''))
  writeCommand(node, command)
  // Tests start Node.js by process.execPath, which would be the emulated program itself.
  const env = { NODE_OPTIONS: `--require=${path.join(__dirname, 'exec-path.js')}`, EXEC_PATH: node }
  return { name: nameOf(arch, libc), node, env }
}

module.exports = { runnerFor }
