'use strict'

// Protects several instances of the package in one process: each has its own class, and none affects
// another.

const assert = require('node:assert/strict')
const { execFileSync, spawnSync } = require('node:child_process')
const { once } = require('node:events')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const { test } = require('node:test')
const vm = require('node:vm')
const { Worker } = require('node:worker_threads')

const DSN = require('..')
const makeWasmBackend = require('../lib/wasm')
const { version } = require('../package.json')
const { isBinary } = require('./support/implementations')
const { binaryInUse } = require('../scripts/binary-in-use')
const { copyOfPackage, temporaryDirectory } = require('./support/package-copies')

const root = path.join(__dirname, '..')

const REPORT = 'Final-Recipient: rfc822; x\nAction: failed\nDiagnostic-Code: smtp; 550 x'

// Every path of a reply; the result must be an instance of the class that was called.
const CALLS = {
  'a helper': (Class) => Class.no_such_user(),
  'a helper with a message': (Class) => Class.mbox_full('Full', 452),
  'a helper with lines': (Class) => Class.sec_unauthorized(['one', 'two']),
  'a helper with control characters': (Class) => Class.mbox_full('a\r\nb'),
  'a helper with an object': (Class) => Class.mbox_full({ toString: () => 'Full' }),
  create: (Class) => Class.create(550, 'x', 1, 1),
  'create of an unknown status': (Class) => Class.create(550, 'x', 9, 99),
  new: (Class) => new Class(550, 'x', 450, 7, 1),
  'new of an unknown status': (Class) => new Class('x', 'x', 450, 9, 99),
  parse: (Class) => Class.parse('550-5.1.1 x\r\n550 5.1.1 y'),
  parse_report: (Class) => Class.parse_report(REPORT).recipients[0].dsn,
  detached: ({ no_such_user: helper }) => helper('x'),
}

/** Asserts that the classes are different and that each creates its own instances. */
function assertSeparate(classes) {
  assert.equal(new Set(classes).size, classes.length)
  for (const [name, call] of Object.entries(CALLS)) {
    for (const Class of classes) {
      const dsn = call(Class)
      assert.equal(Object.getPrototypeOf(dsn), Class.prototype, name)
      assert.equal(dsn.constructor.name, 'DSN', name)
      assert.equal(JSON.stringify(dsn), JSON.stringify(call(DSN)), name)
    }
  }
}

/** Removes the package from the require cache, so that the next require() runs it again. */
function clearCache(folder = root) {
  const inPackage = (file) => file.startsWith(folder + path.sep) && !file.includes('node_modules')
  const files = Object.keys(require.cache).filter(inPackage)
  for (const file of files) delete require.cache[file]
  return files.map((file) => path.relative(folder, file))
}

test('clearing the require cache creates a separate class', () => {
  const classes = [DSN]
  for (let i = 0; i < 20; i++) {
    const cleared = clearCache()
    assert.ok(cleared.includes('index.js'))
    classes.push(require('..'))
  }
  assertSeparate(classes)
})

test('an unused class is garbage-collected', (t) => {
  const script = `
    const classes = []
    for (let i = 0; i < 50; i++) {
      for (const file of Object.keys(require.cache)) if (file !== __filename) delete require.cache[file]
      module.children.length = 0
      const Class = require(${JSON.stringify(root)})
      Class.no_such_user(['x', 'y'], 551)
      Class.create(550, 'x', 9, 99)
      new Class(550, 'x', 450, 7, 1)
      classes.push(new WeakRef(Class))
    }
    // A new WeakRef keeps its target alive until the end of the current job.
    setTimeout(() => {
      gc()
      console.log(classes.filter((each) => each.deref()).length)
    }, 10)`
  const { ended, stdout } = outcomeOf(t, script, ['--expose-gc'])
  assert.equal(ended, 0)
  assert.ok(
    Number(stdout) <= 2,
    `${stdout.trim()} of 50 are alive: only the first and the last may be`,
  )
})

test('a class does not keep every unregistered status that it was ever asked for', (t) => {
  const script = `
    const heap = () => { gc(); return process.memoryUsage().heapUsed }
    const ask = (from) => {
      for (let detail = 0; detail < 1000; detail++) {
        for (let subject = from; subject < from + 100; subject++) DSN.create(550, 'x', subject, detail)
      }
    }
    ask(100)
    const before = heap()
    ask(300)
    console.log(Math.round((heap() - before) / 100_000))`
  const { ended, stdout } = outcomeOf(t, script, ['--expose-gc'])
  assert.equal(ended, 0)
  assert.ok(Number(stdout) < 20, `${stdout.trim()} bytes for each of 100 000 statuses`)
})

test('copies in several directories have separate classes', (t) => {
  assertSeparate([DSN, ...[1, 2, 3].map(() => require(copyOfPackage(t).folder))])
})

test('two versions run side by side', (t) => {
  const { folder, binary } = copyOfPackage(t)
  const other = version.replace(/\d$/, (digit) => (Number(digit) + 1) % 10)
  for (const file of [binary, path.join(folder, 'binding.js'), path.join(folder, 'package.json')]) {
    const content = fs.readFileSync(file, 'latin1')
    assert.ok(content.includes(version), file)
    fs.writeFileSync(file, content.replaceAll(version, other), 'latin1')
  }
  // macOS does not load a binary that was modified after signing.
  if (process.platform === 'darwin') execFileSync('codesign', ['--force', '--sign', '-', binary])
  assertSeparate([DSN, require(folder)])
  const moduleOf = (file) => makeWasmBackend(fs.readFileSync(file))
  const backendOf = isBinary ? require : moduleOf
  assert.equal(backendOf(binary).version, other)
  assert.equal(backendOf(binaryInUse).version, version)
})

/** Makes a class in another realm, with the same backend. */
function loadInContext(context) {
  const filename = path.join(root, 'lib', 'class.js')
  const source = fs.readFileSync(filename, 'utf8')
  const wrapper = `(function (module, require, __dirname) {${source}\n})`
  const module = { exports: {} }
  vm.runInContext(wrapper, context, { filename })(module, createRequire(filename), root)
  return module.exports(require('../binding'))
}

test('several vm contexts have separate classes of their own realm', () => {
  const contexts = [1, 2, 3].map(() => vm.createContext({ process }))
  const classes = contexts.map(loadInContext)
  classes.forEach((Class, i) => {
    assert.equal(Class instanceof vm.runInContext('Function', contexts[i]), true)
    assert.equal(Class instanceof Function, false)
  })
  assertSeparate([DSN, ...classes])
})

test('a plugin in a vm context can use the class of the main context', () => {
  const plugin = `
    const dsn = DSN.no_such_user(['one', 'two'], new String('551'))
    const thrown = (() => { try { DSN.mbox_full({ toString() { throw error } }) } catch (e) { return e } })()
    ;({ dsn, ok: thrown === error && dsn instanceof DSN, subclass: new (class extends DSN {})(550) })`
  for (let i = 0; i < 10; i++) {
    const error = new Error('thrown by the caller')
    const { dsn, ok, subclass } = vm.runInNewContext(plugin, { DSN, error })
    assert.equal(ok, true)
    assert.deepEqual(dsn.reply, ['5.1.1 one', '5.1.1 two'])
    assert.ok(subclass instanceof DSN)
  }
})

const WORKER = `
  const { parentPort, workerData } = require('node:worker_threads')
  const DSN = require(workerData.package)
  ${workerScripts()}
  scripts[workerData.script]()
`

// Scripts of workers, by name. They can use `DSN` and `parentPort`.
function workerScripts() {
  return `const scripts = {
    answer() {
      const dsn = DSN.mbox_full(['one', 'two'], '452')
      parentPort.postMessage({ own: dsn instanceof DSN, fields: { ...dsn } })
    },
    callForever() {
      const long = 'a line\\n'.repeat(10_000)
      const messages = [undefined, 'short', long, [long, 'short'], { toString: () => long }]
      for (let i = 0; ; i++) {
        DSN.no_such_user(messages[i % messages.length], i % 2 ? 551 : '551')
        DSN.create(550, messages[i % messages.length], 1, 1)
        if (i === 10) parentPort.postMessage('busy')
      }
    },
    callFromInsideForever() {
      const endless = { toString() { parentPort.postMessage('busy'); for (;;) DSN.mbox_full('x') } }
      DSN.no_such_user([endless])
    },
    exitInsideCall() {
      DSN.create({ toString: () => process.exit(7) }, 'x', 1, 1)
    },
    exitEvent() {
      process.on('exit', () => {
        process.exitCode = String(DSN.no_such_user('gone\\n')) === '5.1.1 gone' ? 7 : 1
      })
    },
    loadAgain() {
      for (const file of Object.keys(require.cache)) delete require.cache[file]
      const Again = require(workerData.package)
      parentPort.postMessage({ own: Again !== DSN && Again.mbox_full() instanceof Again })
    },
  }`
}

const start = (script) =>
  new Worker(WORKER, { eval: true, workerData: { script, package: root }, stderr: true })

test('concurrent workers have separate classes', async () => {
  const workers = Array.from({ length: 8 }, () => start('answer'))
  const answers = await Promise.all(workers.map((worker) => once(worker, 'message')))
  for (const [{ own, fields }] of answers) {
    assert.equal(own, true)
    assert.deepEqual(fields, { ...DSN.mbox_full(['one', 'two'], '452') })
  }
  assertSeparate([DSN])
})

test('a worker that loads the package twice has two classes', async () => {
  const [{ own }] = await once(start('loadAgain'), 'message')
  assert.equal(own, true)
})

for (const script of ['callForever', 'callFromInsideForever']) {
  test(`workers are terminated in the middle of a call: ${script}`, async () => {
    for (let i = 0; i < 10; i++) {
      const worker = start(script)
      await once(worker, 'message')
      assert.equal(String(DSN.no_such_user('meanwhile')), '5.1.1 meanwhile')
      assert.equal(await worker.terminate(), 1)
    }
    assertSeparate([DSN])
  })
}

for (const script of ['exitInsideCall', 'exitEvent']) {
  test(`workers exit on their own: ${script}`, async () => {
    const workers = Array.from({ length: 4 }, () => start(script))
    const codes = await Promise.all(workers.map((worker) => once(worker, 'exit')))
    assert.deepEqual(codes.flat(), [7, 7, 7, 7])
    assertSeparate([DSN])
  })
}

/** Runs a script in a process: its exit code or signal, and its output. */
function outcomeOf(t, script, flags = []) {
  const file = path.join(temporaryDirectory(t), 'script.js')
  fs.writeFileSync(file, `const DSN = require(${JSON.stringify(root)})\n${script}`)
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...flags, file], {
    encoding: 'utf8',
  })
  return { ended: signal ?? status, stdout, stderr }
}

test('a process can exit during a call, and call while it exits', (t) => {
  const script = `
    process.on('exit', () => console.log(String(DSN.no_such_user('gone'))))
    DSN.mbox_full([{ toString: () => process.exit(7) }])`
  assert.deepEqual(outcomeOf(t, script), { ended: 7, stdout: '5.1.1 gone\n', stderr: '' })
})

test('a process can exit while workers make calls', (t) => {
  const script = `
    const { Worker, isMainThread, parentPort } = require('node:worker_threads')
    let busy = 0
    for (let i = 0; isMainThread && i < 4; i++) {
      new Worker(__filename).on('message', () => ++busy === 4 && process.exit(7))
    }
    if (!isMainThread) parentPort.postMessage('busy')
    while (!isMainThread) DSN.mbox_full(['x', 'y'])`
  assert.deepEqual(outcomeOf(t, script), { ended: 7, stdout: '', stderr: '' })
})

test('every process of a cluster has its own class', (t) => {
  const script = `
    const cluster = require('node:cluster')
    const reply = String(DSN.no_such_user('x', 551))
    if (cluster.isPrimary) {
      for (let i = 0; i < 3; i++) {
        cluster.fork().on('message', (text) => console.log(text === reply))
      }
      cluster.on('exit', (worker, code) => console.log(code))
    } else {
      process.send(DSN.mbox_full() instanceof DSN && reply, () => process.disconnect())
    }`
  const { ended, stdout, stderr } = outcomeOf(t, script)
  assert.deepEqual([ended, stderr], [0, ''])
  assert.deepEqual(stdout.trim().split('\n').sort(), ['0', '0', '0', 'true', 'true', 'true'])
})
