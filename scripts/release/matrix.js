'use strict'

// How the release workflow builds and tests each target. Prints the workflow's matrices.

const { targets, wasm } = require('../targets')

const LINUX = { x64: 'ubuntu-24.04', arm64: 'ubuntu-24.04-arm' }
const MAC = { x64: 'macos-15-intel', arm64: 'macos-15' }
const WINDOWS = { x64: 'windows-2025', arm64: 'windows-11-arm' }

// There are no runners with musl or other architectures: these are tested in containers, the latter in an
// emulator.
const ALPINE = { container: 'node:24-alpine' }
const emulated = (platform, image) => ({
  container: `--platform linux/${platform} ${image}`,
  emulator: platform,
})
const EMULATED = {
  arm: emulated('arm/v7', 'node:22-bookworm-slim'),
  ppc64: emulated('ppc64le', 'node:22-bookworm-slim'),
  // There is no Node.js image for it, but Debian has Node.js.
  riscv64: {
    ...emulated('riscv64', 'debian:trixie-slim'),
    prepare: 'apt-get update && apt-get install --yes nodejs npm && ',
  },
  s390x: emulated('s390x', 'node:22-bookworm-slim'),
}

/** Where and how a target is built, and where it is tested. */
function planOf({ platform, arch, libc }) {
  if (platform === 'darwin') return { build: [MAC[arch], ''], test: [MAC[arch]] }
  if (platform === 'win32') return { build: [WINDOWS.x64, ''], test: [WINDOWS[arch]] }
  if (platform === 'any') return { build: [LINUX.x64, ''], test: [LINUX.x64, { wasm: true }] }
  if (platform !== 'linux') return {} // FreeBSD has its own job, in a virtual machine.
  const build = [LINUX.x64, '--zig'] // One machine cross-compiles for all.
  if (libc === 'musl') return { build, test: [LINUX[arch], ALPINE] }
  return { build, test: LINUX[arch] ? [LINUX[arch]] : [LINUX.x64, EMULATED[arch]] }
}

const plans = [...targets, wasm].map((target) => ({ ...target, ...planOf(target) }))

const build = plans
  .filter((plan) => plan.build)
  .map(({ triple, file, build: [runner, flags] }) => ({ triple, file, runner, flags }))

const test = plans
  .filter((plan) => plan.test)
  .map(({ triple, file, test: [runner, extras] }) => ({ triple, file, runner, ...extras }))

module.exports = { build, test }

if (require.main === module) {
  console.log(`build=${JSON.stringify({ include: build })}`)
  console.log(`test=${JSON.stringify({ include: test })}`)
}
