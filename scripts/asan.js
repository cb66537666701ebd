'use strict'

// Runs the addon's tests under AddressSanitizer, which aborts at the first invalid memory access.
// Needs nightly Rust, and gcc for libasan: it is preloaded, because Node.js itself is built without
// the sanitizer.
//
//   npm run test:asan [-- __test__/parity.test.js ...]

const { execFileSync, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const { binaryInUse } = require('./binary-in-use')

const root = path.join(__dirname, '..')
const directory = path.join(root, 'target', 'asan')
const tree = path.join(directory, 'tree')
const reports = path.join(directory, 'reports')
const target = 'x86_64-unknown-linux-gnu'

// Not about native code: these test packages, releases and documents, and start npm or cargo.
const excluded = ['crate', 'documents', 'fallback', 'haraka', 'package', 'release', 'smtp-server']
excluded.push('types', 'workflows')
// Of those that take minutes, the ones about native code.
const included = ['hostile.slow.js', 'injection.slow.js', 'large-texts.slow.js']

/** Builds without optimizations: with debug assertions, and no access is optimized away. */
function build() {
  const flags = ['--locked', '--lib', '--target', target, '--target-dir', directory]
  const env = { ...process.env, RUSTFLAGS: '-Zsanitizer=address' }
  execFileSync('cargo', ['+nightly', 'build', ...flags], { cwd: root, env, stdio: 'inherit' })
  return path.join(directory, target, 'debug', 'libharaka_dsn_rs.so')
}

/** Copies the package and its tests, with the instrumented binary in place of the usual one. */
function copyTree(binary) {
  for (const name of fs.readdirSync(root)) {
    if (['.git', 'node_modules', 'target'].includes(name)) continue
    fs.cpSync(path.join(root, name), path.join(tree, name), { recursive: true })
  }
  fs.symlinkSync(path.join(root, 'node_modules'), path.join(tree, 'node_modules'), 'junction')
  fs.copyFileSync(binary, path.join(tree, path.relative(root, binaryInUse)))
}

const testFiles = () =>
  fs
    .readdirSync(path.join(root, '__test__'))
    .filter((file) => file.endsWith('.test.js') && !excluded.includes(file.split('.', 1)[0]))
    .concat(included)
    .map((file) => path.join('__test__', file))

/** Runs the test files one at a time. Reports go to files: a test may not show the output of a process. */
function run(files) {
  const library = execFileSync('gcc', ['-print-file-name=libasan.so'], { encoding: 'utf8' }).trim()
  const ASAN_OPTIONS = [
    'detect_leaks=0', // Node.js frees nothing when it exits; `npm run soak` looks for leaks
    'detect_stack_use_after_return=1',
    'allocator_may_return_null=1', // as without the sanitizer
    `log_path=${path.join(reports, 'report')}`,
  ].join(':')
  const env = { ...process.env, LD_PRELOAD: library, ASAN_OPTIONS }
  const args = ['--test', '--test-concurrency=1', ...files]
  return spawnSync(process.execPath, args, { cwd: tree, env, stdio: 'inherit' }).status === 0
}

for (const folder of [tree, reports]) {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.mkdirSync(folder, { recursive: true })
}
copyTree(build())
const chosen = process.argv.slice(2)
const passed = run(chosen.length ? chosen : testFiles())
const findings = fs.readdirSync(reports)
for (const file of findings) console.log(fs.readFileSync(path.join(reports, file), 'utf8'))
console.log(`AddressSanitizer: ${findings.length} findings, tests ${passed ? 'pass' : 'fail'}`)
if (findings.length || !passed) process.exitCode = 1
