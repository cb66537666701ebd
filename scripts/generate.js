'use strict'

// Regenerates the lists of helpers from the table. This is a script because cmd.exe does not understand
// `GENERATE=1 cargo …`.

const { spawnSync } = require('node:child_process')

const { status } = spawnSync('cargo', ['test', '--locked', '--test', 'generated'], {
  env: { ...process.env, GENERATE: '1' },
  stdio: 'inherit',
})
process.exitCode = status ?? 1
