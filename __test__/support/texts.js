'use strict'

// A deliberate deviation from the original: it has no text for these statuses, we have that of the
// registry. Expected is therefore what the original answers when its own table has these rows too.
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

// The original keeps its table to itself, but reads the default text as `table[subject][detail]`: a
// getter that all arrays inherit for a moment can tell what it was read from.
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
