'use strict'

// Load test: a real Haraka refuses the recipients of many concurrent clients, with haraka-dsn and with
// this package in turn. Every byte of every reply is compared with haraka-dsn's.
//
//   npm run load [-- --clients 200 --recipients 100000 --rounds 5]

const { parseArgs } = require('node:util')

const { median } = require('../statistics')
const { installExample } = require('../../scripts/haraka/server')
const { packages, round } = require('./round')

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '200' },
    recipients: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
  },
})
const options = { clients: Number(values.clients), recipients: Number(values.recipients) }

function printRow(round, name, rate, cpu) {
  const columns = [`${Math.round(rate)} recipients/s`, `${cpu.toFixed(1)} µs CPU each`]
  const padded = columns.map((column) => column.padStart(24))
  console.log(`${String(round).padEnd(8)}${name.padEnd(12)}${padded.join('')}`)
}

/** The ratio of ours to haraka-dsn's in each round: the median, then all. */
function ratio(ours, original) {
  const ratios = ours.map((value, index) => value / original[index])
  return `${median(ratios).toFixed(2)} (${ratios.map((each) => each.toFixed(2)).join(' ')})`
}

async function main() {
  await installExample()
  const names = Object.keys(packages)
  const results = Object.fromEntries(names.map((name) => [name, { rates: [], cpus: [] }]))
  for (let number = 1; number <= Number(values.rounds); number++) {
    // The order alternates, so that a machine that slows down affects both.
    for (const name of number % 2 ? names : [...names].reverse()) {
      const { seconds, cpu, problems } = await round(name, options)
      if (problems.length) throw new Error(`${name}: ${problems.slice(0, 5).join('\n')}`)
      const [rate, each] = [options.recipients / seconds, (cpu * 1e6) / options.recipients]
      results[name].rates.push(rate)
      results[name].cpus.push(each)
      printRow(number, name, rate, each)
    }
  }
  for (const [name, { rates, cpus }] of Object.entries(results)) {
    printRow('median', name, median(rates), median(cpus))
  }
  const { ours, 'haraka-dsn': original } = results
  console.log('Every reply was correct. Ratio of ours to haraka-dsn: median (each round)')
  console.log(`recipients/s ${ratio(ours.rates, original.rates)}`)
  console.log(`CPU time ${ratio(ours.cpus, original.cpus)}`)
}

main().catch((error) => {
  console.error(error.message)
  process.exitCode = 1
})
