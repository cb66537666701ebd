'use strict'

const { Recipe, constant } = require('./recipe')
const { ours, original } = require('./subjects')

// The ways to call the class, in the form that `assertParity` takes.

const helpers = Object.getOwnPropertyNames(original).filter(
  (name) => typeof original[name] === 'function' && name !== 'create',
)

// Misspelt names of the old guide, which plugins copied, and the names in the original.
const OLD_SPELLINGS = {
  addr_bad_dest_mailbox: 'addr_bad_dest_mbox',
  addr_mbox_mobed: 'addr_mbox_moved',
  proto_too_many_recipients: 'proto_too_many_rcpts',
}

// The helpers that the original does not have, implemented with the original's constructor.
const additions = {}
for (const { subject, detail, helpers: ofStatus } of ours.statuses) {
  for (const { name, code: def } of ofStatus) {
    if (name in original) continue
    additions[name] = (msg, code) => new original(code, msg, def, subject, detail)
  }
}

// Calls a helper; one that the original does not have is compared with its counterpart there.
const helper = (name) => (DSN, args) => {
  if (DSN !== original) return DSN[name](...args)
  return additions[name] ? additions[name](...args) : original[OLD_SPELLINGS[name] ?? name](...args)
}

const create = (DSN, args) => DSN.create(...args)

const construct = (DSN, args) => new DSN(...args)

// Recipes for the arguments of `create` or `new` that vary in one position.
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
