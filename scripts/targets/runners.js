'use strict'

// Commands that replace `node` to run programs for other systems here.

const fs = require('node:fs')
const path = require('node:path')

const { debianPackages } = require('./debian')
const { nodeOfDebian, nodeOfNpm, nodeOfPip } = require('./nodes')
const { cache, cached, run, writeCommand } = require('./support')

const DEBIAN_ARCH = { x64: 'amd64', arm: 'armhf', ppc64: 'ppc64el' }
const debianArch = (arch) => DEBIAN_ARCH[arch] ?? arch

const QEMU_ARCH = { arm64: 'aarch64', ppc64: 'ppc64le' }

/** The words of a command that emulates an architecture; none for that of this machine. */
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

/** musl's loader runs Node.js, because this system has none at the path that programs expect. */
function muslCommand(arch) {
  // That of Debian 12 does not know RELR relocations, which the libraries beside Node.js have.
  const options = { arch: debianArch(arch), release: 'trixie' }
  const directory = debianPackages(`musl-${arch}`, ['musl'], options)
  const loader = path.join(directory, `usr/lib/${MUSL_ARCH[arch]}-linux-musl/libc.so`)
  const { node, libraries } = nodeOfPip(arch)
  return [...emulator(arch), loader, '--library-path', libraries, node]
}

/** Wine and its prefix. Its wrapper scripts work only if it is installed. */
function wine() {
  const directory = debianPackages('wine', ['wine64'], { dependencies: true })
  const inside = (name) => path.join(directory, 'usr', name)
  const env = {
    LD_LIBRARY_PATH: inside('lib/x86_64-linux-gnu'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=d',
    WINESERVER: inside('lib/wine/wineserver64'),
  }
  fs.copyFileSync(inside('lib/wine/wineserver64'), inside('lib/wine/wineserver'))
  const command = inside('lib/wine/wine64')
  env.WINEPREFIX = cached('wine-prefix', (to) => {
    const system = path.join(to, 'drive_c/windows/system32')
    fs.mkdirSync(system, { recursive: true })
    fs.copyFileSync(inside('x86_64-w64-mingw32/lib/zlib1.dll'), path.join(system, 'zlib1.dll'))
    const options = { env: { ...env, WINEPREFIX: to }, stdio: 'ignore' }
    run(command, ['wineboot', '--init'], options)
    // Node.js refuses older ones.
    const version = ['HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']
    run(command, ['reg', 'add', ...version], options)
    run(inside('lib/wine/wineserver64'), ['--wait'], options)
  })
  return { command, env }
}

function windowsRunner({ platform, arch }) {
  if (arch !== 'x64') return undefined
  const { command, env } = wine()
  const node = path.join(cache, 'bin/node-windows')
  writeCommand(node, [command, nodeOfNpm(platform, arch)], env)
  return { name: 'Wine', node, env: {}, canSpawn: false }
}

function linuxRunner({ arch, libc, file }) {
  const command = libc === 'musl' ? muslCommand(arch) : glibcCommand(arch)
  const node = path.join(cache, 'bin', file.replace(/\.node$/, ''))
  writeCommand(node, command)
  // Tests start Node.js by process.execPath, which would be the emulated program itself.
  const env = { NODE_OPTIONS: `--require=${path.join(__dirname, 'exec-path.js')}`, EXEC_PATH: node }
  return { name: arch === process.arch ? libc : `${libc}, qemu`, node, env, canSpawn: true }
}

/** The WebAssembly module runs in this Node.js, with separate tests. */
const moduleRunner = () => ({
  name: 'this system',
  node: process.execPath,
  env: { HARAKA_DSN_RS_BACKEND: 'wasm' },
  canSpawn: true,
  script: 'test:wasm',
})

const RUNNERS = {
  any: moduleRunner,
  linux: linuxRunner,
  win32: windowsRunner,
}

/**
 * `{ name, node, env, canSpawn }` to run the tests of a target: a command that replaces `node`, its
 * environment, and whether programs can start others. `undefined` for a system whose programs cannot run
 * here.
 */
const runnerFor = (target) => RUNNERS[target.platform]?.(target)

module.exports = { runnerFor }
