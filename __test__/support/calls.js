'use strict'

const { ours, original } = require('./subjects')
const { Recipe, constant } = require('./recipe')

// The ways in which the class is called, as `assertParity` wants them.

const helpers = Object.getOwnPropertyNames(original).filter((name) => {
  return typeof original[name] === 'function' && name !== 'create' && name !== 'prototype'
})

// Names that the old guide printed and plugins copied, and what they stand for in the original.
const OLD_SPELLINGS = {
  addr_bad_dest_mailbox: 'addr_bad_dest_mbox',
  addr_mbox_mobed: 'addr_mbox_moved',
  proto_too_many_recipients: 'proto_too_many_rcpts',
}

// The helpers that the original lacks, and what each would be there.
const additions = {}
for (const { subject, detail, helpers: ofStatus } of ours.statuses) {
  for (const { name, code: def } of ofStatus) {
    if (name in original) continue
    additions[name] = (msg, code) => new original(code, msg, def, subject, detail)
  }
}

// Calls a helper; one on our side only is compared with what the original has for it.
const helper = (name) => (DSN, args) => {
  if (DSN !== original) return DSN[name](...args)
  return additions[name] ? additions[name](...args) : original[OLD_SPELLINGS[name] ?? name](...args)
}

const create = (DSN, args) => DSN.create(...args)

const construct = (DSN, args) => new DSN(...args)

// Recipes for the arguments of `create` or `new` where one position is of interest.
const argumentsWith = (defaults, position, recipe) =>
  defaults.map((value, index) => (index === position ? recipe : asRecipe(value)))

const asRecipe = (value) => (value instanceof Recipe ? value : constant(value))

module.exports = {
  OLD_SPELLINGS,
  additions,
  argumentsWith,
  asRecipe,
  construct,
  create,
  helper,
  helpers,
}
