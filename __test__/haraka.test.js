'use strict'

// Protects the packed tarball in a real Haraka, installed as a user would.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')

const { expected, recipients, request } = require('../scripts/haraka/dialogue')
const { npm } = require('../scripts/npm')
const { configure, copyExample, example, holdSessions } = require('../scripts/haraka/server')
const { messages } = require('./support/injected-messages')
const { pack } = require('./support/package-copies')

const root = path.join(__dirname, '..')
const readJson = (...names) => JSON.parse(fs.readFileSync(path.join(...names), 'utf8'))
const { name, version } = readJson(root, 'package.json')

// A plugin from npm. When loaded it adds a helper to the class, with which it replies to a client whose
// HELO name is not ASCII.
const plugin = 'helo.checks'
const pluginPackage = `haraka-plugin-${plugin}`
const pluginSettings = `
[check]
match_re=false
bare_ip=false
dynamic=false
big_company=false
forward_dns=false
rdns_match=false
host_mismatch=false
proto_mismatch=false
[reject]
valid_hostname=true
[skip]
private_ip=false
; The list of top-level domains may not be loaded yet when the client connects.
tlds[]=com
`
const pluginRequest = { ...request, name: 'bücher.example.com' }
const pluginReply =
  '501 5.5.4 HELO/EHLO argument invalid - HELO hostname contains non-ASCII characters ' +
  '(RFC 5321 2.3.5), closing connection\r\n'

// A plugin that rejects each recipient with the message whose index is the mailbox.
const hostile = `
  const { messages } = require(${JSON.stringify(require.resolve('./support/injected-messages'))})
  exports.hook_rcpt = (next, _connection, [recipient]) =>
    next(DENY, require('haraka-dsn').no_such_user(messages[recipient.user].message))`

// RFC 5321 §4.2, and UTF-8: RFC 6531 §3.7.4.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not occur
const oneReply = /^(?:(\d{3})-[^\0-\x1f\x7f]*\r\n(?=\1))*\d{3} [^\0-\x1f\x7f]*\r\n$/

/** The reply to an unknown recipient, with these lines. */
const refusal = (lines) =>
  lines.map((text, i) => `550${i + 1 < lines.length ? '-' : ' '}5.1.1 ${text}\r\n`).join('')

let directory

async function install() {
  const { dependencies } = readJson(example, 'package.json')
  const lock = readJson(example, 'package-lock.json').packages['node_modules/Haraka']
  const packages = [
    `Haraka@${dependencies.Haraka}`,
    `haraka-dsn@file:${await pack(directory)}`,
    `${pluginPackage}@${lock.optionalDependencies[pluginPackage]}`,
  ]
  fs.writeFileSync(path.join(directory, 'package.json'), '{ "private": true }')
  await npm(['install', ...packages, '--omit=optional', '--prefer-offline', '--no-audit'], {
    cwd: directory,
  })
}

function configureHaraka() {
  copyExample(directory)
  configure(directory, 'log.ini', 'level=info')
  configure(directory, 'plugins', plugin)
  fs.writeFileSync(path.join(directory, 'config', `${plugin}.ini`), pluginSettings)
}

/** Everything in the installation's node_modules, as paths. */
const contents = () =>
  fs
    .readdirSync(path.join(directory, 'node_modules'), { recursive: true })
    .map((file) => path.join(directory, 'node_modules', file))

const dependsOnDsn = (manifest) => 'haraka-dsn' in (readJson(manifest).dependencies ?? {})

/** All versions of a package in the output of `npm ls --all --json`. */
const versionsIn = ({ dependencies = {} }, wanted) =>
  Object.entries(dependencies).flatMap(([key, node]) => [
    ...(key === wanted ? [node.version] : []),
    ...versionsIn(node, wanted),
  ])

/** The `reply` of a DSN: the lines on the wire without the basic code. */
const textsOf = (reply) => reply.match(/(?<=^\d{3}[ -]).*/gm)

const verdicts = { 2: 'OK', 4: 'DENYSOFT', 5: 'DENY' }
const verdictOf = (reply) => verdicts[reply[0]]

/** Tests what does not depend on the log format, and then the log. */
function sessionTests(format, logTests) {
  describe(`with the ${format} log format`, () => {
    const result = {}

    before(async () => {
      configure(directory, 'log.ini', `format=${format}`)
      Object.assign(result, await holdSessions(directory, [request, pluginRequest]))
    })

    it('starts, replies and stops', () => {
      const { status, log } = result
      const [{ error, exchanges }] = result.conversations
      assert.deepEqual([error, status], [undefined, 0], log)
      assert.equal(exchanges.length, expected.length)
    })

    for (const [i, { title, reply }] of expected.entries()) {
      if (!title) continue
      it(`replies with ${title}`, () =>
        assert.equal(result.conversations[0].exchanges[i].reply, reply))
    }

    it(`replies to a client that ${pluginPackage} refuses`, () => {
      const [, ehlo] = result.conversations[1].exchanges
      assert.deepEqual(ehlo, { command: `EHLO ${pluginRequest.name}\r\n`, reply: pluginReply })
    })

    logTests(result)
  })
}

describe('Haraka with the packed tarball', { timeout: 300_000 }, () => {
  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    await install()
    configureHaraka()
  })

  after(() => fs.rmSync(directory, { recursive: true, force: true }))

  it('has one haraka-dsn in its tree: this package', () => {
    const copies = contents().filter((file) => path.basename(file) === 'haraka-dsn')
    assert.deepEqual(copies, [path.join(directory, 'node_modules', 'haraka-dsn')])
    const installed = readJson(copies[0], 'package.json')
    assert.deepEqual([installed.name, installed.version], [name, version])
  })

  it('has a tree that npm reports no problems with', async () => {
    const tree = JSON.parse(
      await npm(['ls', 'haraka-dsn', '--all', '--json', '--omit=optional'], { cwd: directory }),
    )
    assert.equal(tree.problems, undefined)
    assert.deepEqual(new Set(versionsIn(tree, 'haraka-dsn')), new Set([version]))
  })

  it('resolves haraka-dsn to it from every dependent package', () => {
    const ours = fs.realpathSync(path.join(directory, 'node_modules', 'haraka-dsn'))
    const manifests = contents()
      .filter((file) => path.basename(file) === 'package.json')
      .filter(dependsOnDsn)
    const dependents = manifests.map((manifest) => readJson(manifest).name)
    assert.deepEqual(dependents.sort(), ['Haraka', pluginPackage])
    for (const manifest of manifests) {
      const resolved = createRequire(manifest).resolve('haraka-dsn')
      assert.equal(resolved, path.join(ours, 'index.js'))
    }
  })

  sessionTests('default', (result) => {
    for (const { address, title, reply } of recipients) {
      it(`logs ${title}`, () => {
        const verdict = verdictOf(reply)
        const texts = textsOf(reply)
        const decision = `params=<${address}> retval=${verdict} msg="${texts.join(',')}"\n`
        const answer = `recipient <${address}> code=${verdict} msg="${texts.join('\\n')}" `
        assert.ok(result.log.includes(decision), result.log)
        assert.ok(result.log.includes(answer), result.log)
      })
    }
  })

  sessionTests('json', (result) => {
    const records = () =>
      result.log
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))

    for (const { address, title, reply } of recipients) {
      it(`logs ${title}`, () => {
        const decision = records().find(({ params }) => params?.original === `<${address}>`)
        const answer = records().find(({ message }) => message === `recipient <${address}>`)
        assert.deepEqual([decision.retval, answer.code], [verdictOf(reply), verdictOf(reply)])
        assert.deepEqual([decision.msg].flat(), textsOf(reply))
        assert.deepEqual([answer.msg.reply].flat(), textsOf(reply))
        assert.equal(String(answer.msg.code), reply.slice(0, 3))
      })
    }

    it('logs all fields of a DSN in order', () => {
      const fields =
        '"msg":{"code":550,"msg":"No such user","cls":5,"sub":1,"det":1,' +
        '"default_msg":"Bad destination mailbox address","reply":"5.1.1 No such user"}'
      assert.ok(result.log.includes(fields), result.log)
    })
  })

  it('sends one reply to each command, whatever text a plugin rejects it with', async () => {
    fs.writeFileSync(path.join(directory, 'plugins', 'hostile.js'), hostile)
    fs.writeFileSync(path.join(directory, 'config', 'plugins'), 'loopback\nhostile\n')

    const to = messages.map((_, i) => `${i}@example.com`)
    const envelopes = [{ from: 'author@example.com', to }]
    const { conversations, status, log } = await holdSessions(directory, [
      { ...request, envelopes },
    ])
    const [{ exchanges, error }] = conversations
    assert.equal(status, 0, log)
    assert.equal(error, undefined)
    // The greeting, EHLO, MAIL, the recipients and QUIT.
    assert.equal(exchanges.length, messages.length + 4)
    for (const { command, reply } of exchanges) assert.match(reply, oneReply, command)
    const refusals = exchanges.slice(3, -1)
    assert.deepEqual(
      refusals.map(({ command }) => command),
      to.map((address) => `RCPT TO:<${address}>\r\n`),
    )
    assert.deepEqual(
      refusals.map(({ reply }) => reply),
      messages.map(({ lines }) => refusal(lines)),
    )
  })
})
