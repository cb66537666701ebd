'use strict'

// Writes the lists of helpers that derive from the table. A script, because `GENERATE=1 cargo …` is
// not a command of cmd.exe.

const { spawnSync } = require('node:child_process')

const { status } = spawnSync('cargo', ['test', '--locked', '--test', 'generated'], {
  env: { ...process.env, GENERATE: '1' },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
