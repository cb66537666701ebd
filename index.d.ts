// What an instance has is in a class of its own, so that `DSN.DSN`, to which other modules can add, is the
// type of all instances.
declare class Reply {
  /**
   * The basic code: as passed if it begins with three digits of which the first is 2, 4 or 5, else the
   * default. What follows the digits is not checked: `'550\r\n250 OK'` passes, so never take a code
   * from a client.
   */
  code: DSN.Code
  /** The message as passed; the helper's text if it was omitted. */
  msg: DSN.Message
  /** The class, the first digit of `code`: 2 success, 4 transient, 5 permanent failure. */
  cls: number
  /** The subject, the second number of the enhanced status code: 0 to 999. */
  sub: number
  /** The detail, the third number of the enhanced status code: 0 to 999. */
  det: number
  /** The default text of the status; empty if it has none. */
  default_msg: string
  /**
   * The enhanced status code and the text, as they follow the basic code on the wire; an array of
   * lines if `msg` is one. Never holds a control character (U+0000 to U+001F and U+007F).
   */
  reply: string | string[]

  /**
   * A reply with any code and status.
   *
   * @param code the basic code: 200 to 299, 400 to 599; never take one from a client, see {@link DSN.code}
   * @param msg the text, an array for several lines; default: the text of the status
   * @param def the basic code if `code` does not begin with one; default: 450
   * @param subject the second number of the enhanced status code; default: 0
   * @param detail the third number of the enhanced status code; default: 0
   * @example
   * new DSN(undefined, 'Try later', 451, 4, 3).reply // '4.4.3 Try later'
   */
  constructor(code?: DSN.Code, msg?: DSN.Message, def?: DSN.Code, subject?: number, detail?: number)

  /**
   * The reply as one string for logs: lines are joined by a line feed.
   *
   * @example
   * `${DSN.no_such_user()}` // '5.1.1 No such user'
   */
  toString(): string

  /**
   * The enhanced status code, from the current `cls`, `sub` and `det`; `null` if {@link DSN.parse} read a
   * reply without one, where `sub` and `det` are 0, as in X.0.0.
   *
   * @example
   * DSN.mbox_full().status // '4.2.2'
   * DSN.parse('550 No').status // null
   */
  get status(): string | null
  set status(value: unknown)

  /** Whether the class is 2: the command succeeded. */
  get is_success(): boolean
  set is_success(value: unknown)

  /**
   * Whether the class is 4: the same message may succeed later.
   *
   * @example
   * if (DSN.parse(reply)?.is_transient) retryLater()
   */
  get is_transient(): boolean
  set is_transient(value: unknown)

  /** Whether the class is 5: the same message would fail again. */
  get is_permanent(): boolean
  set is_permanent(value: unknown)
}

/**
 * An SMTP reply: a basic code (`550`), an enhanced status code (`5.1.1`, RFC 3463 and the IANA
 * registry) and a text, on one line or several.
 *
 * A plugin passes it to `next()` instead of a message. Haraka then replies with the DSN's basic code
 * and writes one reply line for each element of an array.
 *
 * @example
 * const DSN = require('haraka-dsn')
 *
 * exports.hook_rcpt = (next, connection, [rcpt]) => {
 *   if (rcpt.user !== 'nobody') return next()
 *   next(DENY, DSN.no_such_user()) // the client gets: 550 5.1.1 No such user
 * }
 */
declare class DSN extends Reply {}

interface DSN extends DSN.DSN {}

declare namespace DSN {
  /**
   * What the replies are made with: the binary, or the WebAssembly module if no binary loads.
   *
   * @example
   * DSN.backend // 'native'
   */
  const backend: 'native' | 'wasm'

  /**
   * The IANA registry of enhanced status codes: one deeply frozen record for each of its 81 codes, in its
   * order. It is built on first use.
   *
   * @example
   * DSN.statuses.filter(({ subject }) => subject === 2).map(({ message }) => message)
   */
  const statuses: readonly DSN.Status[]

  /**
   * Returns the record of a status. Never throws.
   *
   * @param status a string with a class (`'5.1.1'`), with `X` for any class (`'X.1.1'`) or without class
   * (`'1.1'`), or a DSN, of which `sub` and `det` are used
   * @returns the same object as in {@link DSN.statuses}; `undefined` if the argument is not a registered
   * status
   * @example
   * DSN.lookup('5.7.26')?.message // 'Multiple authentication checks failed'
   */
  function lookup(status: string | DSN | null | undefined): DSN.Status | undefined

  /**
   * Parses the reply of a remote server. Throws only a RangeError, if stack or memory do not suffice or if
   * a proxy or getter throws one.
   *
   * - Lines have the same code and end with CR LF or LF; blank lines are ignored. An indented line
   *   continues the one before it, unless it begins with the same code or, after a success, like the line of
   *   a failure. A reply without its last line is accepted.
   * - If a hyphen announces a line that has another code (`250-2.1.0 a`, `550 5.1.1 b`), the last line
   *   decides. No success follows a failure that way. A failure after such a success is a line of its own,
   *   also if it was joined to it (`250-a 550 b`).
   * - Lines that a program joined with spaces, `550-5.1.1 a 550 5.1.1 b` (Postfix, SES, Haraka), are
   *   split again where they repeat basic code and enhanced status code, or have another basic code and a
   *   status of its class; lines joined with the two characters `\n` (Exim), where they have a basic code.
   * - The enhanced status code is at the start of the text of the first line, the last or all (RFC
   *   2034); qmail's forms `#5.1.1 text` and `text (#5.1.1)`, and variants of them, are recognized too.
   *   Between classes 4 and 5 the basic code's class counts, for subjects from 0 to 7 (`554 4.4.7 x` has
   *   the status 5.4.7); otherwise a code of another class is text. Without one, `sub` and `det` are 0
   *   and `status` is `null`.
   * - The form of `String(dsn)`, without basic code, gets 250, 450 or 550, depending on its class. Its
   *   subject must be from 0 to 7: `5.10.0 x` is more probably the version of a program.
   * - Text that programs put before or after a reply is skipped: the type of a diagnostic (`smtp; 550 …`),
   *   Postfix's `host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`, Exim's
   *   `SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …`, qmail's `Remote
   *   host said: 550 …`, and others. `X-Unix; 255` is an exit status and no reply.
   * - A tab becomes a space; other control characters are removed.
   *
   * Of a reply with more than 1,000 lines, the first 1,000 are kept.
   *
   * @param reply a string of one or several lines, an array of lines, or UTF-8 bytes; lines end with CR LF
   * or LF, which is optional on the last line and in an array
   * @returns a DSN whose `msg` is the text without codes, an array if there are several lines; `null`
   * if it is not a reply with a 2yz, 4yz or 5yz code
   * @example
   * const dsn = DSN.parse('550-5.1.1 No such user\r\n550 5.1.1 See https://example.com/')
   * dsn.code // 550
   * dsn.status // '5.1.1'
   * dsn.msg // ['No such user', 'See https://example.com/']
   */
  function parse(
    reply: string | readonly string[] | Uint8Array | null | undefined,
  ): DSN.Parsed | null

  /**
   * Parses a delivery report: a delivery status notification as a message (RFC 3464, RFC 6533). Throws
   * only a RangeError, if stack or memory do not suffice.
   *
   * Takes a whole message with one or several reports among its parts, or the content of such a part
   * (`message/delivery-status`, `message/global-delivery-status`), if that cannot be a letter. A report
   * in an attached message, such as a forwarded bounce, is used if the message itself has none. Several
   * reports are merged: all of their recipients, in order, and the first value of each field about the
   * message. A receipt or a complaint is no delivery report, even if a bounce is attached to it.
   *
   * Reports that deviate from the RFCs are parsed leniently, see the crate's `Report::parse`. Missing
   * fields are `null`. What is kept is limited: 10,000 recipients, as many other fields, 20,000 lines of
   * replies, 16 KB of each value, 256 KB of the returned header and 4 MB of text; `is_truncated` says
   * whether there was more.
   *
   * Anyone can send a report that looks like a bounce: see the recipe for incoming bounces.
   *
   * @param report a string, or UTF-8 bytes, of which invalid ones become U+FFFD
   * @returns the report; `null` if there is none
   * @example
   * const report = DSN.parse_report(bounce)
   * for (const { final_recipient, action, dsn } of report?.recipients ?? []) {
   *   console.log(final_recipient?.address, action, dsn?.code, dsn?.status, dsn?.msg)
   * }
   */
  function parse_report(report: string | Uint8Array | null | undefined): DSN.Report | null

  /**
   * Writes a delivery report as a message (RFC 3464, RFC 6522, RFC 6533) with a text for people, the
   * fields of the report and the message that it is about.
   *
   * Send it with the null sender, `MAIL FROM:<>`, and write none about a message that had it: else two
   * servers could bounce each other's reports for ever.
   *
   * No value can begin a field, a header or a part. If an address or a text is not ASCII, the message has
   * 8-bit parts in UTF-8, as it has if the returned message is 8-bit.
   *
   * @param report in the shape that {@link DSN.parse_report} returns; only `recipients` is required
   * @returns the message, a Buffer; Haraka's `outbound.send_email` takes `String(message)`
   * @throws a TypeError that names the field, and writes nothing, if a value is missing or not valid
   * @example
   * const recipient = {
   *   final_recipient: { address: 'anna@example.com' },
   *   action: 'failed',
   *   dsn: DSN.no_such_user(),
   * }
   * const message = DSN.write_report({ recipients: [recipient] }, { to: 'author@example.com' })
   */
  function write_report(report: DSN.ReportInput, options: DSN.ReportOptions): DSN.Bytes

  /**
   * A reply with any code and status, registered or not.
   *
   * @param code the basic code: 200 to 299, 400 to 599; 450 if it does not begin with one. Never take one
   * from a client, see {@link DSN.code}
   * @param msg the text, an array for several lines; default: the text of the status
   * @param subject the second number of the enhanced status code; default: 0
   * @param detail the third number of the enhanced status code; default: 0
   * @example
   * DSN.create(550, undefined, 7, 26).reply // '5.7.26 Multiple authentication checks failed'
   */
  function create(code?: DSN.Code, msg?: DSN.Message, subject?: number, detail?: number): DSN

  // #region helpers: generated from the core's table by `npm run generate`

  /**
   * `450 4.0.0 Other undefined status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.unspecified())
   */
  function unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.1.0 Other address status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.addr_unspecified())
   */
  function addr_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.1 Bad destination mailbox address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_dest_mbox())
   */
  function addr_bad_dest_mbox(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.1 Bad destination mailbox address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_dest_mailbox())
   * @deprecated An old guide misspelt {@link DSN.addr_bad_dest_mbox | addr_bad_dest_mbox}.
   */
  function addr_bad_dest_mailbox(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.1 No such user` (Bad destination mailbox address; RFC 3463)
   *
   * @example next(DENY, DSN.no_such_user())
   */
  function no_such_user(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.2 Bad destination system address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_dest_system())
   */
  function addr_bad_dest_system(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.3 Bad destination mailbox address syntax` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_dest_syntax())
   */
  function addr_bad_dest_syntax(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.1.4 Destination mailbox address ambiguous` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.addr_dest_ambigous())
   */
  function addr_dest_ambigous(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `250 2.1.5 Destination address valid` (RFC 3463)
   *
   * @example next(OK, DSN.addr_rcpt_ok())
   */
  function addr_rcpt_ok(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.6 Destination mailbox has moved, No forwarding address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_mbox_moved())
   */
  function addr_mbox_moved(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.6 Destination mailbox has moved, No forwarding address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_mbox_mobed())
   * @deprecated An old guide misspelt {@link DSN.addr_mbox_moved | addr_mbox_moved}.
   */
  function addr_mbox_mobed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.7 Bad sender's mailbox address syntax` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_from_syntax())
   */
  function addr_bad_from_syntax(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.1.8 Bad sender's system address` (RFC 3463)
   *
   * @example next(DENY, DSN.addr_bad_from_system())
   */
  function addr_bad_from_system(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `250 2.1.9 Message relayed to non-compliant mailer` (RFC 3886)
   *
   * @example next(OK, DSN.addr_relayed_non_compliant())
   */
  function addr_relayed_non_compliant(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `556 5.1.10 Recipient address has null MX` (RFC 7505, RFC 7504)
   *
   * @example next(DENY, DSN.addr_null_mx())
   */
  function addr_null_mx(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.2.0 Other or undefined mailbox status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.mbox_unspecified())
   */
  function mbox_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.2.1 Mailbox disabled, not accepting messages` (RFC 3463)
   *
   * @example next(DENY, DSN.mbox_disabled())
   */
  function mbox_disabled(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.2.2 Mailbox full` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.mbox_full())
   */
  function mbox_full(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.2.3 Message length exceeds administrative limit` (RFC 3463)
   *
   * @example next(DENY, DSN.mbox_msg_too_long())
   */
  function mbox_msg_too_long(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.2.4 Mailing list expansion problem` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.mbox_list_expansion_problem())
   */
  function mbox_list_expansion_problem(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.3.0 Other or undefined mail system status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sys_unspecified())
   */
  function sys_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.3.1 Mail system full` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sys_disk_full())
   */
  function sys_disk_full(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.3.2 System not accepting network messages` (RFC 3463, RFC 7504)
   *
   * @example next(DENYSOFT, DSN.sys_not_accepting_mail())
   */
  function sys_not_accepting_mail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.3.3 System not capable of selected features` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sys_not_supported())
   */
  function sys_not_supported(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.3.4 Message too big for system` (RFC 3463)
   *
   * @example next(DENY, DSN.sys_msg_too_big())
   */
  function sys_msg_too_big(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.3.5 System incorrectly configured` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sys_incorrectly_configured())
   */
  function sys_incorrectly_configured(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `250 2.3.6 Requested priority was changed` (RFC 6710)
   *
   * @example next(OK, DSN.sys_priority_changed())
   */
  function sys_priority_changed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.0 Other or undefined network or routing status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.net_unspecified())
   */
  function net_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.1 No answer from host` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.net_no_answer())
   */
  function net_no_answer(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.2 Bad connection` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.net_bad_connection())
   */
  function net_bad_connection(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.3 Directory server failure` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.net_directory_server_failed())
   */
  function net_directory_server_failed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.3 Temporary address resolution failure` (Directory server failure; RFC 3463)
   *
   * @example next(DENYSOFT, DSN.temp_resolver_failed())
   */
  function temp_resolver_failed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.4.4 Unable to route` (RFC 3463)
   *
   * @example next(DENY, DSN.net_unable_to_route())
   */
  function net_unable_to_route(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.4.5 Mail system congestion` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.net_system_congested())
   */
  function net_system_congested(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.4.6 Routing loop detected` (RFC 3463)
   *
   * @example next(DENY, DSN.net_routing_loop())
   */
  function net_routing_loop(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.4.6 Too many hops` (Routing loop detected; RFC 3463)
   *
   * @example next(DENY, DSN.too_many_hops())
   */
  function too_many_hops(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.4.7 Delivery time expired` (RFC 3463)
   *
   * @example next(DENY, DSN.net_delivery_time_expired())
   */
  function net_delivery_time_expired(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.5.0 Other or undefined protocol status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.proto_unspecified())
   */
  function proto_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.5.1 Invalid command` (RFC 3463)
   *
   * @example next(DENY, DSN.proto_invalid_command())
   */
  function proto_invalid_command(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.5.2 Syntax error` (RFC 3463)
   *
   * @example next(DENY, DSN.proto_syntax_error())
   */
  function proto_syntax_error(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.5.3 Too many recipients` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.proto_too_many_rcpts())
   */
  function proto_too_many_rcpts(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.5.3 Too many recipients` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.proto_too_many_recipients())
   * @deprecated An old guide misspelt {@link DSN.proto_too_many_rcpts | proto_too_many_rcpts}.
   */
  function proto_too_many_recipients(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.5.4 Invalid command arguments` (RFC 3463)
   *
   * @example next(DENY, DSN.proto_invalid_cmd_args())
   */
  function proto_invalid_cmd_args(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.5.5 Wrong protocol version` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.proto_wrong_version())
   */
  function proto_wrong_version(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `500 5.5.6 Authentication Exchange line is too long` (RFC 4954)
   *
   * @example next(DENY, DSN.auth_exch_too_long())
   */
  function auth_exch_too_long(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.6.0 Other or undefined media error` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.media_unspecified())
   */
  function media_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.6.1 Media not supported` (RFC 3463)
   *
   * @example next(DENY, DSN.media_unsupported())
   */
  function media_unsupported(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.6.2 Conversion required and prohibited` (RFC 3463)
   *
   * @example next(DENY, DSN.media_conv_prohibited())
   */
  function media_conv_prohibited(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.6.3 Conversion required but not supported` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.media_conv_unsupported())
   */
  function media_conv_unsupported(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.6.4 Conversion with loss performed` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.media_conv_lossy())
   */
  function media_conv_lossy(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.6.5 Conversion failed` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.media_conv_failed())
   */
  function media_conv_failed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `554 5.6.6 Message content not available` (RFC 4468)
   *
   * @example next(DENY, DSN.media_content_unavailable())
   */
  function media_content_unavailable(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `553 5.6.7 Non-ASCII addresses not permitted for that sender/recipient` (RFC 6531)
   *
   * @example next(DENY, DSN.media_non_ascii_addr())
   */
  function media_non_ascii_addr(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `553 5.6.8 UTF-8 string reply is required, but not permitted by the SMTP client` (RFC 6531)
   *
   * @example next(DENY, DSN.media_utf8_reply_required())
   */
  function media_utf8_reply_required(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.6.9 UTF-8 header message cannot be transferred to one or more recipients, so the message must be rejected` (RFC 6531)
   *
   * @example next(DENY, DSN.media_utf8_header_rejected())
   */
  function media_utf8_header_rejected(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.7.0 Other or undefined security status` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sec_unspecified())
   */
  function sec_unspecified(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `235 2.7.0 Authentication Succeeded` (Other or undefined security status; RFC 3463)
   *
   * @example next(OK, DSN.auth_succeeded())
   */
  function auth_succeeded(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `454 4.7.0 Temporary authentication failure` (Other or undefined security status; RFC 3463)
   *
   * @example next(DENYSOFT, DSN.auth_temp_fail())
   */
  function auth_temp_fail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `530 5.7.0 Authentication required` (Other or undefined security status; RFC 3463)
   *
   * @example next(DENY, DSN.auth_required())
   */
  function auth_required(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.1 Delivery not authorized, message refused` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_unauthorized())
   */
  function sec_unauthorized(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.1 Bad sender IP` (Delivery not authorized, message refused; RFC 3463)
   *
   * @example next(DENY, DSN.bad_sender_ip())
   */
  function bad_sender_ip(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.1 Relaying denied` (Delivery not authorized, message refused; RFC 3463)
   *
   * @example next(DENY, DSN.relaying_denied())
   */
  function relaying_denied(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.2 Mailing list expansion prohibited` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_list_expn_prohibited())
   */
  function sec_list_expn_prohibited(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.3 Security conversion required but not possible` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_conv_failed())
   */
  function sec_conv_failed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.4 Security features not supported` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_feature_unsupported())
   */
  function sec_feature_unsupported(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.5 Cryptographic failure` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_crypto_failure())
   */
  function sec_crypto_failure(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.7.6 Cryptographic algorithm not supported` (RFC 3463)
   *
   * @example next(DENYSOFT, DSN.sec_crypto_algo_unsupported())
   */
  function sec_crypto_algo_unsupported(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.7 Message integrity failure` (RFC 3463)
   *
   * @example next(DENY, DSN.sec_msg_integrity_failure())
   */
  function sec_msg_integrity_failure(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `535 5.7.8 Authentication credentials invalid` (RFC 4954)
   *
   * @example next(DENY, DSN.auth_invalid())
   */
  function auth_invalid(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `534 5.7.9 Authentication mechanism is too weak` (RFC 4954)
   *
   * @example next(DENY, DSN.auth_too_weak())
   */
  function auth_too_weak(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `523 5.7.10 Encryption Needed` (RFC 5248)
   *
   * @example next(DENY, DSN.sec_encryption_needed())
   */
  function sec_encryption_needed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `538 5.7.11 Encryption required for requested authentication mechanism` (RFC 4954)
   *
   * @example next(DENY, DSN.auth_crypt_required())
   */
  function auth_crypt_required(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `432 4.7.12 A password transition is needed` (RFC 4954)
   *
   * @example next(DENYSOFT, DSN.auth_pass_transition_needed())
   */
  function auth_pass_transition_needed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `525 5.7.13 User Account Disabled` (RFC 5248)
   *
   * @example next(DENY, DSN.sec_account_disabled())
   */
  function sec_account_disabled(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `535 5.7.14 Trust relationship required` (RFC 5248)
   *
   * @example next(DENY, DSN.sec_trust_required())
   */
  function sec_trust_required(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.15 Priority Level is too low` (RFC 6710)
   *
   * @example next(DENY, DSN.sec_priority_too_low())
   */
  function sec_priority_too_low(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `552 5.7.16 Message is too big for the specified priority` (RFC 6710)
   *
   * @example next(DENY, DSN.sec_msg_too_big_for_priority())
   */
  function sec_msg_too_big_for_priority(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.17 Mailbox owner has changed` (RFC 7293)
   *
   * @example next(DENY, DSN.sec_mailbox_owner_changed())
   */
  function sec_mailbox_owner_changed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.18 Domain owner has changed` (RFC 7293)
   *
   * @example next(DENY, DSN.sec_domain_owner_changed())
   */
  function sec_domain_owner_changed(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.19 RRVS test cannot be completed` (RFC 7293)
   *
   * @example next(DENY, DSN.sec_rrvs_incomplete())
   */
  function sec_rrvs_incomplete(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.20 No passing DKIM signature found` (RFC 7372, RFC 6376)
   *
   * @example next(DENY, DSN.sec_dkim_no_pass())
   */
  function sec_dkim_no_pass(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.21 No acceptable DKIM signature found` (RFC 7372, RFC 6376)
   *
   * @example next(DENY, DSN.sec_dkim_not_acceptable())
   */
  function sec_dkim_not_acceptable(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.22 No valid author-matched DKIM signature found` (RFC 7372, RFC 6376)
   *
   * @example next(DENY, DSN.sec_dkim_no_author_match())
   */
  function sec_dkim_no_author_match(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.23 SPF validation failed` (RFC 7372, RFC 7208)
   *
   * @example next(DENY, DSN.sec_spf_fail())
   */
  function sec_spf_fail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `451 4.7.24 SPF validation error` (RFC 7372, RFC 7208)
   *
   * @example next(DENYSOFT, DSN.sec_spf_error())
   */
  function sec_spf_error(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.25 Reverse DNS validation failed` (RFC 7372, RFC 7601)
   *
   * @example next(DENY, DSN.sec_rdns_fail())
   */
  function sec_rdns_fail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.26 Multiple authentication checks failed` (RFC 7372)
   *
   * @example next(DENY, DSN.sec_multi_auth_fail())
   */
  function sec_multi_auth_fail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.27 Sender address has null MX` (RFC 7505)
   *
   * @example next(DENY, DSN.sec_null_mx_sender())
   */
  function sec_null_mx_sender(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `450 4.7.28 Mail flood detected` (draft-levine-mailbomb-header)
   *
   * @example next(DENYSOFT, DSN.sec_mail_flood())
   */
  function sec_mail_flood(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.29 ARC validation failure` (RFC 8617)
   *
   * @example next(DENY, DSN.sec_arc_fail())
   */
  function sec_arc_fail(msg?: DSN.Message, code?: DSN.Code): DSN

  /**
   * `550 5.7.30 REQUIRETLS support required` (RFC 8689)
   *
   * @example next(DENY, DSN.sec_requiretls_required())
   */
  function sec_requiretls_required(msg?: DSN.Message, code?: DSN.Code): DSN
  // #endregion helpers

  /**
   * An instance. A module that adds properties to instances, or helpers to the class, declares both:
   *
   * @example
   * declare module 'haraka-dsn' {
   *   interface DSN { note?: string }
   *   function helo_not_ascii(msg?: Message, code?: Code): DSN
   * }
   */
  interface DSN extends Reply {}

  /**
   * A basic code: 200 to 299 or 400 to 599, as a number or a string. If it does not begin like one, or is
   * omitted, the default applies; what follows the three digits passes, see {@link DSN.code}.
   */
  type Code = number | string | null | undefined

  /** A text of one line, or an array of lines; an empty or omitted text means the default. */
  type Message = string | readonly string[] | null | undefined

  /** The result of {@link DSN.parse}: the code is a number, and there is a text. */
  interface Parsed extends DSN {
    /** The basic code: 200 to 299, 400 to 599. */
    code: number
    /** The text without codes; an array if there are several lines. */
    msg: string | string[]
  }

  /** The result of {@link DSN.parse_report}. All dates are as written. */
  interface Report {
    /** `Original-Envelope-Id`: the ENVID of the message's sender (RFC 3464 §2.2.1). */
    original_envelope_id: string | null
    /** `Reporting-MTA`: the server that tried to deliver the message (RFC 3464 §2.2.2). */
    reporting_mta: Mta | null
    /** `DSN-Gateway`: the gateway that translated the report (RFC 3464 §2.2.3). */
    dsn_gateway: Mta | null
    /** `Received-From-MTA`: the server that sent the message to the reporting MTA (RFC 3464 §2.2.4). */
    received_from_mta: Mta | null
    /** `Arrival-Date`: when the message arrived there (RFC 3464 §2.2.5). */
    arrival_date: string | null
    /** Other fields about the message: the values by name, in the name's original spelling. */
    extensions: Record<string, string[] | undefined>
    /** The recipients, in the report's order: at least one. */
    recipients: Recipient[]
    /** The message that the report is about, as far as it was returned with it. */
    returned: Returned | null
    /** Whether the report contains more than is kept. */
    is_truncated: boolean
  }

  /** The message that a report is about, as returned with the report. */
  interface Returned {
    /** Its `Message-ID`, with the angle brackets. */
    message_id: string | null
    /** The fields of its header: the values by name, as written but unfolded. */
    header: Record<string, string[] | undefined>
    /** Whether the whole message was returned, not its header alone. */
    is_whole: boolean
  }

  /** The delivery status of a message for one recipient. */
  interface Recipient {
    /** `Original-Recipient`: the address that the sender specified (RFC 3464 §2.3.1). */
    original_recipient: Address | null
    /** `Final-Recipient`: the address to which delivery was attempted (RFC 3464 §2.3.2). */
    final_recipient: Address | null
    /**
     * `Action`, in lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded` (RFC 3464
     * §2.3.3) or another word that a program writes, such as `expired`.
     */
    action: string | null
    /** `Status`: an enhanced status code (RFC 3464 §2.3.4). */
    status: string | null
    /** The comment after the status, without parentheses. */
    status_comment: string | null
    /** `Remote-MTA`: the server that the reporting MTA connected to (RFC 3464 §2.3.5). */
    remote_mta: Mta | null
    /** `Diagnostic-Code`, unfolded: for the type `smtp`, the remote server's reply (RFC 3464 §2.3.6). */
    diagnostic: Diagnostic | null
    /** `Last-Attempt-Date` (RFC 3464 §2.3.7). */
    last_attempt_date: string | null
    /** `Final-Log-ID`: the identifier in the reporting server's log (RFC 3464 §2.3.8). */
    final_log_id: string | null
    /** `Will-Retry-Until` (RFC 3464 §2.3.9). */
    will_retry_until: string | null
    /** Other fields about the recipient, and repeated ones. */
    extensions: Record<string, string[] | undefined>
    /**
     * What happened, as a reply, if the recipient has a status or a reply. The diagnostic, if it is a
     * reply; `status` replaces an enhanced status code that is missing or X.0.0 if the class is the same.
     * Else `status` with 250, 450 or 550 and the diagnostic as its text. Where there is no text, it is
     * the default text of the status. Never a success for a recipient whose action is `failed` or
     * `delayed`, or whose status or diagnostic is a failure, also if that is a second value of the field
     * or one that is not valid.
     */
    dsn: Parsed | null
  }

  /** An address and its type (RFC 3464 §2.1.2) in lower case, `null` if the report has none. */
  interface Address {
    type: string | null
    /** Without comments and angle brackets; decoded if the type is `utf-8` (RFC 6533). */
    address: string
    /** The comment beside the address, without parentheses. */
    comment: string | null
  }

  /** The name of a mail server and its type in lower case, usually `dns`. */
  interface Mta {
    type: string | null
    /** Without comments. */
    name: string
    /** The comment beside the name, without parentheses. */
    comment: string | null
  }

  /** A diagnostic and its type in lower case: `smtp`, `x-unix`, `x-postfix`. */
  interface Diagnostic {
    type: string | null
    text: string
  }

  /** A report for {@link DSN.write_report}. Dates are texts of RFC 5322, or a Date. */
  interface ReportInput {
    original_envelope_id?: string | null
    /** Default: the name of this host. */
    reporting_mta?: TypedInput<'name'> | null
    dsn_gateway?: TypedInput<'name'> | null
    received_from_mta?: TypedInput<'name'> | null
    arrival_date?: string | Date | null
    extensions?: Readonly<Record<string, readonly string[] | undefined>> | null
    /** At least one. */
    recipients: readonly RecipientInput[]
  }

  /** A recipient for {@link DSN.write_report}, with a `dsn` or a `status`. */
  interface RecipientInput {
    original_recipient?: TypedInput<'address'> | null
    final_recipient: TypedInput<'address'> | null
    /** `failed`, `delayed`, `delivered`, `relayed` or `expanded`. */
    action: string | null
    /** Default: that of `dsn`. */
    status?: string | null
    status_comment?: string | null
    remote_mta?: TypedInput<'name'> | null
    /** Default: the codes and the text of `dsn`; none if it is `null` beside a `status`. */
    diagnostic?: TypedInput<'text'> | null
    last_attempt_date?: string | Date | null
    final_log_id?: string | null
    /** Until when a delayed message is tried. */
    will_retry_until?: string | Date | null
    extensions?: Readonly<Record<string, readonly string[] | undefined>> | null
    /** The server's reply. */
    dsn?: DSN | null
  }

  /**
   * A value with its type. Default: `rfc822` or, if it is not ASCII, `utf-8` for an address, `dns` for a
   * name, `smtp` for a text that is a reply.
   */
  type TypedInput<Key extends string> = {
    readonly type?: string | null
    readonly comment?: string | null
  } & { readonly [key in Key]: string }

  /** What a message of {@link DSN.write_report} has besides the report. */
  interface ReportOptions {
    /** The sender of the message that the report is about: an address, or `Name <address>`. */
    to: string
    /** Default: `Mail Delivery System <postmaster@…>` at the reporting server. */
    from?: string | null
    /** Default: what happened, in a few words. */
    subject?: string | null
    /** The text for people. Default: what happened for each recipient, why, and what the server said. */
    text?: string | null
    /** Default: now. */
    date?: Date | string | null
    /** Default: a new one. */
    message_id?: string | null
    /** The message that the report is about. Default: nothing is returned. */
    returned?: string | Uint8Array | null
    /** Whether of that message the header alone is returned, as `RET=HDRS` asks (RFC 3461). */
    headers_only?: boolean | null
    /**
     * How many octets of it are returned, up to 4,294,967,295; default: 100,000. Of a longer message the
     * header alone is returned.
     */
    limit?: number | null
  }

  /** A Buffer where there is one. */
  type Bytes = typeof globalThis extends { Buffer: { prototype: infer Buffer } }
    ? Buffer
    : Uint8Array

  /** A record of the registry; see {@link DSN.statuses}. */
  interface Status {
    /** The code, with X for the class: `'X.1.1'`. */
    readonly status: string
    /** The second number of the enhanced status code. */
    readonly subject: number
    /** The third number of the enhanced status code. */
    readonly detail: number
    /** The default text; empty only for X.6.10, a deprecated duplicate of X.6.8. */
    readonly message: string
    /**
     * The basic codes that the registry associates with the status. Empty where it lists none: X.0.0 goes
     * with any code, X.7.17 to X.7.19 with any 5yz code.
     */
    readonly basic_codes: readonly number[]
    /** The documents that define the status: `['RFC 3463']`. */
    readonly references: readonly string[]
    /** The helpers that reply with this status; only X.6.10 has none. */
    readonly helpers: readonly Helper[]
  }

  /** A helper in a record of {@link DSN.statuses}. */
  interface Helper {
    /** The name of the static method: `'no_such_user'`. */
    readonly name: string
    /** The default basic code. */
    readonly code: number
    /** The default text: the helper's text, or that of the status. */
    readonly message: string
  }
}

export = DSN
