'use strict'

// Protects the commands of docs/installation.md, with a real Haraka and an npm registry that has the
// packed tarball: those that replace haraka-dsn, and the common mistakes, which do not.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')

const { mismatches, request } = require('../scripts/haraka/dialogue')
const { Haraka, copyExample, example, holdSessions } = require('../scripts/haraka/server')
const { NpmRegistry } = require('../scripts/npm-registry')
const { pack } = require('./support/package-copies')

const { name, version } = require('../package.json')
const { dependencies } = require(path.join(example, 'package.json'))

const haraka = `Haraka@${dependencies.Haraka}`
const plugin = 'haraka-plugin-helo.checks'
const alias = `haraka-dsn@npm:${name}`

// Optional packages and install scripts are not needed.
const sparse = ['--omit=optional', '--ignore-scripts']

let npmRegistry
let directory

/** Creates a directory, with a `package.json` if a manifest is passed. */
function createFolder(folderName, manifest) {
  const folder = path.join(directory, folderName)
  fs.mkdirSync(folder)
  if (manifest) {
    const content = JSON.stringify({ private: true, ...manifest })
    fs.writeFileSync(path.join(folder, 'package.json'), content)
  }
  return folder
}

const install = (cwd, ...args) => npmRegistry.npm(['install', ...sparse, ...args], { cwd })

/** Copies an installation that has the original. */
function copyExisting(folderName) {
  const folder = path.join(directory, folderName)
  fs.cpSync(path.join(directory, 'original'), folder, { recursive: true, verbatimSymlinks: true })
  return folder
}

/** The package that `haraka-dsn` resolves to, as `name@version in path`. */
function dsnOf(folder, ...dependent) {
  const load = createRequire(path.join(folder, ...dependent, 'package.json'))
  const found = path.dirname(load.resolve('haraka-dsn'))
  const manifest = JSON.parse(fs.readFileSync(path.join(found, 'package.json'), 'utf8'))
  const location = path.relative(fs.realpathSync(folder), fs.realpathSync(found))
  return `${manifest.name}@${manifest.version} in ${location.split(path.sep).join('/')}`
}

const dsnOfHaraka = (folder) => dsnOf(folder, 'node_modules', 'Haraka')
const dsnOfPlugin = (folder) => dsnOf(folder, 'node_modules', plugin)

const ours = `${name}@${version} in node_modules/haraka-dsn`
const original = 'haraka-dsn@1.2.1 in node_modules/haraka-dsn'

async function assertSwapped(folder) {
  assert.deepEqual([dsnOfHaraka(folder), dsnOfPlugin(folder)], [ours, ours])
  const list = ['ls', 'haraka-dsn', '--all', '--json', '--omit=optional']
  const { problems } = JSON.parse(await npmRegistry.npm(list, { cwd: folder }))
  assert.equal(problems, undefined)
}

function assertNotSwapped(folder) {
  assert.deepEqual([dsnOfHaraka(folder), dsnOfPlugin(folder)], [original, original])
}

/** Starts a Haraka, holds the whole SMTP session with it and checks every reply. */
async function assertReplies(configuration, installed) {
  copyExample(configuration)
  const { conversations, log } = await holdSessions(configuration, [request], { installed })
  const [{ exchanges, error }] = conversations
  assert.deepEqual([error, mismatches(exchanges)], [undefined, []], log)
}

describe('replacing haraka-dsn', { timeout: 600_000 }, () => {
  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    npmRegistry = await NpmRegistry.start()
    await npmRegistry.npm(['publish', await pack(directory)], { cwd: directory })
    await install(createFolder('original', {}), haraka, plugin)
  })

  after(() => {
    npmRegistry?.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  })

  describe('works', () => {
    it('in a new installation, which then sends the right replies', async () => {
      const folder = createFolder('fresh', {})
      await install(folder, haraka, plugin, alias)
      await assertSwapped(folder)
      await assertReplies(folder)
    })

    it('from its lock file: offline, without scripts and optional packages', async () => {
      const folder = createFolder('locked')
      for (const file of ['package.json', 'package-lock.json']) {
        fs.copyFileSync(path.join(directory, 'fresh', file), path.join(folder, file))
      }
      await npmRegistry.npm(['ci', '--offline', ...sparse], { cwd: folder })
      await assertSwapped(folder)
      assert.equal(String(createRequire(`${folder}/x.js`)('haraka-dsn').mbox_full('x')), '4.2.2 x')
    })

    it('with a lock file that fits every operating system', () => {
      const lock = path.join(directory, 'fresh', 'package-lock.json')
      const { packages } = JSON.parse(fs.readFileSync(lock, 'utf8'))
      const entry = packages['node_modules/haraka-dsn']
      const expected = ['engines', 'integrity', 'license', 'name', 'resolved', 'version']
      assert.deepEqual(Object.keys(entry).sort(), expected)
    })

    it('in an existing installation, and back', async () => {
      const folder = copyExisting('existing')
      assertNotSwapped(folder)
      await install(folder, alias)
      await assertSwapped(folder)
      await install(folder)
      await npmRegistry.npm(['update', ...sparse], { cwd: folder })
      await assertSwapped(folder)
      await install(folder, 'haraka-dsn@1.2.1')
      assertNotSwapped(folder)
    })

    it('with overrides in a new installation', async () => {
      const folder = createFolder('overrides', {
        overrides: { 'haraka-dsn': `npm:${name}@^${version}` },
      })
      await install(folder, haraka, plugin)
      await assertSwapped(folder)
    })

    describe('for a plugin that pins an exact version', () => {
      const pinned = 'haraka-plugin-wildduck'
      const override = `overrides.${pinned}.haraka-dsn=$haraka-dsn`
      const dsnOfPinned = (folder) => dsnOf(folder, 'node_modules', pinned)
      const hasCopy = (folder) =>
        fs.existsSync(path.join(folder, 'node_modules', pinned, 'node_modules', 'haraka-dsn'))
      let tarball

      before(async () => {
        const manifest = { name: pinned, version: '6.0.1', dependencies: { 'haraka-dsn': '1.2.0' } }
        const folder = createFolder('pinned', manifest)
        tarball = path.join(folder, (await npmRegistry.npm(['pack'], { cwd: folder })).trim())
      })

      it('with overrides, in a new installation', async () => {
        const folder = createFolder('pinned-new', {})
        await npmRegistry.npm(['pkg', 'set', override], { cwd: folder })
        await install(folder, alias, plugin, tarball)
        assert.deepEqual([dsnOfPlugin(folder), dsnOfPinned(folder)], [ours, ours])
      })

      it('with overrides in an existing installation, if the plugin is installed again', async () => {
        const folder = createFolder('pinned-existing', {})
        await install(folder, plugin, tarball)
        await install(folder, alias)
        assert.deepEqual([dsnOfPlugin(folder), hasCopy(folder)], [ours, true])
        await npmRegistry.npm(['pkg', 'set', override], { cwd: folder })
        await install(folder)
        assert.ok(hasCopy(folder))
        await install(folder, tarball)
        assert.deepEqual([dsnOfPlugin(folder), dsnOfPinned(folder)], [ours, ours])
      })

      it('without overrides, in a clone of the plugin', async () => {
        const folder = createFolder('pinned-clone', { dependencies: { 'haraka-dsn': '1.2.0' } })
        await install(folder)
        await install(folder, alias)
        assert.equal(dsnOf(folder), ours)
      })
    })

    it('in a global Haraka, inside its directory', async () => {
      const prefix = createFolder('global')
      await npmRegistry.npm(['install', '-g', `--prefix=${prefix}`, ...sparse, haraka])
      const modules = path.join(prefix, process.platform === 'win32' ? '' : 'lib', 'node_modules')
      const inside = path.join(modules, 'Haraka')
      await install(inside, '--no-save', '--omit=dev', alias)
      assert.equal(dsnOf(inside), ours)
      await assertReplies(createFolder('configuration'), inside)
    })
  })

  it('logs a clear error if the binary is missing', async () => {
    const folder = path.join(directory, 'fresh')
    const prebuilds = path.join(folder, 'node_modules', 'haraka-dsn', 'prebuilds')
    for (const file of fs.readdirSync(prebuilds)) fs.rmSync(path.join(prebuilds, file))
    const server = new Haraka(folder)
    await assert.rejects(server.waitForPort())
    const lines = server.log.split('\n').filter((line) => line.includes('has no usable binary'))
    assert.notEqual(lines.length, 0, server.log)
    for (const line of lines) {
      assert.match(line, /platform \w+, architecture \w+, libc \w+ /)
      assert.match(line, /Files in .+: none\. To build one, see .+platforms\.md/)
    }
  })

  describe('does not work', () => {
    it('with the name of this package: haraka-dsn is kept next to it', async () => {
      const folder = copyExisting('own-name')
      await install(folder, name)
      assert.ok(fs.existsSync(path.join(folder, 'node_modules', name)))
      assertNotSwapped(folder)
    })

    it('with overrides in an existing installation, if their range includes 1.2.1', async () => {
      const folder = copyExisting('overrides-ignored')
      const overrides = `overrides.haraka-dsn=npm:${name}@^1.2.0`
      await npmRegistry.npm(['pkg', 'set', overrides], { cwd: folder })
      await install(folder)
      assertNotSwapped(folder)
    })

    it('fully with other overrides in an existing installation: each package gets its own copy', async () => {
      const folder = copyExisting('overrides-copies')
      const overrides = `overrides.haraka-dsn=npm:${name}@${version}`
      await npmRegistry.npm(['pkg', 'set', overrides], { cwd: folder })
      await install(folder)
      const copyOf = (dependent) =>
        `${name}@${version} in node_modules/${dependent}/node_modules/haraka-dsn`
      assert.equal(dsnOfHaraka(folder), copyOf('Haraka'))
      assert.equal(dsnOfPlugin(folder), copyOf(plugin))
      assert.throws(() => dsnOf(folder), { code: 'MODULE_NOT_FOUND' })
    })

    it('globally: next to a global Haraka, where Haraka does not look', async () => {
      const prefix = path.join(directory, 'global')
      const modules = path.join(prefix, process.platform === 'win32' ? '' : 'lib', 'node_modules')
      await npmRegistry.npm(['install', '-g', `--prefix=${prefix}`, ...sparse, haraka])
      await npmRegistry.npm(['install', '-g', `--prefix=${prefix}`, ...sparse, alias])
      assert.ok(fs.existsSync(path.join(modules, 'haraka-dsn')))
      assert.equal(dsnOf(path.join(modules, 'Haraka')), original)
    })
  })
})
