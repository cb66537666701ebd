'use strict'

const backend = require('./binding.js')
const makersOf = require('./lib/makers.js')
const { isUint8Array } = require('util').types

// Captured, because plugins can replace them later.
const { freeze } = Object
const { apply, defineProperty } = Reflect

/** The backend, as described in docs/design.md. All other properties are helpers. */
const { create, lookup, parse, parse_report, rules, statuses, unbound, version, ...helpers } =
  backend

class DSN {
  constructor(code, msg, def, subject, detail) {
    if (new.target === DSN) {
      const usedCode = code === undefined ? def || rules.fallback_code : code
      const row_index = rules.row_index_of(usedCode, msg, subject, detail)
      // biome-ignore lint/correctness/noConstructorReturn: all makers' instances share a hidden class
      if (row_index !== undefined) return makeConstructed(row_index, usedCode, msg, subject, detail)
    }
    apply(convert, this, [code, msg, def, subject, detail])
  }

  toString() {
    return Array.isArray(this.reply) ? this.reply.join('\n') : this.reply
  }

  // haraka-dsn does not have the following.

  static lookup(status) {
    const index = attempt(() => {
      const { status_index } = rules
      if (lacksStatus(status)) return undefined
      return isDsn(status)
        ? status_index(Number(status.sub), Number(status.det))
        : status_index(status)
    })
    return index === undefined ? undefined : allStatuses()[index]
  }

  static parse(reply) {
    const text = attempt(() => textOfReply(reply))
    return parseText(text)
  }

  static parse_report(report) {
    const text = attempt(() => textOf(report))
    return parseReportText(text)
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
    if (lacksStatus(this)) return null
    return rules.status(`${this.cls}`, `${this.sub}`, `${this.det}`)
  }

  set status(value) {
    shadow(this, 'status', value)
  }

  get is_success() {
    return this.cls === rules.success
  }

  set is_success(value) {
    shadow(this, 'is_success', value)
  }

  get is_transient() {
    return this.cls === rules.transient
  }

  set is_transient(value) {
    shadow(this, 'is_transient', value)
  }

  get is_permanent() {
    return this.cls === rules.permanent
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

/** `undefined` if reading throws, as a proxy or a getter can. */
function attempt(read) {
  try {
    return read()
  } catch {
    return undefined
  }
}

let records

/** The registry, deeply frozen; it is built on first use. */
function allStatuses() {
  if (records === undefined) records = frozen(statuses())
  return records
}

function frozen(records) {
  for (let index = 0; index < records.length; index++) {
    const { basic_codes, helpers, references } = freeze(records[index])
    for (let i = 0; i < helpers.length; i++) freeze(helpers[i])
    freeze(basic_codes)
    freeze(helpers)
    freeze(references)
  }
  return freeze(records)
}

/** The text of a reply; `undefined` if the value is neither a string, an array of strings nor bytes. */
const textOfReply = (reply) => (Array.isArray(reply) ? joinLines(reply) : textOf(reply))

function joinLines(lines) {
  let text = ''
  for (const line of lines) {
    if (typeof line !== 'string') return undefined
    text += line.endsWith('\n') ? line : `${line}\n`
  }
  return text
}

/** A text; `undefined` if the value is neither a string nor bytes. */
function textOf(received) {
  if (typeof received === 'string') return received
  if (!isUint8Array(received)) return undefined
  return Buffer.from(received.buffer, received.byteOffset, received.byteLength).toString()
}

// Other copies of this package, and haraka-dsn itself, make DSNs as well. Haraka also recognizes a
// DSN by the name of its class.
const isDsn = (value) => value instanceof DSN || value?.constructor?.name === 'DSN'

const makers = makersOf(backend, DSN)
const { convert, helperMaker, lacksStatus, makeConstructed, makeCreated, makeParsed } = makers
const parseText = unbound.parse.bind(makeParsed)
const parseReportText = unbound.parse_report.bind(makeParsed)

/** Adds a function of the backend as a method of the class. */
function addStatic(name, value) {
  defineProperty(value, 'name', { __proto__: null, value: name })
  defineProperty(DSN, name, { __proto__: null, value, writable: true, configurable: true })
}

// As a prototype, the class keeps its properties in a hash table, to which V8 adds many in a fifth
// of the time.
Object.create(DSN)
addStatic('create', unbound.create.bind(makeCreated))
for (const name of Object.keys(helpers)) {
  addStatic(name, unbound.helper.bind(helperMaker(helpers[name])))
}

module.exports = DSN

// Never executed: Node.js finds the named exports of a CommonJS module by reading its source.
// biome-ignore format: several names on a line
// biome-ignore lint/suspicious/noAssignInExpressions: the form that Node.js recognizes
0 && (module.exports = {
  create, lookup, parse, parse_report, statuses,
  // #region helpers: generated from the table in src/registry.rs by `npm run generate`
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
