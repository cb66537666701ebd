'use strict'

// Debian packages for any architecture, extracted to the cache. apt uses separate directories and verifies
// what it downloads; nothing is installed on the system.

const fs = require('node:fs')
const path = require('node:path')

const { fillOnce, run } = require('../cache')

/** The configuration with which apt works in a directory, as on a new system without any package. */
const configurationFor = (directory, arch) => `Dir::State "${directory}";
Dir::State::status "/dev/null";
Dir::Cache "${directory}";
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "${directory}";
APT::Architecture "${arch}";
APT::Architectures { "${arch}"; };
APT::Sandbox::User "";
APT::Install-Recommends "false";
Acquire::Languages "none";
`

/** The sources of this system, or those of another release. */
function sourcesOf(release) {
  const sources = fs.readFileSync('/etc/apt/sources.list.d/debian.sources', 'utf8')
  const [main] = sources.split(/\n\s*\n/)
  return release ? main.replace(/^Suites: .*/m, `Suites: ${release}`) : sources
}

/** A directory with the extracted packages, and all that they depend on. */
function extractDebianPackages(name, packages, { arch = 'amd64', release } = {}) {
  return fillOnce(name, (directory) => {
    const apt = path.join(directory, 'apt')
    const env = { APT_CONFIG: path.join(apt, 'apt.conf') }
    fs.mkdirSync(apt)
    fs.writeFileSync(env.APT_CONFIG, configurationFor(apt, arch))
    fs.writeFileSync(path.join(apt, 'debian.sources'), sourcesOf(release))
    run('apt-get', ['update'], { env })
    run('apt-get', ['install', '--yes', '--download-only', ...packages], { env })
    const archives = path.join(apt, 'archives')
    for (const file of fs.readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      run('dpkg', ['--extract', path.join(archives, file), directory])
    }
    fs.rmSync(apt, { recursive: true })
  })
}

module.exports = { extractDebianPackages }
