'use strict'

// Runs tests of the addon under AddressSanitizer, which ends a process at the first access to
// memory that is not its own. Needs nightly Rust and gcc, whose run-time library is what a Node.js
// that was built without the sanitizer can be started with.
//
//   npm run test:asan [-- __test__/parity.test.js ...]

const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const root = path.join(__dirname, '..')
const directory = path.join(root, 'target', 'asan')
const tree = path.join(directory, 'tree')
const reports = path.join(directory, 'reports')
const target = 'x86_64-unknown-linux-gnu'

// These test what is packed, published or written in files, and start npm and cargo.
const others = ['crate', 'haraka', 'modules', 'package', 'panic', 'release', 'source', 'swap']
others.push('types', 'workflows')

/** Builds without optimizations: the compiler then adds checks of its own, and no access is lost. */
function build() {
  const flags = ['--locked', '--features', 'node', '--target', target, '--target-dir', directory]
  flags.push('--lib', '--crate-type', 'cdylib')
  const env = { ...process.env, RUSTFLAGS: '-Zsanitizer=address' }
  execFileSync('cargo', ['+nightly', 'rustc', ...flags], { cwd: root, env, stdio: 'inherit' })
  return path.join(directory, target, 'debug', 'libharaka_dsn_rs.so')
}

/** Copies the package and its tests, with the instrumented binary in place of the usual one. */
function copyTree(binary) {
  fs.rmSync(tree, { recursive: true, force: true })
  const left = ['.git', 'node_modules', 'target'].map((name) => path.join(root, name))
  for (const name of fs.readdirSync(root)) {
    const file = path.join(root, name)
    if (!left.includes(file)) fs.cpSync(file, path.join(tree, name), { recursive: true })
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'junction')
  for (const name of fs.readdirSync(path.join(tree, 'prebuilds'))) {
    fs.copyFileSync(binary, path.join(tree, 'prebuilds', name))
  }
}

const testFiles = () =>
  fs
    .readdirSync(path.join(root, '__test__'))
    .filter((file) => file.endsWith('.test.js') && !others.includes(file.split('.', 1)[0]))
    .map((file) => path.join('__test__', file))

/**
 * Runs the tests one file after the other. Reports go to files, so that none is lost in a process
 * that a test expects to fail.
 */
function run(files) {
  fs.rmSync(reports, { recursive: true, force: true })
  fs.mkdirSync(reports)
  const library = execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim()
  const options = {
    detect_leaks: 0, // Node.js frees nothing when it exits; `npm run soak` looks for leaks
    detect_stack_use_after_return: 1,
    allocator_may_return_null: 1, // as without the sanitizer
    log_path: path.join(reports, 'report'),
  }
  const ASAN_OPTIONS = Object.entries(options)
    .map((pair) => pair.join('='))
    .join(':')
  const env = { ...process.env, LD_PRELOAD: library, ASAN_OPTIONS }
  const { status } = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
    cwd: tree,
    env,
    stdio: 'inherit',
  })
  return status
}

copyTree(build())
const chosen = process.argv.slice(2)
const status = run(chosen.length ? chosen : testFiles())
const found = fs.readdirSync(reports)
for (const file of found) console.log(fs.readFileSync(path.join(reports, file), 'utf8'))
console.log(`AddressSanitizer: ${found.length} findings, tests ${status === 0 ? 'pass' : 'fail'}`)
if (found.length || status !== 0) process.exitCode = 1
