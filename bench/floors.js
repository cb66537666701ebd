'use strict'

// What no helper of a native addon can be faster than, from a build with the feature `floor`.

const fs = require('node:fs')
const path = require('node:path')

const folder = path.join(__dirname, '..', 'target', 'floor')
const [binary] = fs.readdirSync(folder).filter((file) => file.endsWith('.node'))
const native = require(path.join(folder, binary))

const dsn = { code: 550, msg: undefined, cls: 5, sub: 1, det: 1, default_msg: '', reply: '5.1.1 ' }
const make = () => dsn
const through = native.through.bind(make)
const nothing = native.nothing.bind(dsn)

module.exports = {
  floors: [
    ['floor: a native function that does nothing', () => nothing()],
    ['floor: one that only calls JavaScript', () => through()],
  ],
}
