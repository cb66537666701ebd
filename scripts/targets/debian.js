'use strict'

// Debian packages for any architecture, extracted to the cache. apt uses separate directories and verifies
// what it downloads; nothing is installed on the system.

const fs = require('node:fs')
const path = require('node:path')

const { cache, cached, run } = require('../cache')

const SOURCES = '/etc/apt/sources.list.d/debian.sources'

/** The configuration with which apt works in a directory, as on a new system without any package. */
const configurationFor = (directory, arch) => `Dir::State "${directory}/state";
Dir::State::status "/dev/null";
Dir::Cache "${directory}/cache";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "${directory}/sources";
APT::Architecture "${arch}";
APT::Architectures { "${arch}"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
`

/** The environment for apt in a directory, with the lists of this system's sources or of another release. */
function aptIn(directory, { arch, release }) {
  const folders = ['state/lists/partial', 'cache/archives/partial', 'sources']
  for (const folder of folders) fs.mkdirSync(path.join(directory, folder), { recursive: true })
  const sources = fs.readFileSync(SOURCES, 'utf8')
  const [main] = sources.split(/\n\s*\n/)
  fs.writeFileSync(
    path.join(directory, 'sources/debian.sources'),
    release ? main.replace(/^Suites: .*/m, `Suites: ${release}`) : sources,
  )
  const APT_CONFIG = path.join(directory, 'apt.conf')
  fs.writeFileSync(APT_CONFIG, configurationFor(directory, arch))
  // A list that cannot be fetched matters only if a package is in it.
  run('sh', ['-c', 'apt-get update || true'], { env: { APT_CONFIG } })
  return { APT_CONFIG }
}

/**
 * A directory with the extracted packages. `names` may be a function of `fieldOf`, which returns a field of
 * a package; `dependencies` adds everything that the packages depend on.
 */
function debianPackages(name, names, { arch = 'amd64', release, dependencies = false } = {}) {
  return cached(name, (directory) => {
    const apt = path.join(directory, 'apt')
    const env = aptIn(apt, { arch, release })
    const archives = path.join(apt, 'cache/archives')
    const fieldOf = (pkg, field) =>
      run('apt-cache', ['show', '--no-all-versions', pkg], { env }).match(
        new RegExp(`^${field}: (.*)$`, 'm'),
      )[1]
    const packages = typeof names === 'function' ? names(fieldOf) : names
    const fetch = dependencies ? ['install', '--yes', '--download-only'] : ['download']
    run('apt-get', [...fetch, ...packages], { env, cwd: archives })
    for (const file of fs.readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      run('dpkg', ['--extract', path.join(archives, file), directory])
    }
    fs.rmSync(apt, { recursive: true })
    // Absolute links would point to this system.
    const relink = 'ln -snf "$0$(readlink "$1")" "$1"'
    const links = [directory, '-type', 'l', '-lname', '/*']
    run('find', [...links, '-exec', 'sh', '-c', relink, path.join(cache, name), '{}', ';'])
  })
}

module.exports = { debianPackages }
