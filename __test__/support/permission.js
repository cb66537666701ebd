'use strict'

const isKnown = (flag) => process.allowedNodeEnvironmentFlags.has(flag)

module.exports = {
  /** Switches the permission model on, if this Node.js has one. */
  permission: ['--permission', '--experimental-permission'].find(isKnown),
  /** Permits addons; empty where Node.js does not restrict them, as before 20.12. */
  allowAddons: ['--allow-addons'].filter(isKnown),
}
