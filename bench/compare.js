'use strict'

// Measures every call with several packages, in several processes, because V8 may optimize a call
// differently in each. As a program, it is one of these and prints the times as JSON:
//
//   node bench/compare.js name=module[=backend] ...

const { execFileSync } = require('node:child_process')
const path = require('node:path')

const { compile, shapes, uses } = require('./shapes')
const { geometricMean, median } = require('./statistics')
const { measure } = require('./timing')

const ROUNDS = 9

const root = path.join(__dirname, '..')

/** The packages to measure: a module, and which backend it gets. */
const packages = {
  original: 'haraka-dsn',
  ours: `${root}=native`,
  twin: `${path.join(__dirname, 'twin.js')}=native`,
}
const wasmPackage = { WebAssembly: `${root}=wasm` }

/** The times of every call with each package in this process. */
function measureCalls(modules) {
  const measured = modules.map((argument) => {
    const [name, module, backend = ''] = argument.split('=')
    process.env.HARAKA_DSN_RS_BACKEND = backend
    // The same package may be measured with each backend.
    for (const file of Object.keys(require.cache)) delete require.cache[file]
    return [name, require(module)]
  })
  return Object.entries({ ...shapes, ...uses }).map(([name, call]) => {
    const loops = measured.map(([, DSN]) => compile(call, DSN))
    const times = measure(loops, ROUNDS)
    return { name, times: Object.fromEntries(measured.map(([who], i) => [who, times[i]])) }
  })
}

/**
 * The medians over all processes and rounds, for each call and package: of times in ns, and of the ratios
 * of haraka-dsn's time to the package's in the same round. The last row has the mean of all ratios.
 */
function compare(executable, measured, processes) {
  const modules = Object.entries(measured).map(([who, module]) => `${who}=${module}`)
  const args = [__filename, ...modules]
  const run = () => JSON.parse(execFileSync(executable, args, { encoding: 'utf8' }))
  const runs = Array.from({ length: processes }, run)

  const ofPackages = (what) =>
    Object.fromEntries(Object.keys(measured).map((who) => [who, what(who)]))
  const rows = runs[0].map(({ name }, index) => {
    const times = (who) => runs.flatMap((rows) => rows[index].times[who])
    const ratios = (who) => times('original').map((time, round) => time / times(who)[round])
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

module.exports = { compare, packages, wasmPackage }

if (require.main === module) console.log(JSON.stringify(measureCalls(process.argv.slice(2))))
