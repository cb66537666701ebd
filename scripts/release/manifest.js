'use strict'

/**
 * The package.json of a release, from that of a clone: without what only a clone needs. npm would run
 * `prepare`, and install devDependencies, for a package that is unpacked into a project.
 */
function publishedManifest(content) {
  const { scripts, devDependencies, ...published } = JSON.parse(content)
  return `${JSON.stringify(published, null, 2)}\n`
}

module.exports = { publishedManifest }
