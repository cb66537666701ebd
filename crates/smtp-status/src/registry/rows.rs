//! The data: every registered status with its default text and its helpers.
//!
//! To add a status or a helper, add a row here.

/// Passes the rows to the macro `$callback`. [`status`](super::status) makes the statuses from them,
/// [`helpers`](super::helpers) the functions.
///
/// Rows are in the order of the IANA registry and have the form
///
/// ```text
/// (subject, detail) "default text" [associated basic code, …] ["reference", …] {
///     helper => basic code ("helper's text"),
/// }
/// ```
///
/// `(message)` as the helper's text is the default text: in haraka-dsn, too, it is the `msg` of this helper.
#[rustfmt::skip] // it indents the second line of a text further each time
macro_rules! registry {
    ($callback:ident) => {
        $callback! {
            // X.0: other or undefined status
            (0, 0) "Other undefined status" [] ["RFC 3463"] {
                unspecified => 450,
            }

            // X.1: addressing status
            (1, 0) "Other address status" [] ["RFC 3463"] {
                addr_unspecified => 450,
            }
            (1, 1) "Bad destination mailbox address" [451, 550] ["RFC 3463"] {
                addr_bad_dest_mbox => 550,
                no_such_user => 550 ("No such user"),
            }
            (1, 2) "Bad destination system address" [] ["RFC 3463"] {
                addr_bad_dest_system => 550,
            }
            (1, 3) "Bad destination mailbox address syntax" [501] ["RFC 3463"] {
                addr_bad_dest_syntax => 550,
            }
            (1, 4) "Destination mailbox address ambiguous" [] ["RFC 3463"] {
                addr_dest_ambiguous => 450,
            }
            (1, 5) "Destination address valid" [250] ["RFC 3463"] {
                addr_rcpt_ok => 250,
            }
            (1, 6) "Destination mailbox has moved, No forwarding address" [] ["RFC 3463"] {
                addr_mbox_moved => 550,
            }
            (1, 7) "Bad sender's mailbox address syntax" [] ["RFC 3463"] {
                addr_bad_from_syntax => 550,
            }
            (1, 8) "Bad sender's system address" [451, 501] ["RFC 3463"] {
                addr_bad_from_system => 550,
            }
            (1, 9) "Message relayed to non-compliant mailer" [] ["RFC 3886"] {
                // The registry has no basic code. RFC 3886 means a success: the address was good,
                // and the message was relayed to a system that cannot report its delivery.
                addr_relayed_non_compliant => 250,
            }
            (1, 10) "Recipient address has null MX" [556] ["RFC 7505", "RFC 7504"] {
                addr_null_mx => 556,
            }

            // X.2: mailbox status
            (2, 0) "Other or undefined mailbox status" [] ["RFC 3463"] {
                mbox_unspecified => 450,
            }
            (2, 1) "Mailbox disabled, not accepting messages" [] ["RFC 3463"] {
                mbox_disabled => 550,
            }
            (2, 2) "Mailbox full" [552] ["RFC 3463"] {
                mbox_full => 450,
            }
            (2, 3) "Message length exceeds administrative limit" [552] ["RFC 3463"] {
                mbox_msg_too_long => 550,
            }
            (2, 4) "Mailing list expansion problem" [450, 452] ["RFC 3463"] {
                mbox_list_expansion_problem => 450,
            }

            // X.3: mail system status
            (3, 0) "Other or undefined mail system status"
                [221, 250, 421, 451, 550, 554] ["RFC 3463"] {
                sys_unspecified => 450,
            }
            (3, 1) "Mail system full" [452] ["RFC 3463"] {
                sys_disk_full => 450,
            }
            (3, 2) "System not accepting network messages" [453, 521] ["RFC 3463", "RFC 7504"] {
                sys_not_accepting_mail => 450,
            }
            (3, 3) "System not capable of selected features" [] ["RFC 3463"] {
                sys_not_supported => 450,
            }
            (3, 4) "Message too big for system" [552, 554] ["RFC 3463"] {
                sys_msg_too_big => 550,
            }
            (3, 5) "System incorrectly configured" [] ["RFC 3463"] {
                sys_incorrectly_configured => 450,
            }
            (3, 6) "Requested priority was changed" [250, 251] ["RFC 6710"] {
                sys_priority_changed => 250,
            }

            // X.4: network and routing status
            (4, 0) "Other or undefined network or routing status" [] ["RFC 3463"] {
                net_unspecified => 450,
            }
            (4, 1) "No answer from host" [451] ["RFC 3463"] {
                net_no_answer => 450,
            }
            (4, 2) "Bad connection" [421] ["RFC 3463"] {
                net_bad_connection => 450,
            }
            (4, 3) "Directory server failure" [451, 550] ["RFC 3463"] {
                net_directory_server_failed => 450,
                temp_resolver_failed => 450 ("Temporary address resolution failure"),
            }
            (4, 4) "Unable to route" [] ["RFC 3463"] {
                net_unable_to_route => 550,
            }
            (4, 5) "Mail system congestion" [451] ["RFC 3463"] {
                net_system_congested => 450,
            }
            (4, 6) "Routing loop detected" [] ["RFC 3463"] {
                net_routing_loop => 550,
                too_many_hops => 550 ("Too many hops"),
            }
            (4, 7) "Delivery time expired" [] ["RFC 3463"] {
                net_delivery_time_expired => 550,
            }

            // X.5: mail delivery protocol status
            (5, 0) "Other or undefined protocol status"
                [220, 250, 251, 252, 253, 451, 452, 454, 458, 459, 501, 502, 503, 554]
                ["RFC 3463"] {
                proto_unspecified => 450,
            }
            (5, 1) "Invalid command" [430, 500, 501, 503, 530, 550, 554, 555] ["RFC 3463"] {
                proto_invalid_command => 550,
            }
            (5, 2) "Syntax error" [500, 501, 502, 550, 555] ["RFC 3463"] {
                proto_syntax_error => 550,
            }
            (5, 3) "Too many recipients" [451] ["RFC 3463"] {
                proto_too_many_rcpts => 450,
            }
            (5, 4) "Invalid command arguments" [451, 501, 502, 503, 504, 550, 555] ["RFC 3463"] {
                proto_invalid_cmd_args => 550,
            }
            (5, 5) "Wrong protocol version" [] ["RFC 3463"] {
                proto_wrong_version => 450,
            }
            (5, 6) "Authentication Exchange line is too long" [500] ["RFC 4954"] {
                auth_exch_too_long => 500,
            }

            // X.6: message content or media status
            (6, 0) "Other or undefined media error" [] ["RFC 3463"] {
                media_unspecified => 450,
            }
            (6, 1) "Media not supported" [] ["RFC 3463"] {
                media_unsupported => 550,
            }
            (6, 2) "Conversion required and prohibited" [] ["RFC 3463"] {
                media_conv_prohibited => 550,
            }
            (6, 3) "Conversion required but not supported" [554] ["RFC 3463"] {
                media_conv_unsupported => 450,
            }
            (6, 4) "Conversion with loss performed" [250] ["RFC 3463"] {
                media_conv_lossy => 450,
            }
            (6, 5) "Conversion failed" [] ["RFC 3463"] {
                media_conv_failed => 450,
            }
            (6, 6) "Message content not available" [554] ["RFC 4468"] {
                media_content_unavailable => 554,
            }

            // haraka-dsn has no text for X.6.7 to X.6.9 and X.7.28 to X.7.30. These are the
            // registry's.
            (6, 7) "Non-ASCII addresses not permitted for that sender/recipient"
                [553, 550] ["RFC 6531"] {
                media_non_ascii_addr => 553,
            }
            (6, 8) "UTF-8 string reply is required, but not permitted by the SMTP client"
                [252, 553, 550] ["RFC 6531"] {
                // 252 is not a refusal: it replies to a VRFY that cannot be verified (RFC 5321
                // §3.5.3).
                media_utf8_reply_required => 553,
            }
            (6, 9) "UTF-8 header message cannot be transferred to one or more recipients, \
                    so the message must be rejected" [550] ["RFC 6531"] {
                media_utf8_header_rejected => 550,
            }
            // Deprecated by the registry as a duplicate of X.6.8, and without a text: no helper.
            (6, 10) "" [] ["RFC 6531"] {}

            // X.7: security or policy status
            (7, 0) "Other or undefined security status"
                [220, 235, 450, 454, 500, 501, 503, 504, 530, 535, 550] ["RFC 3463"] {
                sec_unspecified => 450 (message),
                auth_succeeded => 235 ("Authentication Succeeded"),
                auth_temp_fail => 454 ("Temporary authentication failure"),
                auth_required => 530 ("Authentication required"),
            }
            (7, 1) "Delivery not authorized, message refused"
                [451, 454, 502, 503, 533, 550, 551] ["RFC 3463"] {
                sec_unauthorized => 550,
                bad_sender_ip => 550 ("Bad sender IP"),
                relaying_denied => 550 ("Relaying denied"),
            }
            (7, 2) "Mailing list expansion prohibited" [550] ["RFC 3463"] {
                sec_list_expn_prohibited => 550,
            }
            (7, 3) "Security conversion required but not possible" [] ["RFC 3463"] {
                sec_conv_failed => 550,
            }
            (7, 4) "Security features not supported" [504] ["RFC 3463"] {
                sec_feature_unsupported => 550,
            }
            (7, 5) "Cryptographic failure" [] ["RFC 3463"] {
                sec_crypto_failure => 550,
            }
            (7, 6) "Cryptographic algorithm not supported" [] ["RFC 3463"] {
                sec_crypto_algo_unsupported => 450,
            }
            (7, 7) "Message integrity failure" [] ["RFC 3463"] {
                sec_msg_integrity_failure => 550,
            }
            (7, 8) "Authentication credentials invalid" [535, 554] ["RFC 4954"] {
                auth_invalid => 535,
            }
            (7, 9) "Authentication mechanism is too weak" [534] ["RFC 4954"] {
                auth_too_weak => 534,
            }
            (7, 10) "Encryption Needed" [523] ["RFC 5248"] {
                sec_encryption_needed => 523,
            }
            (7, 11) "Encryption required for requested authentication mechanism"
                [524, 538] ["RFC 4954"] {
                auth_crypt_required => 538,
            }
            (7, 12) "A password transition is needed" [422, 432] ["RFC 4954"] {
                auth_pass_transition_needed => 432,
            }
            (7, 13) "User Account Disabled" [525] ["RFC 5248"] {
                sec_account_disabled => 525,
            }
            (7, 14) "Trust relationship required" [535, 554] ["RFC 5248"] {
                sec_trust_required => 535,
            }
            (7, 15) "Priority Level is too low" [450, 550] ["RFC 6710"] {
                // 450 is for a server that will accept the priority later.
                sec_priority_too_low => 550,
            }
            (7, 16) "Message is too big for the specified priority" [552] ["RFC 6710"] {
                sec_msg_too_big_for_priority => 552,
            }
            (7, 17) "Mailbox owner has changed" [] ["RFC 7293"] {
                // X.7.17 to X.7.19 have "5XX" in the registry. 550 refuses a mailbox for reasons of
                // policy (RFC 5321 §4.2.3), and what these refuse is a recipient.
                sec_mailbox_owner_changed => 550,
            }
            (7, 18) "Domain owner has changed" [] ["RFC 7293"] {
                sec_domain_owner_changed => 550,
            }
            (7, 19) "RRVS test cannot be completed" [] ["RFC 7293"] {
                sec_rrvs_incomplete => 550,
            }
            (7, 20) "No passing DKIM signature found" [550] ["RFC 7372", "RFC 6376"] {
                sec_dkim_no_pass => 550,
            }
            (7, 21) "No acceptable DKIM signature found" [550] ["RFC 7372", "RFC 6376"] {
                sec_dkim_not_acceptable => 550,
            }
            (7, 22) "No valid author-matched DKIM signature found" [550] ["RFC 7372", "RFC 6376"] {
                sec_dkim_no_author_match => 550,
            }
            (7, 23) "SPF validation failed" [550] ["RFC 7372", "RFC 7208"] {
                sec_spf_fail => 550,
            }
            (7, 24) "SPF validation error" [451, 550] ["RFC 7372", "RFC 7208"] {
                sec_spf_error => 451,
            }
            (7, 25) "Reverse DNS validation failed" [550] ["RFC 7372", "RFC 7601"] {
                sec_rdns_fail => 550,
            }
            (7, 26) "Multiple authentication checks failed" [550] ["RFC 7372"] {
                sec_multi_auth_fail => 550,
            }
            (7, 27) "Sender address has null MX" [550] ["RFC 7505"] {
                sec_null_mx_sender => 550,
            }
            (7, 28) "Mail flood detected" [] ["draft-levine-mailbomb-header"] {
                // Neither the draft nor the registry has a basic code. A flood ends, and the message
                // that is refused may be a wanted one: it is worth another attempt.
                sec_mail_flood => 450,
            }
            (7, 29) "ARC validation failure" [550] ["RFC 8617"] {
                sec_arc_fail => 550,
            }
            (7, 30) "REQUIRETLS support required" [550] ["RFC 8689"] {
                sec_requiretls_required => 550,
            }
        }
    };
}

/// The text of a helper: its own if it has one, else the default text of its status.
macro_rules! helper_text {
    ($message:literal $(message)?) => {
        $message
    };
    ($message:literal $own:literal) => {
        $own
    };
}

pub(super) use {helper_text, registry};
