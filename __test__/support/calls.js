'use strict'

const { original } = require('./subjects')
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

// Calls a helper; an old spelling on our side is compared with the original's name for it.
const helper = (name) => (DSN, args) => {
  const known = DSN === original ? (OLD_SPELLINGS[name] ?? name) : name
  return DSN[known](...args)
}

const create = (DSN, args) => DSN.create(...args)

const construct = (DSN, args) => new DSN(...args)

// Recipes for the arguments of `create` or `new` where one position is of interest.
const argumentsWith = (defaults, position, recipe) =>
  defaults.map((value, index) => (index === position ? recipe : asRecipe(value)))

const asRecipe = (value) => (value instanceof Recipe ? value : constant(value))

module.exports = { OLD_SPELLINGS, argumentsWith, asRecipe, construct, create, helper, helpers }
