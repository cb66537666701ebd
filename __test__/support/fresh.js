'use strict'

const path = require('node:path')

const root = path.join(__dirname, '..', '..')
const binding = require.resolve('../../binding')

const isOurs = (file) => [root, path.join(root, 'lib')].includes(path.dirname(file))

/**
 * A second instance of the class, from a new run of index.js and lib, with nothing cached yet; of
 * another backend if one is given.
 */
function freshClass(backend) {
  const kept = Object.entries(require.cache).filter(([file]) => isOurs(file))
  for (const [file] of kept) delete require.cache[file]
  if (backend) require.cache[binding] = { exports: backend, loaded: true }
  const fresh = require('../..')
  for (const file of Object.keys(require.cache)) if (isOurs(file)) delete require.cache[file]
  Object.assign(require.cache, Object.fromEntries(kept))
  return fresh
}

module.exports = { freshClass }
