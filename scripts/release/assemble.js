'use strict'

// Creates the tarball of a release: `npm run assemble -- <directory>` finds the binaries in a directory and
// its subdirectories, and fails unless they are exactly those of a release.

const fs = require('node:fs')
const path = require('node:path')

const { inlineModule } = require('../inline-module')
const { npm } = require('../npm')
const { targets, wasm } = require('../targets')
const { faultsOfRelease } = require('./check-binaries')

const { version } = require('../../package.json')

const root = path.join(__dirname, '..', '..')
const prebuilds = path.join(root, 'prebuilds')

/** The binaries in a directory and its subdirectories, by name. */
function findBinaries(directory) {
  const binaries = new Map()
  for (const file of fs.readdirSync(directory, { recursive: true })) {
    const [full, name] = [path.join(directory, file), path.basename(file)]
    if (!/\.(?:node|wasm)$/.test(name) || !fs.statSync(full).isFile()) continue
    if (binaries.has(name)) throw new Error('two binaries have the same name')
    binaries.set(name, fs.readFileSync(full))
  }
  return binaries
}

/**
 * The package.json of a release, from that of a clone: without what only a clone needs. npm would run
 * `prepare`, and install devDependencies, for a package that is unpacked into a project.
 */
function publishedManifest(content) {
  const { scripts, devDependencies, ...published } = JSON.parse(content)
  return `${JSON.stringify(published, null, 2)}\n`
}

/** Packs without scripts, because `prepare` would replace the binary for this system. */
async function pack() {
  const manifest = path.join(root, 'package.json')
  const content = fs.readFileSync(manifest, 'utf8')
  fs.writeFileSync(manifest, publishedManifest(content))
  try {
    const [tarball] = JSON.parse(await npm(['pack', '--ignore-scripts', '--json'], { cwd: root }))
    return tarball
  } finally {
    fs.writeFileSync(manifest, content)
  }
}

async function main([directory]) {
  if (!directory) throw new Error('usage: npm run assemble -- <directory with the binaries>')
  const binaries = findBinaries(directory)
  const faults = faultsOfRelease([...targets, wasm], binaries, version)
  if (faults.length) throw new Error(`these binaries cannot be released:\n${faults.join('\n')}`)

  fs.rmSync(prebuilds, { recursive: true, force: true })
  fs.mkdirSync(prebuilds)
  for (const [file, content] of binaries) fs.writeFileSync(path.join(prebuilds, file), content)
  inlineModule(path.join(prebuilds, wasm.file))
  const { filename, size, unpackedSize, files } = await pack()
  for (const file of files) console.log(`${String(file.size).padStart(9)} ${file.path}`)
  console.log(`${filename}: ${size} bytes, ${unpackedSize} unpacked`)
}

module.exports = { publishedManifest }

if (require.main === module) main(process.argv.slice(2))
