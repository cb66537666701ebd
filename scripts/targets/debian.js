'use strict'

// Debian's packages for any architecture, extracted to the cache: apt works on directories of its
// own and verifies what it downloads; nothing is installed on the system.

const fs = require('node:fs')
const path = require('node:path')

const { Missing, cached, run } = require('./workshop')

const SOURCES = '/etc/apt/sources.list.d/debian.sources'

/** The release whose musl and Node.js for RISC-V are recent enough. */
const RECENT = 'trixie'

/** The sources of this machine as `{ URIs, Suites, Components, 'Signed-By' }`. */
function systemSources() {
  if (!fs.existsSync(SOURCES))
    throw new Missing(`This machine is no Debian 12: it has no ${SOURCES}.`)
  const paragraphs = fs.readFileSync(SOURCES, 'utf8').split(/\n\s*\n/)
  return paragraphs
    .map((text) =>
      Object.fromEntries([...text.matchAll(/^([\w-]+): *(.+)$/gm)].map((m) => m.slice(1))),
    )
    .filter(({ URIs }) => URIs)
}

/** The sources of this machine or, from the same place, of another release. */
function sourcesFor(release) {
  const sources = systemSources()
  return release ? [{ ...sources[0], Suites: release }] : sources
}

const paragraphOf = (source) =>
  Object.entries({ Types: 'deb', ...source })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

/** An environment in which apt works in a directory, as on a new system without any package. */
function newApt(directory, arch, release) {
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'sources']) {
    fs.mkdirSync(path.join(directory, folder), { recursive: true })
  }
  const inside = (name) => path.join(directory, name)
  fs.writeFileSync(inside('status'), '')
  fs.writeFileSync(
    inside('sources/debian.sources'),
    sourcesFor(release).map(paragraphOf).join('\n'),
  )
  fs.writeFileSync(
    inside('apt.conf'),
    `Dir::State "${inside('state')}";
Dir::State::status "${inside('status')}";
Dir::Cache "${inside('cache')}";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "${inside('sources')}";
APT::Architecture "${arch}";
APT::Architectures { "${arch}"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
Acquire::Retries "3";
`,
  )
  const env = { APT_CONFIG: inside('apt.conf') }
  try {
    run('apt-get', ['update'], { env })
  } catch (error) {
    if (error instanceof Missing) throw error
    // A list that a mirror does not have at the moment is missed only if a package is in it.
    console.error(`Not all lists of Debian's packages for ${arch} could be fetched.`)
  }
  return env
}

function extract(archives, to) {
  const files = fs.readdirSync(archives).filter((file) => file.endsWith('.deb'))
  for (const file of files) run('dpkg', ['--extract', path.join(archives, file), to])
}

/** Absolute links lead to this system: they become links within the directory. */
function relink(directory) {
  for (const entry of fs.readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) continue
    const link = path.join(entry.parentPath, entry.name)
    const to = fs.readlinkSync(link)
    if (!to.startsWith('/')) continue
    fs.rmSync(link)
    fs.symlinkSync(path.relative(entry.parentPath, path.join(directory, to)), link)
  }
}

/**
 * A directory with packages extracted to it. `names` may be a function of `show`, which returns a
 * field of a package; `dependencies` says whether all that they depend on is needed as well.
 */
function debianPackages(name, names, { arch = 'amd64', release, dependencies = false } = {}) {
  return cached(name, (directory) => {
    const work = path.join(directory, 'apt')
    const env = newApt(work, arch, release)
    const show = (pkg, field) =>
      run('apt-cache', ['show', '--no-all-versions', pkg], { env }).match(
        new RegExp(`^${field}: (.*)$`, 'm'),
      )[1]
    const wanted = typeof names === 'function' ? names(show) : names
    const archives = path.join(work, 'cache/archives')
    if (dependencies) run('apt-get', ['install', '--yes', '--download-only', ...wanted], { env })
    else run('apt-get', ['download', ...wanted], { env, cwd: archives })
    extract(archives, directory)
    fs.rmSync(work, { recursive: true })
    relink(directory)
  })
}

module.exports = { RECENT, debianPackages }
