'use strict'

// A plugin that logs the time that Haraka computed since the first client came, when it stops. On a
// machine that does other things as well this says more than the time that passed.

const now = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}
let started

exports.hook_connect = (next) => {
  started ??= now()
  next()
}

process.on('exit', () => process.stdout.write(`CPU time: ${now() - started} µs\n`))
