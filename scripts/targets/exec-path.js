'use strict'

// For --require: programs that tests start run as this one does, in an emulator or by a loader.

process.execPath = process.env.EXEC_PATH
delete require.cache[__filename] // A test looks at what is loaded.
