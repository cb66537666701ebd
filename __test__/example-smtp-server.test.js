'use strict'

// Protects the crate's example: nodemailer understands an SMTP server built from the crate's replies.

const assert = require('node:assert/strict')
const { spawn } = require('node:child_process')
const { once } = require('node:events')
const net = require('node:net')
const path = require('node:path')
const readline = require('node:readline')
const { after, before, test } = require('node:test')
const nodemailer = require('nodemailer')

const original = require('haraka-dsn')

const root = path.join(__dirname, '..')
let server
let port

before(async () => {
  const args = 'run --quiet --locked --package smtp-status --example smtp_server'.split(' ')
  server = spawn('cargo', args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of readline.createInterface(server.stdout)) {
    port = Number(line.match(/^listening on 127\.0\.0\.1:(\d+)$/)?.[1])
    break
  }
  assert.ok(port, 'the server did not start')
})

after(() => server.kill())

function send(...to) {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port })
  const envelope = { from: 'joe@example.net', to }
  return transport.sendMail({ envelope, raw: 'Subject: x\r\n\r\n.\r\n..\r\nx\r\n' })
}

test('nodemailer gets mail accepted for known recipients and rejected for others', async () => {
  const info = await send(
    'jane@example.com',
    'postmaster@example.com',
    'nobody@example.com',
    'full@example.com',
    'x@example.org',
  )
  assert.equal(info.response, '250 2.0.0 Taken for 2')
  assert.deepEqual(info.accepted, ['jane@example.com', 'postmaster@example.com'])
  const [nobody, full, elsewhere] = info.rejectedErrors.map(({ response }) => response)
  assert.equal(nobody, `550 ${original.no_such_user().reply}`)
  assert.equal(full, `450 ${original.mbox_full().reply}`)

  const lines = elsewhere.split('\n')
  assert.ok(lines.length > 1)
  for (const line of lines) assert.match(line, /^550[ -]5\.7\.1 \S.*\S$/)
  const why = lines.map((line) => line.slice('550 5.7.1 '.length)).join(' ')
  const sentence = 'This server takes mail for example.com only. '
  assert.equal(why, `${sentence.repeat(20)}Not for x@example.org.`)
})

test('nodemailer reports an error if every recipient is rejected', async () => {
  const error = await send('nobody@example.com').catch((error) => error)
  assert.equal(error.responseCode, 550)
})

/** The server's replies to these commands, which are sent at once. */
async function converse(...commands) {
  const socket = net.connect(port, '127.0.0.1')
  socket.end(commands.join(''))
  let output = ''
  socket.setEncoding('utf8').on('data', (data) => {
    output += data
  })
  await once(socket, 'close')
  return output
}

test('the server replies to each command with lines of at most 512 octets', async () => {
  const output = await converse(
    'RCPT TO:<jane@example.com>\r\n',
    'data\r\n',
    'MAIL FROM:<>\r\n',
    'MAIL FROM:<>\r\n',
    'RCPT TO:jane\r\n',
    `RCPT TO:<${'é'.repeat(400)}@example.org>\r\n`,
    'RSET\r\n',
    'NOOP\r\n',
    'HELO x\r\n',
    'What?\r\n',
    'QUIT\r\n',
  )
  assert.ok(output.endsWith('\r\n'))
  const lines = output.slice(0, -2).split('\r\n')
  for (const line of lines) assert.ok(Buffer.byteLength(line) <= 510, line)
  const codes = lines.map((line) => line.replace(/^(\d{3}[ -](?:\d\.\d\.\d)?).*/, '$1'))
  assert.deepEqual(codes, [
    '220 ',
    '503 5.5.1',
    '503 5.5.1',
    '250 2.1.0',
    '503 5.5.1',
    '550 5.1.3',
    ...['550-5.7.1', '550-5.7.1', '550-5.7.1', '550 5.7.1'],
    '250 2.0.0',
    '250 2.0.0',
    '250 ',
    '500 5.5.1',
    '221 2.0.0',
  ])
})

test('only CR LF, a period and CR LF end a message', async () => {
  const start = ['MAIL FROM:<>\r\n', 'RCPT TO:<jane@example.com>\r\n', 'DATA\r\n']
  for (const end of ['\n.\r\n', '\r\n.\n', '\n.\n', `${'x'.repeat(1000)}.\r\n`]) {
    const output = await converse(...start, 'x', end, 'QUIT\r\n')
    assert.match(output, /\r\n354 Go on\r\n$/, JSON.stringify(end))
  }
  assert.match(await converse(...start, 'x\r\n.\r\n'), /\r\n250 2\.0\.0 Taken for 1\r\n$/)
})
