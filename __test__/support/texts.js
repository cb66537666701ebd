'use strict'

// A deliberate difference: the original has no text for these statuses, we have the registry's. The expected
// results are the original's after these texts are added to its table.
const NEW_TEXTS = {
  6: {
    7: 'Non-ASCII addresses not permitted for that sender/recipient',
    8: 'UTF-8 string reply is required, but not permitted by the SMTP client',
    9:
      'UTF-8 header message cannot be transferred to one or more recipients, ' +
      'so the message must be rejected',
  },
  7: {
    28: 'Mail flood detected',
    29: 'ARC validation failure',
    30: 'REQUIRETLS support required',
  },
}

// The original's table is private, but it reads the default text as `table[subject][detail]`: a temporary
// getter on Array.prototype sees the array that it is read from.
function textsOf(original, subject) {
  let texts
  Object.defineProperty(Array.prototype, 'the texts', {
    configurable: true,
    get() {
      texts = this
      return ''
    },
  })
  original.create(550, '', subject, 'the texts')
  delete Array.prototype['the texts']
  return texts
}

// Adds the texts to the table of an implementation, and returns the implementation.
function amend(original) {
  for (const [subject, texts] of Object.entries(NEW_TEXTS)) {
    Object.assign(textsOf(original, subject), texts)
  }
  return original
}

module.exports = { NEW_TEXTS, amend }
