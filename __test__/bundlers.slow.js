'use strict'

// Protects bundles of the packed tarball: each bundler's output, alone in a directory, either works or says
// what to do. The programs are those of docs/platforms.md: a CommonJS module and an ES module.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')

const { wasm } = require('../scripts/targets')
const { installLocked, npm } = require('../scripts/npm')
const { pack } = require('./support/package-copies')

const tools = path.join(__dirname, '../scripts/bundlers')
const load = createRequire(path.join(tools, 'package.json'))

const built = path.join(__dirname, '../prebuilds', `${wasm.file}.js`)
const skip = !fs.existsSync(built) && 'it was built without the WebAssembly module'

/** What chooses wasm-inline.js: a condition of package.json, or another entry in place of the usual one. */
const CONDITION = 'haraka-dsn-wasm-inline'
const ENTRY = 'haraka-dsn/wasm-inline'

const SAID = `[DSN.backend, DSN.no_such_user('gone\\n'), DSN.parse('550 5.7.1 no').status].join()`
const PROGRAMS = {
  'program.js': `const DSN = require('haraka-dsn')\nconsole.log(${SAID})\n`,
  'program.mjs': `import DSN, { create } from 'haraka-dsn'
console.log(${SAID} + (create() instanceof DSN ? '' : '!'))\n`,
}
const right = (backend) => `${backend},5.1.1 gone,5.7.1\n`

let directory

/** The absolute path of a program, which requires the package. */
const program = (name) => path.join(directory, 'app', name)

/** An empty directory. */
const outputFolder = () => fs.mkdtempSync(path.join(directory, 'output-'))

/** Runs a file of a directory there. */
function run(file, command = process.execPath, args = [file]) {
  const options = {
    cwd: path.dirname(file),
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  }
  const { stdout, stderr } = spawnSync(command, args, options)
  return { stdout, stderr }
}

// The bundlers: functions from a program and a setting to the output. A setting is `{ condition }`, which
// adds a condition of package.json, `{ alias }`, which bundles another entry, `{ external }` or empty.

async function esbuild(name, { condition, alias, external, format = 'cjs' }) {
  const outfile = path.join(outputFolder(), format === 'esm' ? 'bundle.mjs' : 'bundle.js')
  await load('esbuild').build({
    absWorkingDir: path.dirname(program(name)),
    entryPoints: [program(name)],
    outfile,
    format,
    bundle: true,
    platform: 'node',
    logLevel: 'error',
    conditions: condition ? [condition] : [],
    alias: alias ? { 'haraka-dsn': alias } : {},
    external: external ? ['haraka-dsn'] : [],
  })
  return outfile
}

async function webpack(name, { condition, alias, external }) {
  const folder = outputFolder()
  const compiler = load('webpack')({
    mode: 'production',
    target: 'node',
    context: tools,
    entry: program(name),
    output: { path: folder, filename: 'bundle.js' },
    resolve: {
      conditionNames: condition ? [condition, '...'] : ['...'],
      alias: alias ? { 'haraka-dsn$': alias } : {},
    },
    externals: external ? { 'haraka-dsn': 'commonjs haraka-dsn' } : {},
  })
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  )
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true })
  assert.deepEqual([errors, warnings], [[], []])
  return path.join(folder, 'bundle.js')
}

async function rollup(name, { condition, external, format = 'cjs' }) {
  const file = path.join(outputFolder(), format === 'es' ? 'bundle.mjs' : 'bundle.js')
  const commonjs = load('@rollup/plugin-commonjs')
  const { nodeResolve } = load('@rollup/plugin-node-resolve')
  const bundle = await load('rollup').rollup({
    input: program(name),
    external: ['fs', 'path', ...(external ? ['haraka-dsn'] : [])],
    plugins: [nodeResolve({ exportConditions: ['node', condition].filter(Boolean) }), commonjs()],
    onwarn: ({ message }) => assert.fail(message),
  })
  await bundle.write({ file, format })
  return file
}

function ncc(name) {
  const folder = outputFolder()
  const cli = load.resolve('@vercel/ncc/dist/ncc/cli.js')
  execFileSync(process.execPath, [cli, 'build', program(name), '-o', folder, '-q'])
  return path.join(folder, 'index.js')
}

/** A single executable from a bundle. */
function executable(bundle) {
  const folder = path.dirname(bundle)
  const [config, blob, file] = ['sea.json', 'blob', 'program'].map((name) =>
    path.join(folder, name),
  )
  const settings = { main: bundle, output: blob, disableExperimentalSEAWarning: true }
  fs.writeFileSync(config, JSON.stringify(settings))
  execFileSync(process.execPath, ['--experimental-sea-config', config], { stdio: 'ignore' })
  fs.copyFileSync(process.execPath, file)
  const fuse = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
  const cli = load.resolve('postject/dist/cli.js')
  const args = [cli, file, 'NODE_SEA_BLOB', blob, '--sentinel-fuse', fuse]
  execFileSync(process.execPath, args, { stdio: 'ignore' })
  return file
}

/** Asserts that a bundle prints what is right, without any message. */
function assertWorks(bundle, backend, ...command) {
  assert.deepEqual(run(bundle, ...command), { stdout: right(backend), stderr: '' })
}

/** Asserts that a bundle throws one Error, which says what to do. */
function assertExplains(bundle, ...command) {
  const { stdout, stderr } = run(bundle, ...command)
  assert.equal(stdout, '')
  const [message] = stderr.match(/^Error: .*$/m)
  assert.match(message, /^Error: haraka-dsn-rs [\d.]+ has no usable binary for platform /)
  assert.ok(message.includes(' It was bundled, and its files were not. '), message)
  assert.ok(message.includes(' --external:haraka-dsn, '), message)
  assert.ok(message.includes(` ${ENTRY} `), message)
  assert.match(stderr, /code: 'ERR_HARAKA_DSN_NO_BINARY'/)
}

describe('bundles', { timeout: 300_000 }, () => {
  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    await installLocked(tools, '--ignore-scripts')
    const app = path.join(directory, 'app')
    fs.mkdirSync(app)
    fs.writeFileSync(path.join(app, 'package.json'), '{ "private": true }')
    const tarball = await pack(directory)
    const options = ['install', '--offline', '--ignore-scripts', `haraka-dsn@file:${tarball}`]
    await npm(options, { cwd: app })
    for (const [name, source] of Object.entries(PROGRAMS)) {
      fs.writeFileSync(program(name), source)
    }
  })

  after(() => fs.rmSync(directory, { recursive: true, force: true }))

  for (const bundle of [esbuild, webpack, rollup]) {
    describe(`of ${bundle.name}`, () => {
      it('say what to do if they have no files', async () => {
        assertExplains(await bundle('program.mjs', {}))
      })

      it('work if the package is external, where it is installed', async () => {
        const file = await bundle('program.mjs', { external: true })
        const beside = program(path.basename(file))
        fs.copyFileSync(file, beside)
        assertWorks(beside, 'native')
      })

      it('work beside a copy of the binaries', async () => {
        const file = await bundle('program.mjs', {})
        const [from, to] = [program('node_modules/haraka-dsn'), path.dirname(file)]
        fs.cpSync(path.join(from, 'prebuilds'), path.join(to, 'prebuilds'), { recursive: true })
        assertWorks(file, 'native')
      })

      it('work alone with the condition', { skip }, async () => {
        assertWorks(await bundle('program.mjs', { condition: CONDITION }), 'wasm')
      })
    })
  }

  for (const bundle of [esbuild, webpack]) {
    it(`of ${bundle.name} work alone with the other entry`, { skip }, async () => {
      assertWorks(await bundle('program.js', { alias: ENTRY }), 'wasm')
    })
  }

  for (const [bundle, format] of [
    [esbuild, 'esm'],
    [rollup, 'es'],
  ]) {
    it(`of ${bundle.name} work as ES modules`, { skip }, async () => {
      assertWorks(await bundle('program.mjs', { condition: CONDITION, format }), 'wasm')
    })
  }

  it('of rollup say what to do as ES modules, too', async () => {
    assertExplains(await rollup('program.mjs', { format: 'es' }))
  })

  it('of ncc work: it copies the binaries', () => {
    assertWorks(ncc('program.js'), 'native')
  })

  const noExecutable = process.platform !== 'linux' && 'elsewhere it has to be signed'

  it('work in a single executable', { skip: skip || noExecutable }, async () => {
    const file = executable(await esbuild('program.mjs', { condition: CONDITION }))
    assertWorks(file, 'wasm', file, [])
  })
})
