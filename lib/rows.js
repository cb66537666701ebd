'use strict'

// What the replies of one helper, or of one status, share in one class is a row. The core is asked for
// each row once.

// Captured, because plugins can replace them later.
const { get, set } = Map.prototype

/** In place of a class: the caller's code is not a basic code, so the default applies. */
const DEFAULT = 1

/** How many rows of statuses are kept. */
const STATUS_ROWS = 1024

/** Where the row of a status is kept: no two registered statuses share a place. */
const placeOf = (cls, sub, det) => ((cls << 8) ^ (sub << 5) ^ det) & (STATUS_ROWS - 1)

/** Whether a number is an integer of up to three digits. */
const isShort = (number) => number === (number | 0) && number >= 0 && number < 1000

module.exports = function rowsOf(backend) {
  const { class_of, create, is_basic_code, prefix, status } = backend

  // The classes of codes

  /** The class of each short number that was used as a code, or `DEFAULT`; 0 if it was not used. */
  const classes = new Uint8Array(600)

  /** The class of each text of three characters that was used as a code, and is one. */
  const classesOfTexts = Object.assign(new Map(), { get, set })

  const askClass = (text) => (is_basic_code(text) ? class_of(text) : DEFAULT)

  /** The class of a code, or `DEFAULT`; `undefined` if the code has to be converted to a text first. */
  function classOf(code) {
    if (typeof code !== 'number') return classOfOther(code)
    const cls = classes[code]
    if (cls > 0) return cls
    // Has no effect for a number without a place.
    classes[code] = askClass(`${code}`)
    return classes[code]
  }

  function classOfOther(code) {
    if (code === undefined || code === null) return DEFAULT
    // Shorter texts are not codes, longer ones could be of any length.
    if (typeof code !== 'string' || code.length !== 3) return undefined
    const kept = classesOfTexts.get(code)
    if (kept !== undefined) return kept
    const cls = askClass(code)
    if (cls !== DEFAULT) classesOfTexts.set(code, cls)
    return cls
  }

  // Rows

  /** A row, from a reply of the core without a message. */
  function rowOf({ code, msg, cls, sub, det, default_msg, reply }) {
    return {
      code,
      own_message: msg,
      cls,
      sub,
      det,
      default_msg,
      reply,
      prefix: prefix(`${cls}`, `${sub}`, `${det}`),
      status: status(`${cls}`, `${sub}`, `${det}`),
    }
  }

  /** A function that returns the row of a helper in a class; `code` has that class. */
  function rowsOfHelper(helper) {
    const rows = [undefined, undefined, undefined, undefined, undefined, undefined] // by class
    return (cls, code) => {
      const row = rows[cls]
      if (row !== undefined) return row
      rows[cls] = rowOf(cls === DEFAULT ? helper() : helper(undefined, code))
      return rows[cls]
    }
  }

  const statusRows = new Array(STATUS_ROWS).fill(undefined)

  /** The row of a status with a code of a class; `undefined` if it has to be converted first. */
  function statusRow(cls, code, subject, detail) {
    const sub = subject === undefined ? 0 : subject
    const det = detail === undefined ? 0 : detail
    if (typeof sub !== 'number' || typeof det !== 'number') return undefined
    const place = placeOf(cls, sub, det)
    const row = statusRows[place]
    if (row !== undefined && row.cls === cls && row.sub === sub && row.det === det) return row
    if (!isShort(sub) || !isShort(det)) return undefined
    statusRows[place] = rowOf(create(code, undefined, sub, det))
    return statusRows[place]
  }

  /** The enhanced status code of an instance, `5.1.1`, whose properties can have any values. */
  function statusText({ code, cls, sub, det }) {
    const isUsual = classOf(code) === cls && cls > DEFAULT
    const row = isUsual ? statusRow(cls, code, sub, det) : undefined
    return row === undefined ? status(`${cls}`, `${sub}`, `${det}`) : row.status
  }

  return { DEFAULT, classOf, rowsOfHelper, statusRow, statusText }
}
