'use strict'

// Debian packages for any architecture, extracted to the cache. apt uses separate directories and verifies
// what it downloads; nothing is installed on the system.

const fs = require('node:fs')
const path = require('node:path')

const { Failure, cached, run } = require('./support')

const SOURCES = '/etc/apt/sources.list.d/debian.sources'

/** This system's package sources as `{ URIs, Suites, Components, 'Signed-By' }`. */
function systemSources() {
  if (!fs.existsSync(SOURCES))
    throw new Failure(`This system is not Debian 12: ${SOURCES} does not exist.`)
  const paragraphs = fs.readFileSync(SOURCES, 'utf8').split(/\n\s*\n/)
  return paragraphs
    .map((text) =>
      Object.fromEntries([...text.matchAll(/^([\w-]+): *(.+)$/gm)].map((m) => m.slice(1))),
    )
    .filter(({ URIs }) => URIs)
}

/** This system's package sources, or those of another release on the same mirror. */
function sourcesFor(release) {
  const sources = systemSources()
  return release ? [{ ...sources[0], Suites: release }] : sources
}

const paragraphOf = (source) =>
  Object.entries({ Types: 'deb', ...source })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('')

/** An environment in which apt uses a directory, as on a new system without any package. */
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
    if (error instanceof Failure) throw error
    // The mirror may lack a list at the moment. This matters only if a package is in it.
    console.error(`Some package lists of Debian for ${arch} could not be fetched.`)
  }
  return env
}

function extract(archives, to) {
  const files = fs.readdirSync(archives).filter((file) => file.endsWith('.deb'))
  for (const file of files) run('dpkg', ['--extract', path.join(archives, file), to])
}

/** Makes absolute links, which point to this system, relative to the directory. */
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
 * A directory with the extracted packages. `names` may be a function of `fieldOf`, which returns a field of
 * a package; `dependencies` adds everything that the packages depend on.
 */
function debianPackages(name, names, { arch = 'amd64', release, dependencies = false } = {}) {
  return cached(name, (directory) => {
    const work = path.join(directory, 'apt')
    const env = newApt(work, arch, release)
    const fieldOf = (pkg, field) =>
      run('apt-cache', ['show', '--no-all-versions', pkg], { env }).match(
        new RegExp(`^${field}: (.*)$`, 'm'),
      )[1]
    const packages = typeof names === 'function' ? names(fieldOf) : names
    const archives = path.join(work, 'cache/archives')
    if (dependencies) run('apt-get', ['install', '--yes', '--download-only', ...packages], { env })
    else run('apt-get', ['download', ...packages], { env, cwd: archives })
    extract(archives, directory)
    fs.rmSync(work, { recursive: true })
    relink(directory)
  })
}

module.exports = { debianPackages }
