'use strict'

// Builds the addon into prebuilds/. What is passed goes to `napi build`: `--target <triple>` and how
// to compile for it.

const { spawnSync } = require('node:child_process')
const os = require('node:os')
const path = require('node:path')

const isWindows = process.platform === 'win32'

// A panic tells the file of its code: under these names, and not where they are on this machine.
const directories = {
  '~': os.homedir(),
  cargo: process.env.CARGO_HOME ?? path.join(os.homedir(), '.cargo'),
}

const rustFlags = [
  process.env.RUSTFLAGS,
  ...Object.entries(directories)
    .filter(([, directory]) => !/\s/.test(directory)) // which RUSTFLAGS cannot express
    .map(([name, directory]) => `--remap-path-prefix=${directory}=${name}`),
  // Windows does not come with the runtime of Visual C++.
  isWindows && '-C target-feature=+crt-static',
]

const fixed = '--platform --release --features node --no-js --output-dir prebuilds'.split(' ')
const cargo = ['--', '--locked']

const { status, error } = spawnSync(
  'napi',
  ['build', ...fixed, ...process.argv.slice(2), ...cargo],
  {
    stdio: 'inherit',
    shell: isWindows, // napi is a batch file there
    env: { ...process.env, RUSTFLAGS: rustFlags.filter(Boolean).join(' ') },
  },
)
if (error) console.error(error.message)
process.exitCode = status ?? 1
