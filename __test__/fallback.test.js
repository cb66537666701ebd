'use strict'

// Protects the start of a mail server without a usable binary: the WebAssembly module replaces it, with the
// same class and one warning.

const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const DSN = require('..')
const { version } = require('../package.json')
const makeWasmBackend = require('../lib/wasm')
const { WasmInstance } = require('../lib/wasm-instance')
const { wasm } = require('../scripts/targets')
const { copyOfPackage } = require('./support/package-copies')

const built = path.join(__dirname, '..', 'prebuilds', wasm.file)
const options = { skip: !fs.existsSync(built) && 'it was built without the WebAssembly module' }

/** A copy of the package with the module, and a process that requires it. */
function packageWithModule(t) {
  const { folder, binary } = copyOfPackage(t)
  const module = path.join(path.dirname(binary), wasm.file)
  fs.copyFileSync(built, module)
  /** Runs a process that requires the package twice and makes replies; its output and warnings. */
  const run = ({ flags = [], env = {} } = {}) => {
    const script = `
      const warnings = []
      process.on('warning', ({ name, code, message }) => warnings.push({ name, code, message }))
      let replies, error
      try {
        const DSN = require(${JSON.stringify(folder)})
        require(${JSON.stringify(folder)})
        const { name } = DSN.mbox_full('x', 452).constructor
        replies = [name, String(DSN.no_such_user('gone\\n')), DSN.create(421, ['a', 'b'], 4, 500).reply]
      } catch ({ code, message }) {
        error = { code, message }
      }
      setImmediate(() => console.log(JSON.stringify({ replies, error, warnings })))`
    // Not every test permits reading the files that NODE_OPTIONS preloads.
    const all = { ...process.env, NODE_OPTIONS: '', HARAKA_DSN_RS_BACKEND: '', ...env }
    const { status, stdout, stderr } = spawnSync(process.execPath, [...flags, '-e', script], {
      encoding: 'utf8',
      env: all,
    })
    assert.equal(status, 0, stderr)
    return { ...JSON.parse(stdout), stderr }
  }
  return { folder, binary, module, run }
}

const RIGHT = ['DSN', '5.1.1 gone', ['4.4.500 a', '4.4.500 b']]

/** Asserts that the replies are right and that one warning names this system and a cause. */
function assertFallback({ replies, warnings, error }, cause) {
  assert.deepEqual([replies, error], [RIGHT, undefined])
  const [{ name, code, message }, ...more] = warnings
  assert.deepEqual([name, code, more], ['HarakaDsnWarning', 'HARAKA_DSN_WASM', []])
  assert.ok(message.includes(`platform ${process.platform}, architecture ${process.arch}, libc `))
  assert.match(message, cause)
  assert.doesNotMatch(message, /\n/, 'it is one line in a log')
}

test('with a binary, there is no warning', options, (t) => {
  const { replies, warnings } = packageWithModule(t).run()
  assert.deepEqual([replies, warnings], [RIGHT, []])
})

// What can happen to a binary on a mail server
const DAMAGES = {
  removed: [(file) => fs.rmSync(file), /no such file/],
  truncated: [(file) => fs.truncateSync(file, 5000), /truncated: /],
  replaced: [(file) => fs.writeFileSync(file, 'quarantined by a scanner'), /not a complete/],
}

for (const [damage, [apply, cause]] of Object.entries(DAMAGES)) {
  test(`a binary that was ${damage} is replaced by the module, with one warning`, options, (t) => {
    const { binary, run } = packageWithModule(t)
    apply(binary)
    assertFallback(run(), cause)
  })
}

test('node --no-addons uses the module', options, (t) => {
  assertFallback(packageWithModule(t).run({ flags: ['--no-addons'] }), /addons is disabled/)
})

const permission = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
)
const noPermission = !permission && 'this Node.js has no permission model'

test('without permission for addons, the module is used', {
  skip: options.skip || noPermission,
}, (t) => {
  const { folder, run } = packageWithModule(t)
  const flags = [permission, `--allow-fs-read=${folder}${path.sep}*`]
  const { replies, warnings } = run({ flags })
  // Node.js warns of its permission model as well.
  const ours = warnings.filter(({ code }) => code === 'HARAKA_DSN_WASM')
  assertFallback({ replies, warnings: ours }, /addons is disabled/)
})

const canSilence = process.allowedNodeEnvironmentFlags.has('--disable-warning')

test('the warning can be silenced by its code', {
  skip: options.skip || (!canSilence && 'this Node.js cannot silence single warnings'),
}, (t) => {
  const flags = ['--no-addons', '--disable-warning=HARAKA_DSN_WASM']
  const { replies, stderr } = packageWithModule(t).run({ flags })
  assert.deepEqual([replies, stderr], [RIGHT, ''])
})

test(
  'HARAKA_DSN_RS_BACKEND decides: wasm without a warning, native without the module',
  options,
  (t) => {
    const { binary, run } = packageWithModule(t)
    const module = run({ env: { HARAKA_DSN_RS_BACKEND: 'wasm' } })
    assert.deepEqual([module.replies, module.warnings], [RIGHT, []])
    fs.rmSync(binary)
    const native = run({ env: { HARAKA_DSN_RS_BACKEND: 'native' } })
    assert.equal(native.error.code, 'ERR_HARAKA_DSN_NO_BINARY')
    const other = run({ env: { HARAKA_DSN_RS_BACKEND: 'fast' } })
    assert.deepEqual(other.error, {
      code: 'ERR_HARAKA_DSN_BACKEND',
      message: "HARAKA_DSN_RS_BACKEND must be 'native' or 'wasm', not 'fast'",
    })
  },
)

test(
  'if neither binary nor module is usable, one error says what is wrong with each',
  options,
  (t) => {
    for (const [content, problem] of [
      ['not a module', /WebAssembly/],
      [
        fs.readFileSync(built, 'latin1').replaceAll(version, '1.2.999'),
        /version 1\.2\.999 instead of/,
      ],
    ]) {
      const { binary, module, run } = packageWithModule(t)
      fs.rmSync(binary)
      fs.writeFileSync(module, content, 'latin1')
      const { code, message } = run().error
      assert.equal(code, 'ERR_HARAKA_DSN_NO_BINARY')
      assert.match(message, /\.node: ENOENT/)
      assert.match(message, problem)
    }
  },
)

test('both backends have the same properties and functions', options, () => {
  const native = require('../binding')
  const module = makeWasmBackend(fs.readFileSync(built))
  const shapeOf = (object) =>
    Object.entries(object)
      .map(([name, value]) => [name, typeof value])
      .sort()
  assert.deepEqual(shapeOf(module), shapeOf(native))
  assert.equal(module.constants(), native.constants())
  assert.equal(module.statuses(), native.statuses())
})

test('a text for which the module has no memory is a RangeError', options, () => {
  const instance = new WasmInstance(new WebAssembly.Module(fs.readFileSync(built)), 1)
  instance.exports = { ...instance.exports, reserve_units: () => 0 }
  assert.throws(() => instance.writeUnits('x'), {
    name: 'RangeError',
    message: 'The text is too long for the WebAssembly module',
  })
})

test('wasm-inline is the same class, with the module in its source', options, () => {
  const Inline = require('../wasm-inline')
  assert.deepEqual(
    [DSN.backend, Inline.backend],
    [process.env.HARAKA_DSN_RS_BACKEND || 'native', 'wasm'],
  )
  assert.deepEqual(Object.getOwnPropertyNames(Inline), Object.getOwnPropertyNames(DSN))
  assert.deepEqual(
    { ...Inline.no_such_user('gone\n', '551') },
    { ...DSN.no_such_user('gone\n', '551') },
  )
  const text = fs.readFileSync(`${built}.js`, 'utf8')
  assert.equal(text, `module.exports = '${fs.readFileSync(built, 'base64')}'\n`)
})
