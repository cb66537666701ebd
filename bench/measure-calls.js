'use strict'

// Measures every call with several packages, in several processes, because V8 may optimize a call
// differently in each. As a program, it is one of these and prints the times as JSON.

const { execFileSync } = require('node:child_process')

const { compile, shapes, uses } = require('./calls')
const { geometricMean, median } = require('./statistics')
const { measure } = require('./timing')

const ROUNDS = 9

function load({ module, backend = '' }) {
  process.env.HARAKA_DSN_RS_BACKEND = backend
  // The same package may be measured with each backend.
  for (const file of Object.keys(require.cache)) delete require.cache[file]
  return require(module)
}

/** The times of every call with each package in this process. */
function measureCalls(measured) {
  const names = Object.keys(measured)
  const classes = Object.values(measured).map(load)
  return Object.entries({ ...shapes, ...uses }).map(([name, call]) => {
    const loops = classes.map((DSN) => compile(call, DSN))
    const times = measure(loops, ROUNDS)
    return { name, times: Object.fromEntries(names.map((who, index) => [who, times[index]])) }
  })
}

/**
 * The medians over all processes and rounds, for each call and package: of times in ns, and of the ratios
 * of haraka-dsn's time to the package's in the same round. `mean` has the means of the ratios.
 */
function compare(executable, measured, processes) {
  const args = [__filename, JSON.stringify(measured)]
  const run = () => JSON.parse(execFileSync(executable, args, { encoding: 'utf8' }))
  const runs = Array.from({ length: processes }, run)

  const ofPackages = (what) =>
    Object.fromEntries(Object.keys(measured).map((who) => [who, what(who)]))
  const rows = runs[0].map(({ name }, index) => {
    const times = (who) => runs.flatMap((rows) => rows[index].times[who])
    const ratios = (who) => times('haraka-dsn').map((time, round) => time / times(who)[round])
    return {
      name,
      time: ofPackages((who) => median(times(who))),
      ratio: ofPackages((who) => median(ratios(who))),
    }
  })
  const counted = rows.filter(({ name }) => name in shapes)
  const mean = ofPackages((who) => geometricMean(counted.map(({ ratio }) => ratio[who])))
  return { rows, mean }
}

module.exports = { compare }

if (require.main === module) console.log(JSON.stringify(measureCalls(JSON.parse(process.argv[2]))))
