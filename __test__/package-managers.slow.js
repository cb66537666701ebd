'use strict'

// Protects the commands of docs/installation.md for other package managers than npm: they are run as they
// stand there, with a real Haraka and a registry that has the packed tarball, and with the tarball.

const assert = require('node:assert/strict')
const { execFile } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')
const { promisify } = require('node:util')

const { mismatches, request } = require('../scripts/haraka/dialogue')
const { copyExample, example, holdSessions } = require('../scripts/haraka/server')
const { NpmRegistry } = require('../scripts/npm-registry')
const { configure, environmentOf, install, managers } = require('../scripts/package-managers')
const { pack } = require('./support/package-copies')

const { name } = require('../package.json')
const { dependencies } = require(path.join(example, 'package.json'))

const run = promisify(execFile)

const document = fs.readFileSync(path.join(__dirname, '../docs/installation.md'), 'utf8')

/** The headings under which a manager's commands are. */
const HEADINGS = {
  pnpm10: 'pnpm 10 and earlier',
  pnpm12: 'pnpm',
  yarn1: 'Yarn',
  yarn4: 'Yarn',
  bun: 'Bun',
}

/** The commands under a heading of the document: those that replace haraka-dsn, and those that go back. */
function commandsUnder(heading) {
  const [, section] = document.split(`### ${heading}\n`)
  const blocks = section.split(/^##/m, 1)[0].matchAll(/^```sh\n(.+?)^```$/gms)
  const [replace, back] = [...blocks].map(([, block]) => block)
  return { replace, back }
}

const plugin = 'haraka-plugin-helo.checks'
const pinned = 'plugin-that-pins'

let directory
let registry
let tarball

// In a process of its own, because Node.js keeps what it resolved. haraka-dsn has no `backend`.
const QUESTION = `
  const fs = require('fs')
  const { createRequire } = require('module')
  const used = { backend: require('haraka-dsn').backend ?? 'undefined' }
  for (const dependent of ${JSON.stringify(['Haraka', plugin, pinned])}) {
    const folder = fs.realpathSync('node_modules/' + dependent)
    used[dependent] = createRequire(folder + '/package.json')('haraka-dsn/package.json').name
  }
  console.log(JSON.stringify(used))`

/** The backend of haraka-dsn at the top level, and the name of the package that each dependent gets as it. */
async function usedIn(cwd) {
  const { stdout } = await run(process.execPath, ['-e', QUESTION], { cwd })
  return JSON.parse(stdout)
}

const used = (backend, package_) => ({
  backend,
  Haraka: package_,
  [plugin]: package_,
  [pinned]: package_,
})

/** Starts the Haraka of a project, holds the SMTP session with it and checks every reply. */
async function assertReplies(project) {
  copyExample(project)
  const { conversations, log } = await holdSessions(project, [request])
  const [{ exchanges, error }] = conversations
  assert.deepEqual([error, mismatches(exchanges)], [undefined, []], log)
}

/** A project of a manager, and a function that runs commands there. */
function createProject(manager) {
  const project = path.join(directory, manager)
  fs.mkdirSync(project)
  const manifest = {
    name: 'mail',
    private: true,
    dependencies: {
      Haraka: dependencies.Haraka,
      [plugin]: '*',
      [pinned]: `file:${path.join(directory, `${pinned}.tgz`)}`,
    },
  }
  fs.writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest))
  fs.writeFileSync(path.join(project, 'yarn.lock'), '')
  configure(project, `http://${registry.host}/`)
  const env = environmentOf(manager, directory)
  const commands = (script) =>
    run('sh', ['-e', '-c', script], { cwd: project, env }).catch(
      ({ message, stdout }) => assert.fail(`${message}\n${stdout}`), // Yarn writes its errors to standard output.
    )
  return { project, commands }
}

/** A package that depends on an exact version of haraka-dsn. */
async function packPinned() {
  const folder = path.join(directory, pinned)
  fs.mkdirSync(folder)
  const manifest = { name: pinned, version: '1.0.0', dependencies: { 'haraka-dsn': '1.2.0' } }
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
  const packed = await registry.npm(['pack', '--silent'], { cwd: folder })
  fs.renameSync(path.join(folder, packed.trim()), path.join(directory, `${pinned}.tgz`))
}

const skip = process.platform !== 'linux' && 'scripts/package-managers are for Linux'

describe('replacing haraka-dsn', { skip, timeout: 600_000 }, () => {
  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    await install()
    registry = await NpmRegistry.start()
    tarball = await pack(directory)
    await registry.npm(['publish', tarball], { cwd: directory })
    await packPinned()
  })

  after(() => {
    registry?.stop()
    fs.rmSync(directory, { recursive: true, force: true })
  })

  for (const [manager, { command }] of Object.entries(managers)) {
    it(`works with ${manager}, and back`, async () => {
      const { replace, back } = commandsUnder(HEADINGS[manager])
      const { project, commands } = createProject(manager)
      const [add, ...override] = replace.trim().split('\n')
      await commands(`${command} install`)

      await commands(add)
      const half = used('native', 'haraka-dsn')
      assert.deepEqual(await usedIn(project), half, 'an alias alone is not enough')
      await commands(override.join('\n'))
      assert.deepEqual(await usedIn(project), used('native', name))
      await assertReplies(project)

      fs.rmSync(path.join(project, 'pnpm-workspace.yaml'), { force: true })
      await commands(back)
      assert.deepEqual(await usedIn(project), used('undefined', 'haraka-dsn'))

      const ofTarball = replace.replace(/npm:haraka-dsn-rs(?:@\^[\d.]+)?/g, `file:${tarball}`)
      await commands(ofTarball)
      assert.deepEqual(await usedIn(project), used('native', name))
    })
  }
})
