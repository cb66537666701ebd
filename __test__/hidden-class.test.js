'use strict'

// Protects the speed of property access: all DSNs have the same hidden class in V8.

const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { test } = require('node:test')

// %HaveSameMap needs this flag.
const run = (script) =>
  execFileSync(process.execPath, ['--allow-natives-syntax', '-e', script], { encoding: 'utf8' })

test('all DSNs have the same hidden class, however they were created', () => {
  const root = JSON.stringify(require.resolve('..'))
  const different = run(`
    const DSN = require(${root})
    const helpers = DSN.statuses.flatMap(({ helpers }) => helpers.map(({ name }) => name))
    const report = 'Final-Recipient: rfc822; x\\nAction: failed\\nDiagnostic-Code: smtp; 550 x'
    const make = () => [
      ...helpers.map((name) => [name, DSN[name]()]),
      ['a message', DSN.no_such_user('x')],
      ['a message to strip', DSN.no_such_user('x\\r\\n')],
      ['a code', DSN.no_such_user('x', 450)],
      ['a code that is a string', DSN.no_such_user('x', '450')],
      ['lines', DSN.no_such_user(['x', 'y'])],
      ['a value that is converted', DSN.no_such_user(new Date())],
      ['create', DSN.create(550, 'x', 7, 1)],
      ['create of no registered status', DSN.create(550, 'x', 9, 9)],
      ['a status that is converted', DSN.create('550 x', 'x', '7', { toString: () => '1' })],
      ['new DSN', new DSN(550, 'x', 450, 7, 1)],
      ['new DSN of values that are converted', new DSN([], ['x'], '451 x', 7, '1')],
      ['parse', DSN.parse('550 5.1.1 x')],
      ['parse of lines', DSN.parse('550-x\\r\\n550 y')],
      ['parse_report', DSN.parse_report(report).recipients[0].dsn],
    ]
    make() // first run: V8 generalizes the field representations
    const all = make()
    const [[, first]] = all
    console.log(all.filter(([, dsn]) => !%HaveSameMap(dsn, first)).map(([name]) => name).join())
  `)
  assert.equal(different.trim(), '')
})
