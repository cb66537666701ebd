'use strict'

// The minimum cost of a native helper: calls that do almost nothing, from a build with the feature `floor`.

const fs = require('node:fs')
const path = require('node:path')

const folder = path.join(__dirname, '..', 'target', 'floor')
const [binary] = fs.readdirSync(folder).filter((file) => file.endsWith('.node'))
const native = require(path.join(folder, binary))

/** An object with the seven properties of an instance. */
function Fields() {
  this.code = 550
  this.msg = undefined
  this.cls = 5
  this.sub = 1
  this.det = 1
  this.default_msg = 'Bad destination mailbox address'
  this.reply = '5.1.1 Bad destination mailbox address'
}

const sink = { result: undefined }
const doNothing = native.nothing.bind(undefined)
const callback = native.through.bind(() => undefined)
const construct = native.through.bind(() => new Fields())

module.exports = {
  floors: [
    [
      'a native function that does nothing',
      () => {
        sink.result = doNothing()
      },
    ],
    [
      'one that calls JavaScript',
      () => {
        sink.result = callback()
      },
    ],
    [
      'one that calls JavaScript, which makes seven properties',
      () => {
        sink.result = construct()
      },
    ],
  ],
}
