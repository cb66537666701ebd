'use strict'

// What was asked from the core is kept in Maps of limited size.

const { clear, get, set } = Map.prototype

/** A Map with a limited number of entries, whose methods plugins cannot replace later. */
class Kept extends Map {
  constructor(limit) {
    super()
    this.limit = limit
    this.count = 0
  }

  /** Keeps a value under a new key and returns it. A full map is emptied first. */
  keep(key, value) {
    if (this.count === this.limit) {
      this.clear()
      this.count = 0
    }
    this.count++
    this.set(key, value)
    return value
  }
}

Object.assign(Kept.prototype, { clear, get, set })

/** Whether a value is an integer of up to three digits. */
const isShort = (value) =>
  typeof value === 'number' && value === (value | 0) && value >= 0 && value < 1000

module.exports = { Kept, isShort }
