'use strict'

// The class DSN in front of a backend: it interprets arguments, keeps what the backend answered, makes
// instances, and passes on what crosses as JSON. It is one file, because every further file makes require()
// slower.

// Captured, because plugins can replace them later.
const { isArray } = Array
const { join } = Array.prototype
const { parse: parseJson, stringify } = JSON
const { get, set } = Map.prototype
const { assign, entries, freeze, keys } = Object
const { getOwnPropertyDescriptor, getPrototypeOf, setPrototypeOf } = Object
const { apply, defineProperty } = Reflect
const Bytes = Uint8Array
const getterOf = (prototype, key) => getOwnPropertyDescriptor(prototype, key)?.get
const typedArray = getPrototypeOf(Uint8Array.prototype)
const arrayBufferOf = getterOf(typedArray, 'buffer')
const kindOf = getterOf(typedArray, Symbol.toStringTag)
const byteLengthOf = getterOf(ArrayBuffer.prototype, 'byteLength')
const { add, has } = WeakSet.prototype

// Rows

/** `classOf` returns this if the code is not a basic code: the default code then applies. */
const DEFAULT = 1

/** How many rows of statuses are kept. */
const STATUS_ROWS = 1024

/**
 * Where the row of a status is kept: no two registered statuses share a place. There is one for each of 41
 * details of eight subjects in three classes, which differ in their last two bits.
 */
const placeOf = (cls, sub, det) => ((cls & 3) * 328 + sub * 41 + det) & (STATUS_ROWS - 1)

/** Whether a number can be a subject or a detail: an integer of up to three digits (RFC 3463 §2). */
const isStatusPart = (number) => number === (number | 0) && number >= 0 && number < 1000

/**
 * Makes the functions that keep the classes of codes, and rows. A row is what the replies of one helper, or
 * of one status, share in one class; a status that is not registered can displace another row.
 */
function makeRows(backend) {
  const { class_of, create, is_basic_code, prefix, status } = backend

  /** The class of each number below 600 that was used as a code, or `DEFAULT`; 0 if it was not used. */
  const classes = new Uint8Array(600)

  /** The class of each text of three characters that was used as a code, and is one. */
  const classesOfTexts = assign(new Map(), { get, set })

  const askClass = (text) => (is_basic_code(text) ? class_of(text) : DEFAULT)

  /** The class of a code, or `DEFAULT`; `undefined` if the code has to be converted to a text first. */
  function classOf(code) {
    if (typeof code !== 'number') return classOfOther(code)
    const cls = classes[code]
    if (cls > 0) return cls
    // Assigning an element that a typed array does not have changes nothing.
    classes[code] = askClass(`${code}`)
    return classes[code]
  }

  function classOfOther(code) {
    if (code === undefined || code === null) return DEFAULT
    // A shorter text is not a code, and the number of longer ones has no limit.
    if (typeof code !== 'string' || code.length !== 3) return undefined
    const kept = classesOfTexts.get(code)
    if (kept !== undefined) return kept
    const cls = askClass(code)
    if (cls !== DEFAULT) classesOfTexts.set(code, cls)
    return cls
  }

  /** Makes a row from a reply of the core without a message. */
  function makeRow({ code, msg, cls, sub, det, default_msg, reply }) {
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

  /** Makes a function that returns the row of a helper in a class; `code` has that class. */
  function rowsOfHelper(helper) {
    const rows = [undefined, undefined, undefined, undefined, undefined, undefined] // by class
    return (cls, code) => {
      const row = rows[cls]
      if (row !== undefined) return row
      rows[cls] = makeRow(cls === DEFAULT ? helper() : helper(undefined, code))
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
    if (!isStatusPart(sub) || !isStatusPart(det)) return undefined
    statusRows[place] = makeRow(create(code, undefined, sub, det))
    return statusRows[place]
  }

  /** The enhanced status code of an instance, `5.1.1`, whose properties can have any values. */
  function statusText({ code, cls, sub, det }) {
    const isUsual = classOf(code) === cls && cls > DEFAULT
    const row = isUsual ? statusRow(cls, code, sub, det) : undefined
    return row === undefined ? status(`${cls}`, `${sub}`, `${det}`) : row.status
  }

  return { classOf, rowsOfHelper, statusRow, statusText }
}

// Replies

/**
 * The callback for `map`: anonymous and new for each array, like haraka-dsn's, because an array's
 * own `map` can examine it. `map` keeps holes, which become "undefined".
 */
const lineText = () => (line) => String(line ?? '')

/**
 * Makes the functions that make instances of the class: from a row and a message, from a row and lines of
 * the core, or from any values, with JavaScript's conversions in haraka-dsn's order.
 */
function makeReplies(backend, DSN, constants, defaultTexts) {
  const { class_of, is_basic_code, prefix, strip_controls } = backend
  const { fallback_code, max_joined } = constants

  /**
   * Sets the properties in haraka-dsn's order without running the class's constructor. All instances
   * are made here and so share a hidden class; the name is what debuggers show.
   */
  const Fields = function DSN(code, msg, cls, sub, det, default_msg, reply) {
    this.code = code
    this.msg = msg
    this.cls = cls
    this.sub = sub
    this.det = det
    this.default_msg = default_msg
    this.reply = reply
  }
  Fields.prototype = DSN.prototype

  /** An instance from a row, a code that needs no conversion, and any message. */
  function replyOfRow(row, code, msg) {
    let message = msg
    let reply
    if (!msg) {
      if (row.own_message !== undefined) message = row.own_message
      reply = row.reply
    } else if (typeof msg === 'string') {
      reply = row.prefix + strip_controls(msg)
    } else if (typeof msg === 'number') {
      reply = row.prefix + msg
    } else if (isArray(msg)) {
      reply = { msg, linesOf }.linesOf(row.prefix)
    } else {
      reply = row.prefix + strip_controls(String(msg))
    }
    return new Fields(code, message, row.cls, row.sub, row.det, row.default_msg, reply)
  }

  /** The lines of a reply to an array. It is a method, because V8's errors quote `this.msg.map`. */
  function linesOf(prefixOfLines) {
    const lines = []
    let joined = ''
    for (const line of this.msg.map(lineText())) {
      const text = `${line}`
      if (joined.length + text.length <= max_joined) {
        joined += text
        lines.push(prefixOfLines + text)
      } else {
        lines.push(prefixOfLines + strip_controls(text))
      }
    }
    // One call for all lines is faster than a call for each.
    if (strip_controls(joined) === joined) return lines
    for (let index = 0; index < lines.length; index++) lines[index] = strip_controls(lines[index])
    return lines
  }

  let texts

  /**
   * Sets the seven properties of `this` from any values. Conversions happen in haraka-dsn's order
   * and as often as there, because they can run the caller's code, which may throw, return
   * something else each time or change the other arguments. The core interprets the results.
   */
  function convert(code, msg, def, subject, detail) {
    if (texts === undefined) texts = defaultTexts()
    this.code = is_basic_code(`${code}`) ? code : def || fallback_code
    this.msg = msg
    this.cls = class_of(String(this.code))
    this.sub = subject || 0
    this.det = detail || 0
    // Any key of an array works as a detail: create(550, '', 'length', 'toString').
    this.default_msg = (texts[this.sub] ? texts[this.sub][this.det] : '') || ''

    // All three are read before the first is converted.
    const prefixOf = ({ cls, sub, det }) => prefix(`${cls}`, `${sub}`, `${det}`)
    if (isArray(this.msg)) {
      this.reply = []
      for (const line of this.msg.map(lineText())) {
        this.reply.push(prefixOf(this) + strip_controls(`${line}`))
      }
    } else {
      this.reply = prefixOf(this) + strip_controls(String(this.msg || this.default_msg))
    }
  }

  /** An instance from any values. */
  function replyOfValues(...values) {
    // Own properties: setters on Object.prototype are not called.
    const fields = { code: 0, msg: 0, cls: 0, sub: 0, det: 0, default_msg: 0, reply: 0 }
    apply(convert, fields, values)
    const { code, msg, cls, sub, det, default_msg, reply } = fields
    return new Fields(code, msg, cls, sub, det, default_msg, reply)
  }

  /** An instance from a row, a code and lines of the core, one of which becomes a text. */
  function replyOfLines(row, code, lines) {
    const isOne = lines.length === 1
    const reply = []
    for (let index = 0; index < lines.length; index++) reply.push(row.prefix + lines[index])
    const [msg, text] = isOne ? [lines[0], reply[0]] : [lines, reply]
    return new Fields(code, msg, row.cls, row.sub, row.det, row.default_msg, text)
  }

  return { convert, replyOfLines, replyOfRow, replyOfValues }
}

// The registry

/** Makes the functions that read the registry, whose records are parsed once. */
function makeRegistry(backend) {
  let records

  /** A record of each status, deeply frozen. */
  function allStatuses() {
    if (records === undefined) records = deepFreeze(parseJson(backend.statuses()))
    return records
  }

  /** The records that were found, by name or by number: each has five names. */
  const found = assign(new Map(), { get, set })

  /** The record of a status, by its name or by its two numbers; `undefined` if there is none. */
  function lookup(name, detail) {
    const isText = typeof name === 'string'
    const key = isText ? name : name * 1000 + detail
    const record = found.get(key)
    if (record !== undefined && (isText || record.detail === detail)) return record
    const index = backend.lookup(name, detail)
    if (index === undefined) return undefined
    found.set(key, allStatuses()[index])
    return allStatuses()[index]
  }

  /** The default texts, by subject and detail in arrays of arrays like haraka-dsn's. */
  function defaultTexts() {
    const texts = []
    const all = allStatuses()
    for (let index = 0; index < all.length; index++) {
      const { subject, detail, message } = all[index]
      // Defined, not assigned: Array.prototype may have setters.
      if (detail === 0) defineProperty(texts, subject, { __proto__: null, value: [] })
      if (message) defineProperty(texts[subject], detail, { __proto__: null, value: message })
    }
    return texts
  }

  return { allStatuses, defaultTexts, lookup }
}

/** Freezes a value that JSON.parse returned. */
function deepFreeze(value) {
  if (typeof value === 'object') {
    const names = keys(value)
    for (let index = 0; index < names.length; index++) deepFreeze(value[names[index]])
    freeze(value)
  }
  return value
}

// Parsing

// Both functions know values of any realm. Not every bundle has `require('util').types`.
const isUint8Array = (value) => apply(kindOf, value, []) === 'Uint8Array'

function isShared(buffer) {
  try {
    apply(byteLengthOf, buffer, [])
    return false
  } catch {
    return true
  }
}

/** A string or bytes, `undefined` for any other value. Memory that other threads can change is copied. */
function textOf(value) {
  if (typeof value === 'string') return value
  if (!isUint8Array(value)) return undefined
  return isShared(apply(arrayBufferOf, value, [])) ? new Bytes(value) : value
}

/** The text of a reply, which can also be an array of lines. */
const textOfReply = (reply) => (isArray(reply) ? joinLines(reply) : textOf(reply))

function joinLines(lines) {
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
  }
  // If a line already ends with LF, a blank line follows, which the parser ignores. `+=` would take several
  // times the memory.
  return apply(join, lines, ['\n'])
}

/**
 * Returns `undefined` if reading throws, as a proxy or a getter can. A RangeError says that stack or memory did
 * not suffice to read the value, so it is passed on.
 */
function attempt(read, value) {
  try {
    return read(value)
  } catch (error) {
    if (error instanceof RangeError) throw error
    return undefined
  }
}

/** Makes the parsers: the core reads replies and reports, and these make instances of what it returns. */
function makeParsers(backend, { classOf, statusRow, replyOfLines }) {
  /** The instances that were parsed without an enhanced status code. A property would be visible. */
  const withoutStatus = new WeakSet()

  /** Whether an instance was parsed without an enhanced status code, and has not got one since. */
  const lacksStatus = (dsn) => dsn.sub === 0 && dsn.det === 0 && apply(has, withoutStatus, [dsn])

  /** Makes an instance, in which subject and detail are 0 if they are `null`: without a status. */
  function makeDsn({ code, subject, detail, lines }) {
    const row = statusRow(classOf(code), code, subject ?? 0, detail ?? 0)
    const dsn = replyOfLines(row, code, lines)
    if (subject === null) apply(add, withoutStatus, [dsn])
    return dsn
  }

  /** Returns `null` if the value is not a reply. */
  function parse(reply) {
    const json = backend.parse(attempt(textOfReply, reply))
    return json === null ? null : makeDsn(parseJson(json))
  }

  /** Returns `null` if the value has no report. */
  function parseReport(message) {
    const json = backend.parse_report(attempt(textOf, message))
    if (json === null) return null
    const report = parseJson(json)
    // A stranger chose the names of these fields.
    setPrototypeOf(report.extensions, null)
    if (report.returned !== null) setPrototypeOf(report.returned.header, null)
    for (let index = 0; index < report.recipients.length; index++) {
      const recipient = report.recipients[index]
      setPrototypeOf(recipient.extensions, null)
      if (recipient.dsn !== null) recipient.dsn = makeDsn(recipient.dsn)
    }
    return report
  }

  return { lacksStatus, parse, parseReport }
}

// Writing

/** The fields of `{ [name]: [value, …] }` as pairs. */
const pairUp = (fields) =>
  entries(fields ?? {}).flatMap(([name, all]) => [all ?? []].flat().map((one) => [name, one]))

/** The types, and the numbers, that JSON does not have. */
const LOST = /^(bigint|function|symbol|NaN|-?Infinity)$/

/**
 * Makes the function that writes reports: it adds what needs a clock, randomness or the name of this host,
 * and the core does the rest.
 */
function makeWriteReport(backend, isDsn, statusOf) {
  /** Replaces values for JSON.stringify: dates become texts as in messages, lone surrogates U+FFFD. */
  function jsonValue(key, value) {
    const given = this[key]
    if (key === 'dsn' && isDsn(given)) return undefined
    const kind = typeof value === 'number' ? value : typeof value
    // JSON.stringify makes `null` of an invalid date.
    const isLost = LOST.test(kind) || (value === null && given !== null)
    if (isLost) throw new TypeError(`${key}: cannot be the ${typeof given} ${String(given)}`)
    // The core says what is wrong with any other value.
    if (key === 'extensions' && kind === 'object' && !value?.[Symbol.iterator]) return pairUp(value)
    if (typeof given?.toUTCString === 'function') return given.toUTCString().replace('GMT', '+0000')
    if (typeof value !== 'string') return value ?? undefined
    return value.replace(/[\ud800-\udfff]/gu, '\ufffd')
  }

  /** The DSN of a recipient as the core's reply, unless status and diagnostic are given. */
  function coreReplyOf(recipient, index) {
    const { dsn, status, diagnostic } = recipient ?? {}
    if (dsn === undefined || dsn === null) return null
    if (!isDsn(dsn)) throw new TypeError(`recipients[${index}].dsn: must be a DSN`)
    if (status && diagnostic !== undefined) return null
    const lines = [dsn.msg || dsn.default_msg].flat().map((line) => String(line ?? ''))
    return { code: Number(`${dsn.code}`.slice(0, 3)) || 0, enhanced_code: statusOf(dsn), lines }
  }

  return function writeReport(report, options) {
    if (typeof (report ?? {}) !== 'object') throw new TypeError('report: must be an object')
    const { name } = report?.reporting_mta ?? {}
    // Not every name of an MTA can be the domain of an address.
    const host = /^[a-z\d.-]+$/i.test(name ?? '') ? name : require('os').hostname()
    const given = [
      { ...report, returned: undefined, reporting_mta: report?.reporting_mta ?? { name: host } },
      {
        ...options,
        returned: undefined,
        from: options?.from ?? `Mail Delivery System <postmaster@${host}>`,
        date: options?.date ?? new Date(),
        message_id: options?.message_id ?? `<${require('crypto').randomUUID()}@${host}>`,
      },
      report?.recipients?.map?.(coreReplyOf) ?? [],
    ]
    const returned = textOf(options?.returned ?? '')
    if (returned === undefined) throw new TypeError('returned: must be a string or a Uint8Array')
    const bytes = typeof returned === 'string' ? Buffer.from(returned) : returned
    const message = backend.write_report(stringify(given, jsonValue), bytes)
    if (typeof message === 'string') throw new TypeError(message)
    return Buffer.from(message.buffer, message.byteOffset, message.length)
  }
}

// The class

/** Makes a class; docs/design.md in the repository describes a backend. */
module.exports = function makeClass(backend) {
  /** The names of the helpers, and the rules that are constants. */
  const constants = parseJson(backend.constants())
  const { helpers, fallback_code, success, transient, permanent } = constants

  class DSN {
    constructor(code, msg, def, subject, detail) {
      if (new.target === DSN) {
        // biome-ignore lint/correctness/noConstructorReturn: all instances share a hidden class
        return construct(code, msg, def, subject, detail)
      }
      apply(convert, this, [code, msg, def, subject, detail])
    }

    static create(code, msg, subject, detail) {
      return construct(code, msg, fallback_code, subject, detail)
    }

    toString() {
      // Neither of these is captured, because haraka-dsn captures neither.
      return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
    }

    // haraka-dsn does not have the following.

    static lookup(status) {
      if (typeof status === 'string') return lookup(status)
      try {
        if (!isDsn(status) || lacksStatus(status)) return undefined
        return lookup(Number(status.sub), Number(status.det))
      } catch {
        return undefined // A getter or a proxy threw.
      }
    }

    static parse(reply) {
      return parse(reply)
    }

    static parse_report(report) {
      return parseReport(report)
    }

    static write_report(report, options) {
      return writeReport(report, options)
    }

    static get backend() {
      return backend.kind
    }

    static set backend(value) {
      // biome-ignore lint/complexity/noThisInStatic: a subclass can be assigned to as well
      shadow(this, 'backend', value)
    }

    static get statuses() {
      return allStatuses()
    }

    static set statuses(value) {
      // biome-ignore lint/complexity/noThisInStatic: a subclass can be assigned to as well
      shadow(this, 'statuses', value)
    }

    get status() {
      // The prototype itself has no properties.
      if (this.cls === undefined) return undefined
      return statusOf(this)
    }

    set status(value) {
      shadow(this, 'status', value)
    }

    get is_success() {
      return this.cls === success
    }

    set is_success(value) {
      shadow(this, 'is_success', value)
    }

    get is_transient() {
      return this.cls === transient
    }

    set is_transient(value) {
      shadow(this, 'is_transient', value)
    }

    get is_permanent() {
      return this.cls === permanent
    }

    set is_permanent(value) {
      shadow(this, 'is_permanent', value)
    }
  }

  /**
   * The setter of an accessor: defines a property of that name, which plugins can add to haraka-dsn's
   * DSNs. Has no effect on an object that is not extensible.
   */
  function shadow(target, name, value) {
    const flags = { writable: true, enumerable: true, configurable: true }
    defineProperty(target, name, { __proto__: null, value, ...flags })
  }

  // Other copies of this package, and haraka-dsn itself, make DSNs as well. Haraka also recognizes a
  // DSN by the name of its class.
  const isDsn = (value) => value instanceof DSN || value?.constructor?.name === 'DSN'

  const { allStatuses, defaultTexts, lookup } = makeRegistry(backend)
  const { classOf, rowsOfHelper, statusRow, statusText } = makeRows(backend)
  const replies = makeReplies(backend, DSN, constants, defaultTexts)
  const { convert, replyOfLines, replyOfRow, replyOfValues } = replies
  const parsers = makeParsers(backend, { classOf, statusRow, replyOfLines })
  const { lacksStatus, parse, parseReport } = parsers
  const statusOf = (dsn) => (lacksStatus(dsn) ? null : statusText(dsn))
  const writeReport = makeWriteReport(backend, isDsn, statusOf)

  /** Makes the reply of a status, for `create` and the constructor. */
  function construct(code, msg, def, subject, detail) {
    let used = code
    let cls = classOf(code)
    if (cls === DEFAULT) {
      used = def || fallback_code
      cls = classOf(used)
    }
    const row = cls > DEFAULT ? statusRow(cls, used, subject, detail) : undefined
    if (row === undefined) return replyOfValues(code, msg, def, subject, detail)
    return replyOfRow(row, used, msg)
  }

  /** Makes the static method for a helper of the core. */
  function makeMethod(name) {
    const rowOf = rowsOfHelper(backend[name])
    const method = {
      [name](msg, code) {
        const cls = classOf(code)
        if (cls > DEFAULT) return replyOfRow(rowOf(cls, code), code, msg)
        const row = rowOf(DEFAULT)
        if (cls === DEFAULT) return replyOfRow(row, row.code, msg)
        const message = row.own_message === undefined ? msg : msg || row.own_message
        return replyOfValues(code, message, row.code, row.sub, row.det)
      },
    }
    return method[name]
  }

  // As a prototype, the class keeps its properties in a hash table, to which V8 adds many in a fifth of
  // the time.
  Object.create(DSN)
  const descriptor = { __proto__: null, value: undefined, writable: true, configurable: true }
  for (const name of helpers) {
    descriptor.value = makeMethod(name)
    defineProperty(DSN, name, descriptor)
  }

  return DSN
}

// This line never runs: Node.js finds the named exports of a CommonJS module by reading its source.
// biome-ignore format: several names on a line
// biome-ignore lint/suspicious/noAssignInExpressions: the form that Node.js recognizes
0 && (module.exports = {
  backend, create, lookup, parse, parse_report, statuses, write_report,
  // #region helpers: generated from the core's table by `npm run generate`
  unspecified, addr_unspecified, addr_bad_dest_mbox, addr_bad_dest_mailbox, no_such_user,
  addr_bad_dest_system, addr_bad_dest_syntax, addr_dest_ambigous, addr_rcpt_ok, addr_mbox_moved,
  addr_mbox_mobed, addr_bad_from_syntax, addr_bad_from_system, addr_relayed_non_compliant,
  addr_null_mx, mbox_unspecified, mbox_disabled, mbox_full, mbox_msg_too_long,
  mbox_list_expansion_problem, sys_unspecified, sys_disk_full, sys_not_accepting_mail,
  sys_not_supported, sys_msg_too_big, sys_incorrectly_configured, sys_priority_changed,
  net_unspecified, net_no_answer, net_bad_connection, net_directory_server_failed,
  temp_resolver_failed, net_unable_to_route, net_system_congested, net_routing_loop, too_many_hops,
  net_delivery_time_expired, proto_unspecified, proto_invalid_command, proto_syntax_error,
  proto_too_many_rcpts, proto_too_many_recipients, proto_invalid_cmd_args, proto_wrong_version,
  auth_exch_too_long, media_unspecified, media_unsupported, media_conv_prohibited,
  media_conv_unsupported, media_conv_lossy, media_conv_failed, media_content_unavailable,
  media_non_ascii_addr, media_utf8_reply_required, media_utf8_header_rejected, sec_unspecified,
  auth_succeeded, auth_temp_fail, auth_required, sec_unauthorized, bad_sender_ip, relaying_denied,
  sec_list_expn_prohibited, sec_conv_failed, sec_feature_unsupported, sec_crypto_failure,
  sec_crypto_algo_unsupported, sec_msg_integrity_failure, auth_invalid, auth_too_weak,
  sec_encryption_needed, auth_crypt_required, auth_pass_transition_needed, sec_account_disabled,
  sec_trust_required, sec_priority_too_low, sec_msg_too_big_for_priority, sec_mailbox_owner_changed,
  sec_domain_owner_changed, sec_rrvs_incomplete, sec_dkim_no_pass, sec_dkim_not_acceptable,
  sec_dkim_no_author_match, sec_spf_fail, sec_spf_error, sec_rdns_fail, sec_multi_auth_fail,
  sec_null_mx_sender, sec_mail_flood, sec_arc_fail, sec_requiretls_required,
  // #endregion helpers
})
