'use strict'

// npm runs this in a checkout, and when it installs from a git URL: neither has binaries yet.

const { execFileSync } = require('node:child_process')

const { name } = require('../package.json')

const shell = process.platform === 'win32' // npm is a batch file there

function hasCargo() {
  try {
    execFileSync('cargo', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

if (hasCargo()) {
  execFileSync('npm', ['run', 'build'], { stdio: 'inherit', shell })
} else {
  console.error(
    `To build ${name} from source you need Rust with cargo (https://rustup.rs); ` +
      `the published package includes binaries: npm install haraka-dsn@npm:${name}`,
  )
  process.exitCode = 1
}
