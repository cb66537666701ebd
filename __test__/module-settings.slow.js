'use strict'

// Protects imports of the packed tarball, by Node.js and by TypeScript under every module setting.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { after, before, test } = require('node:test')

const ts = require('typescript')

const { installPacked } = require('./support/package-copies')

const name = 'haraka-dsn-rs'
let directory
let tarball
let load

before(async () => {
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
  tarball = await installPacked(directory)
  load = createRequire(path.join(directory, 'program.js'))
})

after(() => fs.rmSync(directory, { recursive: true }))

const importOf = (file) => import(pathToFileURL(file).href)

const functionsOf = (Class) =>
  Object.entries(Object.getOwnPropertyDescriptors(Class))
    .filter(([, { value }]) => typeof value === 'function')
    .map(([key]) => key)

test('require() accepts every path that haraka-dsn has', () => {
  const DSN = load(name)
  assert.equal(String(DSN.no_such_user()), '5.1.1 No such user')
  assert.equal(load(`${name}/index.js`), DSN)
  assert.equal(load(`${name}/index`), DSN)
  assert.equal(load(`${name}/package.json`).name, name)
})

test('internal files cannot be required', () => {
  assert.throws(() => load(`${name}/binding.js`), { code: 'ERR_PACKAGE_PATH_NOT_EXPORTED' })
})

test('import has the class as default export and its functions and statuses as named exports', async () => {
  const program = path.join(directory, 'program.mjs')
  fs.writeFileSync(program, `export * as all from '${name}'`)
  const { all } = await importOf(program)
  const DSN = load(name)
  // Node.js 23 and later add the last one.
  const { default: Default, 'module.exports': _, ...named } = all
  assert.equal(Default, DSN)
  assert.deepEqual(Object.keys(named).sort(), [...functionsOf(DSN), 'backend', 'statuses'].sort())
  for (const [key, value] of Object.entries(named)) assert.equal(value, DSN[key], key)
})

test('default and named imports work side by side, from every path', async () => {
  for (const specifier of [name, `${name}/index.js`, `${name}/index`]) {
    const program = path.join(directory, `${specifier.replaceAll('/', '-')}.mjs`)
    const source = `import DSN, { no_such_user } from '${specifier}'
export default no_such_user('gone', 551) instanceof DSN && String(no_such_user())`
    fs.writeFileSync(program, source)
    const { default: text } = await importOf(program)
    assert.equal(text, '5.1.1 No such user')
  }
})

const COMMON = `import DSN = require('${name}')
const dsn: DSN = DSN.no_such_user(['a', 'b'], '551')
const message: DSN.Message = 'text'
const lines: string | string[] = DSN.create(550, message, 1, 1).reply
const subclass = class extends DSN {}
dsn.toString() + lines + new subclass()
`
const MODULE = `import DSN, { create, lookup, no_such_user, parse, statuses } from '${name}'
const dsn: DSN = no_such_user(['a', 'b'], '551')
const message: DSN.Message = 'text'
export const lines: string | string[] = create(550, message, 1, 1).reply
export const subclass = class extends DSN {}
lookup(parse(dsn.toString()) ?? statuses[0]?.status)
`
const WRONG = `import DSN from '${name}'
DSN.no_such_helper()
`

// [file, source, module, moduleResolution, other options]
const SETTINGS = [
  ['a.ts', COMMON, 'CommonJS', 'Node10', {}],
  ['a.ts', MODULE, 'CommonJS', 'Node10', { esModuleInterop: true }],
  ['a.ts', MODULE, 'ES2020', 'Node10', { esModuleInterop: true }],
  ['a.cts', COMMON, 'Node16', 'Node16', {}],
  ['a.mts', MODULE, 'Node16', 'Node16', {}],
  ['a.cts', COMMON, 'Node18', 'Node16', {}],
  ['a.mts', MODULE, 'Node18', 'Node16', {}],
  ['a.cts', COMMON, 'NodeNext', 'NodeNext', {}],
  ['a.cts', MODULE, 'NodeNext', 'NodeNext', {}],
  ['a.mts', MODULE, 'NodeNext', 'NodeNext', {}],
  ['a.mts', MODULE, 'NodeNext', 'NodeNext', { verbatimModuleSyntax: true }],
  ['a.cts', COMMON, 'NodeNext', 'NodeNext', { verbatimModuleSyntax: true }],
  ['a.ts', MODULE, 'ESNext', 'Bundler', {}],
  ['a.ts', MODULE, 'ES2015', 'Bundler', {}],
  ['a.ts', MODULE, 'Preserve', 'Bundler', {}],
  ['a.ts', COMMON, 'Preserve', 'Bundler', {}],
]

function errorsIn(file, source, module, moduleResolution, others) {
  const program = path.join(directory, file)
  fs.writeFileSync(program, source)
  const options = {
    module: ts.ModuleKind[module],
    moduleResolution: ts.ModuleResolutionKind[moduleResolution],
    target: ts.ScriptTarget.ES2020,
    strict: true,
    noEmit: true,
    types: [],
    ...others,
  }
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([program], options))
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

for (const [file, source, module, resolution, others] of SETTINGS) {
  const kind = source === COMMON ? 'import = require' : 'import'
  test(`types: ${kind} in ${file}, ${module}, ${resolution} ${JSON.stringify(others)}`, () => {
    assert.deepEqual(errorsIn(file, source, module, resolution, others), [])
    const [error, ...rest] = errorsIn(file, WRONG, module, resolution, {
      ...others,
      esModuleInterop: true,
      verbatimModuleSyntax: false,
    })
    assert.match(error, /^Property 'no_such_helper' does not exist/)
    assert.deepEqual(rest, [])
  })
}

const run = (...args) =>
  execFileSync('npx', ['--no', ...args], { encoding: 'utf8', shell: process.platform === 'win32' })

test('publint reports no problems', () => {
  assert.match(run('publint', 'run', tarball, '--strict'), /All good!/)
})

test('attw resolves the right types in every resolution mode', () => {
  const { problems } = JSON.parse(run('attw', tarball, '--format', 'json'))
  assert.deepEqual(problems, {})
})
