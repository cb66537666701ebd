'use strict'

// Protects docs/recipes.md: the recipes work in a real Haraka, also if a remote server accepts, rejects and
// defers different recipients of one message, and with the reports that Haraka itself writes.

const assert = require('node:assert/strict')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')
const { after, before, describe, it } = require('node:test')
const { setTimeout } = require('node:timers/promises')
const vm = require('node:vm')
const { SMTPServer } = require('smtp-server')

const DSN = require('..')
const { converse } = require('../scripts/haraka/client')
const {
  Haraka,
  copyExample,
  installExample,
  linkDependencies,
} = require('../scripts/haraka/server')
const { recipientsOf } = require('./support/read-with-mailparser')

const document = fs.readFileSync(path.join(__dirname, '../docs/recipes.md'), 'utf8')
const recipes = [...document.matchAll(/^```js\n([\s\S]*?)^```$/gm)].map(([, code]) => code)
const HOOKS = ['hook_bounce', 'hook_deferred', 'hook_data_post', 'report', 'hook_rcpt']
const recipeWith = (hook) => recipes.find((code) => code.includes(`exports.${hook} `))

const REPLIES = {
  gone: ['550 5.1.1 No such user'],
  policy: ['550-5.7.26 Unauthenticated mail', '550 5.7.26 is not accepted'],
  plain: ['550 Not here'],
  other: ['550 5.0.0 No'],
  strange: ['553 5.9.9 Strange'],
  full: ['452-4.2.2 The mailbox is', '452 4.2.2 over quota'],
  busy: ['450 Busy'],
  later: ['451 4.4.500 Later'],
  jürgen: ['550 5.7.509 Jürgen will das nicht'],
}

const address = (mailbox) => `${mailbox}@remote.example.net`

const timeout = 60_000

/** A server with the replies for a mailbox as sender or recipient; it accepts all others, and all messages. */
function remoteServer(replies) {
  const answer = ({ address }, _session, done) => {
    const [mailbox] = address.split('@')
    const message = replies[mailbox]?.map((line) => line.slice(4)) // one of several lines
    done(message && { responseCode: Number(replies[mailbox][0].slice(0, 3)), message })
  }
  const onData = (stream, _session, done) => {
    remote.messages++
    stream.resume().on('end', done)
  }
  const options = { onMailFrom: answer, onRcptTo: answer, onData, disableReverseLookup: true }
  const remote = new SMTPServer({ ...options, disabledCommands: ['AUTH', 'STARTTLS'] })
  remote.on('error', () => {}) // Haraka is killed.
  return Object.assign(remote, { messages: 0 })
}

/** A recipient of a report that has only an address. */
const unexplained = (mailbox) => ({
  original_recipient: null,
  final_recipient: { type: 'rfc822', address: address(mailbox), comment: null },
  action: null,
  status: null,
  status_comment: null,
  remote_mta: null,
  diagnostic: null,
  last_attempt_date: null,
  final_log_id: null,
  will_retry_until: null,
  extensions: { __proto__: null },
  dsn: null,
})

/** A rejected recipient as Haraka reports it. */
const failed = ({ mailbox, status = null, text }) => ({
  ...unexplained(mailbox),
  action: 'failed',
  status,
  remote_mta: { type: null, name: '127.0.0.1', comment: null },
  diagnostic: { type: 'smtp', text },
  dsn: DSN.parse(text),
})

describe('the recipes', { timeout: 300_000 }, () => {
  let directory

  /**
   * Sends a message to these mailboxes through a Haraka with these recipes and outbound settings, and
   * calls `look` as soon as its log contains all of the `expected` texts.
   */
  async function deliver({ replies = REPLIES, hooks, setting = '', to, expected }, look) {
    const folder = fs.mkdtempSync(path.join(directory, 'haraka-'))
    const remote = remoteServer(replies)
    await new Promise((listening) => remote.listen(0, '127.0.0.1', listening))
    const haraka = start(folder, hooks, setting, remote.server.address().port)
    try {
      await send(await haraka.waitForPort(), to)
      await logged(haraka, expected)
      await look(haraka, remote, path.join(folder, 'bounce'))
    } finally {
      await haraka.stop()
      remote.close()
    }
  }

  function start(folder, hooks, setting, remotePort) {
    copyExample(folder)
    linkDependencies(folder)
    const plugins = path.join(folder, 'plugins')
    fs.copyFileSync(
      path.join(__dirname, 'support/outbound/relay.js'),
      path.join(plugins, 'relay.js'),
    )
    for (const hook of hooks) fs.writeFileSync(path.join(plugins, `${hook}.js`), recipeWith(hook))
    const config = (file, text) => fs.writeFileSync(path.join(folder, 'config', file), `${text}\n`)
    config('plugins', ['loopback', ...hooks, 'relay'].join('\n'))
    config('remote_port', remotePort)
    config('bounce_file', path.join(folder, 'bounce'))
    config('outbound.ini', `enable_tls=false\nlocal_mx_ok=true\n${setting}`)
    config('log.ini', 'level=info\nformat=default\ntimestamps=false')
    fs.mkdirSync(path.join(folder, 'queue'))
    return new Haraka(folder, { timeout })
  }

  const send = (port, mailboxes) =>
    converse(port, {
      name: 'client.example.com',
      envelopes: [{ from: 'author@sender.example.com', to: mailboxes.map(address) }],
      message:
        'From: author@sender.example.com\r\nMessage-ID: <1@sender.example.com>\r\n\r\nHello\r\n',
    })

  async function logged(haraka, texts) {
    const deadline = Date.now() + timeout / 2
    const missing = () => texts.filter((text) => !haraka.log.includes(text))
    while (missing().length > 0 && Date.now() < deadline) await setTimeout(20)
    assert.deepEqual(missing(), [], haraka.log)
  }

  /** The lines that the plugin of a recipe logged, sorted. */
  const linesOf = (haraka, hook) => {
    // With the id of the transaction.
    const mark = new RegExp(`^\\[NOTICE\\] \\[[0-9A-F.-]{36,}\\] \\[${hook}\\] `)
    const lines = haraka.log.split('\n').filter((line) => mark.test(line))
    return lines.map((line) => line.replace(mark, '')).sort()
  }

  before(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'haraka-dsn-'))
    await installExample()
  })

  after(() => fs.rmSync(directory, { recursive: true, force: true }))

  it('are all tested here', () => {
    assert.deepEqual(recipes, HOOKS.map(recipeWith))
  })

  it('log the reply for each recipient if one message has different results', async () => {
    const to = ['gone', 'anna', 'policy', 'full', 'plain', 'other', 'strange']
    const hooks = ['hook_bounce', 'hook_deferred']
    const expected = ['bounced <strange@', ' for 21600 seconds']
    await deliver({ hooks, to, expected }, (haraka, remote) => {
      assert.deepEqual(linesOf(haraka, 'hook_bounce'), [
        'bounced <gone@remote.example.net>: 550 5.1.1 (Bad destination mailbox address) No such user',
        'bounced <other@remote.example.net>: 550 5.0.0 (Other undefined status) No',
        'bounced <plain@remote.example.net>: 550 - (no registered status) Not here',
        'bounced <policy@remote.example.net>: 550 5.7.26 (Multiple authentication checks failed) ' +
          'Unauthenticated mail 5.7.26 is not accepted',
        'bounced <strange@remote.example.net>: 553 5.9.9 (no registered status) Strange',
      ])
      assert.equal(remote.messages, 1)
    })
  })

  it('log the replies for deferred recipients that Haraka gives up on', async () => {
    const hooks = ['hook_bounce']
    const setting = 'temp_fail_intervals=none'
    const to = ['anna', 'full', 'busy']
    await deliver({ hooks, setting, to, expected: ['bounced <busy@'] }, (haraka) => {
      assert.deepEqual(linesOf(haraka, 'hook_bounce'), [
        'bounced <busy@remote.example.net>: 450 - (no registered status) Busy',
        'bounced <full@remote.example.net>: 452 4.2.2 (Mailbox full) The mailbox is over quota',
      ])
    })
  })

  it('log the reply to the whole message', async () => {
    const replies = { author: ['554 5.7.1 Go away'] }
    const hooks = ['hook_bounce']
    await deliver(
      { replies, hooks, to: ['anna', 'ben'], expected: ['bounced <ben@'] },
      (haraka) => {
        const said = '554 5.7.1 (Delivery not authorized, message refused) Go away'
        assert.deepEqual(linesOf(haraka, 'hook_bounce'), [
          `bounced <anna@remote.example.net>: ${said}`,
          `bounced <ben@remote.example.net>: ${said}`,
        ])
      },
    )
  })

  it('wait for hours only if all deferred mailboxes are full', async () => {
    const hooks = ['hook_deferred']
    const expected = [' for 64 seconds']
    await deliver({ hooks, to: ['full', 'busy'], expected }, (haraka) => {
      assert.doesNotMatch(haraka.log, / for 21600 seconds/)
    })
  })

  it('parse the bounce that Haraka itself writes', async () => {
    const hooks = ['hook_data_post']
    const to = ['gone', 'policy', 'plain']
    await deliver(
      { hooks, to, expected: ['queue code=OK', 'delivered file'] },
      (haraka, _, file) => {
        assert.deepEqual(linesOf(haraka, 'hook_data_post'), [
          'no mail to gone@remote.example.net: 550 5.1.1 No such user',
          'no mail to plain@remote.example.net: 550 - Not here',
          'no mail to policy@remote.example.net: 550 5.7.26 Unauthenticated mail 5.7.26 is not accepted',
        ])
        const report = DSN.parse_report(fs.readFileSync(`${file}-1`))
        assert.equal(report.original_envelope_id, '<1@sender.example.com>')
        assert.equal(report.returned.message_id, '<1@sender.example.com>')
        assert.deepEqual(report.reporting_mta, {
          type: 'dns',
          name: 'mail.example.com',
          comment: null,
        })
        assert.ok(Date.parse(report.arrival_date))
        const said = [
          { mailbox: 'gone', status: '5.1.1', text: '550 5.1.1 No such user' },
          { mailbox: 'policy', text: '550 5.7.26 Unauthenticated mail 5.7.26 is not accepted' },
          { mailbox: 'plain', text: '550 Not here' },
        ]
        assert.deepEqual(report.recipients, said.map(failed))
      },
    )
  })

  // Haraka 3.3.4 then omits the replies from its report, which has only addresses.
  it('parse the bounce if one message has different results', async () => {
    const to = ['gone', 'anna', 'full', 'plain']
    const hooks = ['hook_bounce', 'hook_data_post']
    const expected = ['domain=sender.example.com', 'bounced <plain@', 'bounced <gone@']
    await deliver({ hooks, to, expected }, (haraka, _, file) => {
      assert.deepEqual(linesOf(haraka, 'hook_data_post'), [])
      const { recipients } = DSN.parse_report(fs.readFileSync(`${file}-1`))
      assert.deepEqual(recipients, ['gone', 'plain'].map(unexplained))
    })
  })

  /** The messages with the null sender that arrived, each with its recipients as mailparser reads them. */
  const reportsIn = async (file) => {
    const files = fs.readdirSync(path.dirname(file)).filter((name) => /^bounce-\d+$/.test(name))
    const messages = files.map((name) => fs.readFileSync(path.join(path.dirname(file), name)))
    return Promise.all(
      messages.map(async (message) => ({ message, recipients: await recipientsOf(message) })),
    )
  }

  /** The messages with the null sender, as soon as so many arrived. */
  async function reportsArrived(haraka, file, count) {
    const deadline = Date.now() + timeout / 2
    let found = []
    while (found.length !== count && Date.now() < deadline) {
      await setTimeout(50)
      found = await reportsIn(file)
    }
    assert.equal(found.length, count, haraka.log)
    return found
  }

  it('write the reports if one message has different results', async () => {
    const to = ['gone', 'anna', 'policy', 'full', 'plain', 'later', 'jürgen']
    const expected = [' for 64 seconds', 'Plugin responded with: 906. Not sending bounce.']
    await deliver({ hooks: ['report'], to, expected }, async (haraka, remote, file) => {
      const found = await reportsArrived(haraka, file, 2)
      const recipients = found.flatMap((report) => report.recipients)
      const byAddress = (a, b) => (a.address < b.address ? -1 : 1)
      const said = (mailbox, action, status, text) => ({
        address: address(mailbox),
        action,
        status,
        diagnostic: `smtp; ${text}`,
      })
      assert.deepEqual(
        recipients.sort(byAddress),
        [
          said('full', 'delayed', '4.2.2', '452 4.2.2 The mailbox is over quota'),
          said('gone', 'failed', '5.1.1', '550 5.1.1 No such user'),
          said('jürgen', 'failed', '5.7.509', '550 5.7.509 Jürgen will das nicht'),
          said('later', 'delayed', '4.4.500', '451 4.4.500 Later'),
          said('plain', 'failed', '5.0.0', '550 Not here'),
          said(
            'policy',
            'failed',
            '5.7.26',
            '550 5.7.26 Unauthenticated mail 5.7.26 is not accepted',
          ),
        ].sort(byAddress),
      )
      for (const { message } of found) {
        const report = DSN.parse_report(message)
        assert.equal(report.reporting_mta.name, 'mail.example.com')
        assert.equal(report.returned.message_id, '<1@sender.example.com>')
        assert.match(String(message), /^Auto-Submitted: auto-replied\r$/m)
      }
      assert.equal(remote.messages, 1)
    })
  })

  it('write the message that docs/reports.md shows', async () => {
    const expected = ['Plugin responded with: 906. Not sending bounce.']
    await deliver({ hooks: ['report'], to: ['policy'], expected }, async (haraka, _, file) => {
      const [{ message }] = await reportsArrived(haraka, file, 1)
      const shown = fs.readFileSync(path.join(__dirname, '../docs/reports.md'), 'utf8')
      const [, sample] = /^```\n(From: [\s\S]*?)^```$/m.exec(shown)
      const lasting = (text) => text.replace(/^(Date|Message-ID): .*/gm, '$1:')
      const written = lasting(String(message).replaceAll('\r\n', '\n'))
      // Before it, Haraka put its own fields.
      const start = written.indexOf('From: ')
      assert.equal(written.slice(start, start + lasting(sample).length), lasting(sample))
    })
  })

  it('report nothing about a report, nor a delay twice', async () => {
    const outbound = { send_email: () => assert.fail('a message was sent') }
    const require = (name) => (name === './outbound' ? outbound : DSN)
    const exports = {}
    vm.runInNewContext(recipeWith('report'), { exports, require, OK: 906, CONT: 900 })
    const rcpt_to = ['<gone@remote.example.net>']
    const hmail = (user, num_failures) => ({ todo: { mail_from: { user }, rcpt_to }, num_failures })
    const verdict = (hook, ...args) => new Promise((next) => exports[hook](next, ...args))
    assert.equal(await verdict('hook_bounce', hmail('', 1), {}), 900)
    assert.equal(await verdict('hook_deferred', hmail('', 1), {}), undefined)
    assert.equal(await verdict('hook_deferred', hmail('author', 2), {}), undefined)
  })

  it('add a custom helper', (t) => {
    t.after(() => delete DSN.greylisted)
    const exports = {}
    vm.runInNewContext(recipeWith('hook_rcpt'), { exports, require: () => DSN, DENYSOFT: 903 })
    exports.register()
    exports.hook_rcpt((verdict, dsn) => {
      assert.equal(verdict, 903)
      assert.equal(`${dsn.code} ${dsn}`, '451 4.7.1 Greylisted, come back later')
    })
  })
})
