'use strict'

// Protects installations without a registry: the unpacked package as a directory, and the Dockerfile of
// docs/installation.md, whose steps are run without Docker, on the tarball of an installed Haraka.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')

const { example, installExample } = require('../scripts/haraka/server')
const { npm } = require('../scripts/npm')
const { publishedManifest } = require('../scripts/release/assemble')
const { pack } = require('./support/package-copies')

const { version } = require('../package.json')

const document = fs.readFileSync(path.join(__dirname, '../docs/installation.md'), 'utf8')

let directory
let tarball

function createFolder(name, manifest) {
  const folder = path.join(directory, name)
  fs.mkdirSync(folder, { recursive: true })
  if (manifest) fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  return folder
}

const backendIn = (cwd) =>
  execFileSync(process.execPath, ['-p', "require('haraka-dsn').backend"], { cwd, encoding: 'utf8' })

describe('without a registry', { timeout: 300_000 }, () => {
  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    tarball = await pack(directory)
  })

  after(() => fs.rmSync(directory, { recursive: true, force: true }))

  const [, command] = document.match(/^npm (install .*file:\.\/vendor\/haraka-dsn-rs)$/m)

  /** A project with the unpacked package in `vendor`, and a function that installs that. */
  function createVendoring(name) {
    const folder = createFolder(name, { private: true })
    const vendored = createFolder(`${name}/vendor/haraka-dsn-rs`)
    execFileSync('tar', ['-xzf', tarball, '-C', vendored, '--strip-components=1'])
    const install = async (args) => {
      const files = () => fs.readdirSync(vendored).sort()
      const unpacked = files()
      await npm([...args, '--offline'], { cwd: folder })
      assert.equal(backendIn(folder), 'native\n')
      assert.deepEqual(files(), unpacked)
    }
    return { vendored, install }
  }

  it('the unpacked package installs as a directory', async () => {
    await createVendoring('copied').install(command.split(' '))
  })

  it('the unpacked release installs as a link, too', async () => {
    const { vendored, install } = createVendoring('linked')
    const manifest = path.join(vendored, 'package.json')
    fs.writeFileSync(manifest, publishedManifest(fs.readFileSync(manifest)))
    await install(command.replace(' --install-links', '').split(' '))
  })

  it('the steps of the Dockerfile make a Haraka that uses the package', async () => {
    await installExample()
    const context = createFolder('context')
    const stages = [createFolder('first'), createFolder('second')]
    for (const part of ['config', 'plugins']) {
      fs.cpSync(path.join(example, part), path.join(context, part), { recursive: true })
    }
    fs.copyFileSync(tarball, path.join(context, path.basename(tarball)))
    const manifest = {
      private: true,
      dependencies: { 'haraka-dsn': `file:haraka-dsn-rs-${version}.tgz` },
    }
    fs.writeFileSync(path.join(context, 'package.json'), JSON.stringify(manifest))
    await npm(['install', '--offline', '--package-lock-only'], { cwd: context })

    const [, dockerfile] = document.match(/^```dockerfile\n(.+?)^```$/ms)
    const steps = dockerfile.trim().split('\n').filter(Boolean)
    let stage = -1
    for (const step of steps) {
      const [instruction, ...words] = step.split(' ')
      if (instruction === 'FROM') stage += 1
      if (instruction === 'COPY') copy(words, { context, stages, stage })
      if (instruction === 'RUN') {
        const options = { cwd: stages[stage], encoding: 'utf8' }
        const { status, stderr } = spawnSync(`${words.join(' ')} --offline`, {
          ...options,
          shell: true,
        })
        assert.equal(status, 0, stderr)
      }
    }
    assert.equal(backendIn(stages[1]), 'native\n')
    const copied = ['config', 'node_modules', 'plugins']
    assert.deepEqual(fs.readdirSync(stages[1]).sort(), copied)
    assert.ok(steps.at(-1).includes('"node_modules/Haraka/bin/haraka", "-c", "."'))
  })
})

/** COPY of a Dockerfile; the first one includes the tarball, as the document says. */
function copy(words, { context, stages, stage }) {
  const isFromStage = words[0].startsWith('--from=')
  const [to, ...from] = words.slice(isFromStage ? 1 : 0).reverse()
  if (to === './') from.push(path.basename(tarball))
  for (const file of from) {
    const source = isFromStage
      ? path.join(stages[0], path.basename(file))
      : path.join(context, file)
    const target = path.join(stages[stage], to === './' ? file : to)
    fs.cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  }
}
