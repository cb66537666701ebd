'use strict'

// Load test: a real Haraka refuses the recipients of many concurrent clients, with haraka-dsn and with
// this package in turn. Every byte of every reply is compared with haraka-dsn's.
//
//   npm run load [-- --clients 200 --recipients 100000 --rounds 5]

const { parseArgs } = require('node:util')

const { installExample } = require('../../scripts/haraka/server')
const { median } = require('../statistics')
const { packages, round } = require('./round')

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '200' },
    recipients: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
  },
})
const [clients, recipients, rounds] = ['clients', 'recipients', 'rounds'].map((name) =>
  Number(values[name]),
)

function printRow(round, name, { rate, cpu }) {
  const columns = [`${Math.round(rate)} recipients/s`, `${cpu.toFixed(1)} µs CPU each`]
  const padded = columns.map((column) => column.padStart(24))
  console.log(`${String(round).padEnd(8)}${name.padEnd(12)}${padded.join('')}`)
}

async function main() {
  await installExample()
  const names = Object.keys(packages)
  const results = Object.fromEntries(names.map((name) => [name, []]))
  for (let number = 1; number <= rounds; number++) {
    // The order alternates, so that a machine that slows down affects both.
    for (const name of number % 2 ? names : [...names].reverse()) {
      const { seconds, cpu, problems } = await round(name, { clients, recipients })
      if (problems.length) throw new Error(`${name}: ${problems.slice(0, 5).join('\n')}`)
      const result = { rate: recipients / seconds, cpu: (cpu * 1e6) / recipients }
      results[name].push(result)
      printRow(number, name, result)
    }
  }
  console.log('Every reply was correct. Ratio of ours to haraka-dsn: median (each round)')
  for (const [what, unit] of Object.entries({ rate: 'recipients/s', cpu: 'CPU time' })) {
    const originals = results['haraka-dsn'].map((result) => result[what])
    const ratios = results.ours.map((result, index) => result[what] / originals[index])
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ')
    console.log(
      `${unit} ${median(ratios).toFixed(2)} (${each}); haraka-dsn ${median(originals).toFixed(1)}`,
    )
  }
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
