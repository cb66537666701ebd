//! The table: every registered status, its default text and its helpers.
//!
//! Everything else derives from it: the helper functions of this crate and of the addon, the
//! types in `index.d.ts` and the table in the README. To add a status or a helper is to add a
//! row here.

use crate::code::BasicCode;
use crate::reply::Reply;

/// A status of the IANA registry of enhanced status codes (RFC 5248): a subject and a detail,
/// whatever the class.
#[derive(Debug, PartialEq, Eq)]
pub struct Status {
    subject: u16,
    detail: u16,
    message: &'static str,
    references: &'static [&'static str],
    helpers: &'static [Helper],
}

impl Status {
    /// The status registered for a subject and a detail, `None` if there is none.
    ///
    /// ```
    /// use haraka_dsn_rs::Status;
    ///
    /// assert_eq!(Status::lookup(2, 2).unwrap().message(), "Mailbox full");
    /// assert!(Status::lookup(2, 99).is_none());
    /// ```
    pub fn lookup(subject: u16, detail: u16) -> Option<&'static Status> {
        Status::position(subject, detail).map(|at| &STATUSES[at])
    }

    /// The row of [`STATUSES`] that has this subject and detail.
    pub(crate) fn position(subject: u16, detail: u16) -> Option<usize> {
        STATUSES.binary_search_by_key(&(subject, detail), |row| (row.subject, row.detail)).ok()
    }

    /// The second number of the enhanced status code.
    pub const fn subject(&self) -> u16 {
        self.subject
    }

    /// The third number of the enhanced status code.
    pub const fn detail(&self) -> u16 {
        self.detail
    }

    /// The default text: the registry's sample text, in haraka-dsn's spelling.
    pub const fn message(&self) -> &'static str {
        self.message
    }

    /// The documents that define the status.
    pub const fn references(&self) -> &'static [&'static str] {
        self.references
    }

    /// The helpers that reply with this status.
    pub const fn helpers(&self) -> &'static [Helper] {
        self.helpers
    }
}

/// A named reason to reply with a status.
///
/// For each there is a function of that name in [`helpers`].
#[derive(Debug, PartialEq, Eq)]
pub struct Helper {
    name: &'static str,
    old_name: Option<&'static str>,
    code: BasicCode,
    own_message: Option<&'static str>,
}

impl Helper {
    /// The name, as in haraka-dsn.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The name that the guide of haraka-dsn before 1.2.0 printed by mistake, if it did; plugins
    /// copied it, so the addon answers to both.
    pub const fn old_name(&self) -> Option<&'static str> {
        self.old_name
    }

    /// The basic code, unless the caller gives one.
    pub const fn code(&self) -> BasicCode {
        self.code
    }

    /// The text, where it is the helper's own and not the [status's](Status::message).
    pub const fn own_message(&self) -> Option<&'static str> {
        self.own_message
    }
}

/// Checks a basic code of the table when it is compiled.
const fn code(number: u16) -> BasicCode {
    BasicCode::new(number).expect("a basic code of the table")
}

/// The text of a helper: its own if it has one, else the status's. The word `message` stands for
/// a text of its own that repeats the status's.
macro_rules! text {
    ($message:literal $(message)?) => {
        $message
    };
    ($message:literal $own:literal) => {
        $own
    };
}

macro_rules! own_message {
    ($message:literal) => { None };
    ($message:literal $own:tt) => { Some(text!($message $own)) };
}

macro_rules! old_name {
    () => {
        None
    };
    ($name:ident) => {
        Some(stringify!($name))
    };
}

macro_rules! cite {
    ([$first:literal $(, $more:literal)*]) => { concat!($first $(, ", ", $more)*) };
}

/// Reads rows of the form
///
/// ```text
/// (subject, detail) "default text" ["reference", …] {
///     helper | old_name => basic code ("own text"),
/// }
/// ```
macro_rules! statuses {
    ($(
        ($subject:literal, $detail:literal) $message:literal $references:tt {
            $($helper:ident $(| $old_name:ident)? => $code:literal $(($own:tt))?,)*
        }
    )*) => {
        /// Every status that has a default text, in the order of the registry.
        pub static STATUSES: &[Status] = &[$(
            Status {
                subject: $subject,
                detail: $detail,
                message: $message,
                references: &$references,
                helpers: &[$(
                    Helper {
                        name: stringify!($helper),
                        old_name: old_name!($($old_name)?),
                        code: code($code),
                        own_message: own_message!($message $($own)?),
                    },
                )*],
            },
        )*];

        /// One function for each named reason to reply, under haraka-dsn's names.
        ///
        /// Each makes the [`Reply`] that haraka-dsn's helper of that name gives without
        /// arguments; see there how to change its text and code.
        pub mod helpers {
            use super::{Reply, code};
            $($(
                #[doc = concat!(
                    "`", $code, " X.", $subject, ".", $detail, " ", text!($message $($own)?), "`\n\n",
                    "Status: ", $message, " (", cite!($references), ").\n\n",
                    "```\n",
                    "let reply = haraka_dsn_rs::helpers::", stringify!($helper), "();\n",
                    "assert_eq!(reply.code().get(), ", $code, ");\n",
                    "assert!(reply.to_string().ends_with(\".", $subject, ".", $detail, " ",
                    text!($message $($own)?), "\"));\n",
                    "```",
                )]
                pub fn $helper() -> Reply {
                    Reply::with_default(code($code), $subject, $detail, text!($message $($own)?))
                }
            )*)*
        }
    };
}

statuses! {
    // X.0: other or undefined status
    (0, 0) "Other undefined status" ["RFC 3463"] {
        unspecified => 450,
    }

    // X.1: addressing status
    (1, 0) "Other address status" ["RFC 3463"] {
        addr_unspecified => 450,
    }
    (1, 1) "Bad destination mailbox address" ["RFC 3463"] {
        addr_bad_dest_mbox | addr_bad_dest_mailbox => 550,
        no_such_user => 550 ("No such user"),
    }
    (1, 2) "Bad destination system address" ["RFC 3463"] {
        addr_bad_dest_system => 550,
    }
    (1, 3) "Bad destination mailbox address syntax" ["RFC 3463"] {
        addr_bad_dest_syntax => 550,
    }
    (1, 4) "Destination mailbox address ambiguous" ["RFC 3463"] {
        addr_dest_ambigous => 450,
    }
    (1, 5) "Destination address valid" ["RFC 3463"] {
        addr_rcpt_ok => 250,
    }
    (1, 6) "Destination mailbox has moved, No forwarding address" ["RFC 3463"] {
        addr_mbox_moved | addr_mbox_mobed => 550,
    }
    (1, 7) "Bad sender's mailbox address syntax" ["RFC 3463"] {
        addr_bad_from_syntax => 550,
    }
    (1, 8) "Bad sender's system address" ["RFC 3463"] {
        addr_bad_from_system => 550,
    }
    (1, 9) "Message relayed to non-compliant mailer" ["RFC 3886"] {}
    (1, 10) "Recipient address has null MX" ["RFC 7505", "RFC 7504"] {
        addr_null_mx => 556,
    }

    // X.2: mailbox status
    (2, 0) "Other or undefined mailbox status" ["RFC 3463"] {
        mbox_unspecified => 450,
    }
    (2, 1) "Mailbox disabled, not accepting messages" ["RFC 3463"] {
        mbox_disabled => 550,
    }
    (2, 2) "Mailbox full" ["RFC 3463"] {
        mbox_full => 450,
    }
    (2, 3) "Message length exceeds administrative limit" ["RFC 3463"] {
        mbox_msg_too_long => 550,
    }
    (2, 4) "Mailing list expansion problem" ["RFC 3463"] {
        mbox_list_expansion_problem => 450,
    }

    // X.3: mail system status
    (3, 0) "Other or undefined mail system status" ["RFC 3463"] {
        sys_unspecified => 450,
    }
    (3, 1) "Mail system full" ["RFC 3463"] {
        sys_disk_full => 450,
    }
    (3, 2) "System not accepting network messages" ["RFC 3463", "RFC 7504"] {
        sys_not_accepting_mail => 450,
    }
    (3, 3) "System not capable of selected features" ["RFC 3463"] {
        sys_not_supported => 450,
    }
    (3, 4) "Message too big for system" ["RFC 3463"] {
        sys_msg_too_big => 550,
    }
    (3, 5) "System incorrectly configured" ["RFC 3463"] {
        sys_incorrectly_configured => 450,
    }
    (3, 6) "Requested priority was changed" ["RFC 6710"] {}

    // X.4: network and routing status
    (4, 0) "Other or undefined network or routing status" ["RFC 3463"] {
        net_unspecified => 450,
    }
    (4, 1) "No answer from host" ["RFC 3463"] {
        net_no_answer => 450,
    }
    (4, 2) "Bad connection" ["RFC 3463"] {
        net_bad_connection => 450,
    }
    (4, 3) "Directory server failure" ["RFC 3463"] {
        net_directory_server_failed => 450,
        temp_resolver_failed => 450 ("Temporary address resolution failure"),
    }
    (4, 4) "Unable to route" ["RFC 3463"] {
        net_unable_to_route => 550,
    }
    (4, 5) "Mail system congestion" ["RFC 3463"] {
        net_system_congested => 450,
    }
    (4, 6) "Routing loop detected" ["RFC 3463"] {
        net_routing_loop => 550,
        too_many_hops => 550 ("Too many hops"),
    }
    (4, 7) "Delivery time expired" ["RFC 3463"] {
        net_delivery_time_expired => 550,
    }

    // X.5: mail delivery protocol status
    (5, 0) "Other or undefined protocol status" ["RFC 3463"] {
        proto_unspecified => 450,
    }
    (5, 1) "Invalid command" ["RFC 3463"] {
        proto_invalid_command => 550,
    }
    (5, 2) "Syntax error" ["RFC 3463"] {
        proto_syntax_error => 550,
    }
    (5, 3) "Too many recipients" ["RFC 3463"] {
        proto_too_many_rcpts | proto_too_many_recipients => 450,
    }
    (5, 4) "Invalid command arguments" ["RFC 3463"] {
        proto_invalid_cmd_args => 550,
    }
    (5, 5) "Wrong protocol version" ["RFC 3463"] {
        proto_wrong_version => 450,
    }
    (5, 6) "Authentication Exchange line is too long" ["RFC 4954"] {
        auth_exch_too_long => 500,
    }

    // X.6: message content or media status
    (6, 0) "Other or undefined media error" ["RFC 3463"] {
        media_unspecified => 450,
    }
    (6, 1) "Media not supported" ["RFC 3463"] {
        media_unsupported => 550,
    }
    (6, 2) "Conversion required and prohibited" ["RFC 3463"] {
        media_conv_prohibited => 550,
    }
    (6, 3) "Conversion required but not supported" ["RFC 3463"] {
        media_conv_unsupported => 450,
    }
    (6, 4) "Conversion with loss performed" ["RFC 3463"] {
        media_conv_lossy => 450,
    }
    (6, 5) "Conversion failed" ["RFC 3463"] {
        media_conv_failed => 450,
    }
    (6, 6) "Message content not available" ["RFC 4468"] {}

    // X.7: security or policy status
    (7, 0) "Other or undefined security status" ["RFC 3463"] {
        sec_unspecified => 450 (message),
        auth_succeeded => 235 ("Authentication Succeeded"),
        auth_temp_fail => 454 ("Temporary authentication failure"),
        auth_required => 530 ("Authentication required"),
    }
    (7, 1) "Delivery not authorized, message refused" ["RFC 3463"] {
        sec_unauthorized => 550,
        bad_sender_ip => 550 ("Bad sender IP"),
        relaying_denied => 550 ("Relaying denied"),
    }
    (7, 2) "Mailing list expansion prohibited" ["RFC 3463"] {
        sec_list_expn_prohibited => 550,
    }
    (7, 3) "Security conversion required but not possible" ["RFC 3463"] {
        sec_conv_failed => 550,
    }
    (7, 4) "Security features not supported" ["RFC 3463"] {
        sec_feature_unsupported => 550,
    }
    (7, 5) "Cryptographic failure" ["RFC 3463"] {
        sec_crypto_failure => 550,
    }
    (7, 6) "Cryptographic algorithm not supported" ["RFC 3463"] {
        sec_crypto_algo_unsupported => 450,
    }
    (7, 7) "Message integrity failure" ["RFC 3463"] {
        sec_msg_integrity_failure => 550,
    }
    (7, 8) "Authentication credentials invalid" ["RFC 4954"] {
        auth_invalid => 535,
    }
    (7, 9) "Authentication mechanism is too weak" ["RFC 4954"] {
        auth_too_weak => 534,
    }
    (7, 10) "Encryption Needed" ["RFC 5248"] {}
    (7, 11) "Encryption required for requested authentication mechanism" ["RFC 4954"] {
        auth_crypt_required => 538,
    }
    (7, 12) "A password transition is needed" ["RFC 4954"] {
        auth_pass_transition_needed => 432,
    }
    (7, 13) "User Account Disabled" ["RFC 5248"] {}
    (7, 14) "Trust relationship required" ["RFC 5248"] {}
    (7, 15) "Priority Level is too low" ["RFC 6710"] {}
    (7, 16) "Message is too big for the specified priority" ["RFC 6710"] {}
    (7, 17) "Mailbox owner has changed" ["RFC 7293"] {}
    (7, 18) "Domain owner has changed" ["RFC 7293"] {}
    (7, 19) "RRVS test cannot be completed" ["RFC 7293"] {}
    (7, 20) "No passing DKIM signature found" ["RFC 7372", "RFC 6376"] {
        sec_dkim_no_pass => 550,
    }
    (7, 21) "No acceptable DKIM signature found" ["RFC 7372", "RFC 6376"] {
        sec_dkim_not_acceptable => 550,
    }
    (7, 22) "No valid author-matched DKIM signature found" ["RFC 7372", "RFC 6376"] {
        sec_dkim_no_author_match => 550,
    }
    (7, 23) "SPF validation failed" ["RFC 7372", "RFC 7208"] {
        sec_spf_fail => 550,
    }
    (7, 24) "SPF validation error" ["RFC 7372", "RFC 7208"] {
        sec_spf_error => 451,
    }
    (7, 25) "Reverse DNS validation failed" ["RFC 7372", "RFC 7601"] {
        sec_rdns_fail => 550,
    }
    (7, 26) "Multiple authentication checks failed" ["RFC 7372"] {
        sec_multi_auth_fail => 550,
    }
    (7, 27) "Sender address has null MX" ["RFC 7505"] {
        sec_null_mx_sender => 550,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_registry() {
        let order = |row: &Status| (row.subject, row.detail);
        for pair in STATUSES.windows(2) {
            assert!(order(&pair[0]) < order(&pair[1]), "{:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    fn every_row_and_nothing_else_is_found() {
        for subject in 0..=999 {
            for detail in 0..=999 {
                let found = Status::lookup(subject, detail);
                let row =
                    STATUSES.iter().find(|row| (row.subject, row.detail) == (subject, detail));
                assert_eq!(found, row, "X.{subject}.{detail}");
            }
        }
    }

    #[test]
    fn no_two_helpers_share_a_name() {
        let helpers = STATUSES.iter().flat_map(Status::helpers);
        let mut names: Vec<_> =
            helpers.flat_map(|h| [Some(h.name()), h.old_name()]).flatten().collect();
        names.sort_unstable();
        for pair in names.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }

    #[test]
    fn texts_of_the_table_can_stand_in_a_reply_and_in_json() {
        let fits = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
        for row in STATUSES {
            for text in row.helpers.iter().filter_map(Helper::own_message).chain([row.message]) {
                assert!(!text.is_empty() && text.chars().all(fits), "{row:?}");
            }
        }
    }
}
