'use strict'

// Preloaded with --require: tests then start other programs like this one, in an emulator or by a loader.

process.execPath = process.env.EXEC_PATH
delete require.cache[__filename] // A test checks which modules are loaded.
