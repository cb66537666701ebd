'use strict'

// Measures the time of a loop: a function that makes as many calls as it is told.

/** Long enough for the timer and for garbage collection, short enough for many rounds, in ns. */
const ROUND = 10e6
const WARM_UP_ROUNDS = 10

/** The time of a call in ns of the CPU, which other processes do not affect much. */
function timeOf(loop, count) {
  const start = process.cpuUsage()
  loop(count)
  const { user, system } = process.cpuUsage(start)
  return ((user + system) * 1000) / count
}

/** How many calls take as long as a round, after so many that V8 has optimized the loop. */
function warmUp(loop) {
  let count = 1
  while (timeOf(loop, count) * count < ROUND) count *= 2
  for (let round = 0; round < WARM_UP_ROUNDS; round++) loop(count)
  return count
}

/** The times of a call in several rounds, for each loop. The loops take turns: a machine that slows down affects all. */
function measure(loops, rounds) {
  const counts = loops.map(warmUp)
  const times = loops.map(() => [])
  for (let round = 0; round < rounds; round++) {
    loops.forEach((loop, index) => {
      times[index].push(timeOf(loop, counts[index]))
    })
  }
  return times
}

module.exports = { measure }
