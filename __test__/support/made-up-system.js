'use strict'

// For --require: makes this process one of another platform, whose root is a directory. Whatever
// function of fs asks for a file that tells the libc gets the one from there.

const fs = require('node:fs')
const path = require('node:path')

const { TEST_PLATFORM, TEST_ARCH, TEST_ROOT } = process.env
const claim = { platform: TEST_PLATFORM, arch: TEST_ARCH }

const isOfSystem = (file) => typeof file === 'string' && /^\/(?:lib|proc)(?:\/|$)/.test(file)

for (const [name, original] of Object.entries(fs)) {
  if (!name.endsWith('Sync')) continue
  const redirected = (file, ...options) =>
    original(isOfSystem(file) ? path.join(TEST_ROOT, file) : file, ...options)
  fs[name] = Object.assign(redirected, original)
}

for (const [key, value] of Object.entries(claim)) Object.defineProperty(process, key, { value })
