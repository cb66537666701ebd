'use strict'

// A plugin that logs, at exit, Haraka's CPU time since the first client connected: on a busy machine it
// varies less than elapsed time.

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
