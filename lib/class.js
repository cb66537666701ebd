'use strict'

// The class DSN in front of a backend: interprets arguments, keeps what it asked for, makes instances.

const parsersOf = require('./parse.js')
const registryOf = require('./registry.js')
const repliesOf = require('./reply.js')
const rowsOf = require('./rows.js')
const writeReportOf = require('./write_report.js')

// Captured, because plugins can replace them later.
const { apply, defineProperty } = Reflect

/** Makes a class; docs/design.md describes a backend. */
module.exports = function makeClass(backend) {
  /** The names of the helpers, and the rules that are constants. */
  const constants = JSON.parse(backend.constants())
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

  const { allStatuses, defaultTexts, lookup } = registryOf(backend)
  const rows = rowsOf(backend)
  const { DEFAULT, classOf, rowsOfHelper, statusRow, statusText } = rows
  const replies = repliesOf(backend, DSN, constants, defaultTexts)
  const { convert, replyOfRow, replyOfValues } = replies
  const { lacksStatus, parse, parseReport } = parsersOf(backend, rows, replies)
  const statusOf = (dsn) => (lacksStatus(dsn) ? null : statusText(dsn))
  const writeReport = writeReportOf(backend, isDsn, statusOf)

  /** The reply of a status: of `create`, and of the constructor. */
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

  /** The static method for a helper of the core. */
  function methodOf(name) {
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
    descriptor.value = methodOf(name)
    defineProperty(DSN, name, descriptor)
  }

  return DSN
}

// Never executed: Node.js finds the named exports of a CommonJS module by reading its source.
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
