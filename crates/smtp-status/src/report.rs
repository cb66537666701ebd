//! Delivery reports, read and written: `message/delivery-status` (RFC 3464) and
//! `message/global-delivery-status` (RFC 6533), by themselves or in a whole message.

mod constructors;
mod error;
mod explanation;
mod limits;
mod message;
mod parts;
mod reader;
mod returned_header;
mod returned_part;
mod table;
mod value;
mod writer;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::codes::{Class, EnhancedCode};
use crate::parse::is_type_of_replies;
use crate::registry::Status;
use crate::reply::Reply;
pub use error::WriteReportError;
pub use message::{ReportMessage, ReportOptions};
use parts::report_in;
use reader::Reader;

/// A delivery report: what happened to a message (RFC 3464).
///
/// Missing fields are `None`. Texts are unfolded; invalid UTF-8 becomes U+FFFD. Values are
/// validated only as described for each field.
///
/// ```
/// use smtp_status::{Action, Report};
///
/// let report = Report::parse(
///     "Reporting-MTA: dns; mx.example.net\r\n\
///      \r\n\
///      Final-Recipient: rfc822; anna@example.com\r\n\
///      Action: failed\r\n\
///      Status: 5.1.1\r\n\
///      Diagnostic-Code: smtp; 550 No such user\r\n",
/// )
/// .unwrap();
/// assert_eq!(report.reporting_mta.unwrap().value, "mx.example.net");
///
/// let [recipient] = &report.recipients[..] else { panic!("one recipient") };
/// assert_eq!(recipient.final_recipient.as_ref().unwrap().value, "anna@example.com");
/// assert_eq!(recipient.action, Some(Action::Failed));
/// let reply = recipient.reply().unwrap();
/// assert_eq!(reply.to_string(), "550 5.1.1 No such user");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields, expecting = "an object"))]
#[non_exhaustive]
pub struct Report {
    /// `Original-Envelope-Id`: the ENVID of the message's sender (RFC 3464 §2.2.1).
    pub original_envelope_id: Option<String>,
    /// `Reporting-MTA`: who tried to deliver the message (RFC 3464 §2.2.2).
    pub reporting_mta: Option<Typed>,
    /// `DSN-Gateway`: who translated the report (RFC 3464 §2.2.3).
    pub dsn_gateway: Option<Typed>,
    /// `Received-From-MTA`: who handed the message to the reporting MTA (RFC 3464 §2.2.4).
    pub received_from_mta: Option<Typed>,
    /// `Arrival-Date`: when the message arrived there, as written (RFC 3464 §2.2.5).
    pub arrival_date: Option<String>,
    /// Other fields about the message, names and values as written, in the report's order.
    pub extensions: Vec<(String, String)>,
    /// The recipients, in the report's order; never empty in a report that was parsed.
    pub recipients: Vec<Recipient>,
    /// The message that the report is about, as far as it was returned with it.
    pub returned: Option<Returned>,
    /// Whether the report contains more than the [limits](Report::parse) allow.
    pub is_truncated: bool,
}

/// The message that could not be delivered, as returned with the report (RFC 3462 §2).
///
/// ```
/// use smtp_status::Returned;
///
/// let mut returned = Returned::default();
/// returned.message_id = Some("<1@example.com>".into());
/// assert!(!returned.is_whole);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields, expecting = "an object"))]
#[non_exhaustive]
pub struct Returned {
    /// Its `Message-ID`, as written, with the angle brackets.
    pub message_id: Option<String>,
    /// The fields of its header, names and values as written, unfolded, in their order.
    pub header: Vec<(String, String)>,
    /// Whether the whole message was returned, and not its header alone.
    pub is_whole: bool,
}

/// The delivery of a message to one recipient (RFC 3464 §2.3).
///
/// ```
/// let report = smtp_status::Report::parse(
///     "Final-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.1.1 (no such user)\n",
/// );
/// let recipient = &report.unwrap().recipients[0];
/// assert_eq!(recipient.status.unwrap().to_string(), "5.1.1");
/// assert_eq!(recipient.status_comment.as_deref(), Some("no such user"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields, expecting = "an object"))]
#[non_exhaustive]
pub struct Recipient {
    /// `Original-Recipient`: the address that the sender wrote to (RFC 3464 §2.3.1).
    pub original_recipient: Option<Typed>,
    /// `Final-Recipient`: the address that delivery was tried to (RFC 3464 §2.3.2).
    pub final_recipient: Option<Typed>,
    /// `Action`: what happened (RFC 3464 §2.3.3).
    pub action: Option<Action>,
    /// `Status` (RFC 3464 §2.3.4). If it is not an enhanced status code, it is in `extensions`.
    pub status: Option<EnhancedCode>,
    /// The text after the status, without the parentheses around it.
    pub status_comment: Option<String>,
    /// `Remote-MTA`: the server that the reporting one talked to (RFC 3464 §2.3.5).
    pub remote_mta: Option<Typed>,
    /// `Diagnostic-Code`: the error as reported by the program that detected it; for the type
    /// `smtp`, the remote server's reply (RFC 3464 §2.3.6).
    pub diagnostic: Option<Typed>,
    /// `Last-Attempt-Date`, as written (RFC 3464 §2.3.7).
    pub last_attempt_date: Option<String>,
    /// `Final-Log-ID`: the identifier in the reporting server's log (RFC 3464 §2.3.8).
    pub final_log_id: Option<String>,
    /// `Will-Retry-Until`, as written (RFC 3464 §2.3.9).
    pub will_retry_until: Option<String>,
    /// Other fields about the recipient, names and values as written, in the report's order,
    /// including repeated fields.
    pub extensions: Vec<(String, String)>,
}

/// What happened to the message for a recipient (RFC 3464 §2.3.3).
///
/// ```
/// use smtp_status::Action;
///
/// assert_eq!(Action::from("Failed"), Action::Failed);
/// assert_eq!(Action::from("expired"), Action::Other("expired".into()));
/// assert_eq!(Action::Delayed.as_str(), "delayed");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "String", into = "String"))]
pub enum Action {
    /// It was not delivered, and this will not be tried again.
    Failed,
    /// It was not delivered yet; this is still being tried.
    Delayed,
    /// It was delivered.
    Delivered,
    /// It was handed to a server that does not report.
    Relayed,
    /// It was delivered to the members of a list.
    Expanded,
    /// What else a program writes, in lower case.
    Other(String),
}

impl Action {
    /// Whether it is one of RFC 3464.
    fn is_known(&self) -> bool {
        !matches!(self, Action::Other(_))
    }

    /// The word of RFC 3464, or what else a program wrote, in lower case.
    ///
    /// ```
    /// assert_eq!(smtp_status::Action::Expanded.to_string(), "expanded");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Action::Failed => "failed",
            Action::Delayed => "delayed",
            Action::Delivered => "delivered",
            Action::Relayed => "relayed",
            Action::Expanded => "expanded",
            Action::Other(word) => word,
        }
    }
}

/// Upper and lower case are the same.
impl From<&str> for Action {
    fn from(word: &str) -> Action {
        let word = word.to_ascii_lowercase();
        let known =
            [Action::Failed, Action::Delayed, Action::Delivered, Action::Relayed, Action::Expanded];
        known.into_iter().find(|action| action.as_str() == word).unwrap_or(Action::Other(word))
    }
}

/// Upper and lower case are the same.
impl From<String> for Action {
    fn from(word: String) -> Action {
        Action::from(&*word)
    }
}

/// [`Action::as_str`]
impl From<Action> for String {
    fn from(action: Action) -> String {
        action.as_str().into()
    }
}

/// [`Action::as_str`]
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A value preceded by its type, `rfc822; anna@example.com`.
///
/// ```
/// use smtp_status::Report;
///
/// let report = Report::parse_part("Final-Recipient: rfc822; anna@example.com (Anna)\n").unwrap();
/// let address = report.recipients[0].final_recipient.as_ref().unwrap();
/// assert_eq!((address.kind.as_deref(), &*address.value), (Some("rfc822"), "anna@example.com"));
/// assert_eq!(address.comment.as_deref(), Some("Anna"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields, expecting = "an object"))]
#[non_exhaustive]
pub struct Typed {
    /// The address-type, MTA-name-type or diagnostic-type (RFC 3464 §2.1.2) in lower case; `None`
    /// if the report has none.
    #[cfg_attr(feature = "serde", serde(alias = "type"))]
    pub kind: Option<String>,
    /// The address, name or text.
    #[cfg_attr(feature = "serde", serde(alias = "address", alias = "name", alias = "text"))]
    pub value: String,
    /// The comment around an address or name, without its parentheses (RFC 5322 §3.2.2).
    pub comment: Option<String>,
}

impl Typed {
    /// A value of a type such as `rfc822`, `dns` or `smtp`.
    ///
    /// ```
    /// assert_eq!(smtp_status::Typed::new("dns", "mx.example.net").to_string(), "dns; mx.example.net");
    /// ```
    #[must_use]
    pub fn new(kind: impl Into<String>, value: impl Into<String>) -> Typed {
        Typed { kind: Some(kind.into()), value: value.into(), comment: None }
    }
}

/// The type, if there is one, `"; "` and the value.
impl fmt::Display for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(kind) = &self.kind {
            write!(f, "{kind}; ")?;
        }
        f.write_str(&self.value)
    }
}

impl Report {
    /// The maximum number of recipients, and of fields in all `extensions` together.
    pub const MAX_ENTRIES: usize = 10_000;

    /// The maximum number of lines in the [replies](Recipient::reply) of all recipients.
    pub const MAX_LINES: usize = 20_000;

    /// The maximum length of all names and values, in octets.
    pub const MAX_TEXT: usize = 4 << 20;

    /// The maximum length of one value, in octets.
    pub const MAX_VALUE: usize = crate::mime::fields::MAX_VALUE;

    /// The maximum length of the names and values in the header of the returned message, in octets.
    pub const MAX_HEADER: usize = 256 << 10;

    /// Parses the delivery report in a message; `None` if there is none.
    ///
    /// Takes a whole message with one or several reports among its parts. A report in an attached
    /// message, such as a forwarded bounce, is used if the message itself has none. Several reports
    /// are merged: all of their recipients, in order, and the first value of each field about the
    /// message. A receipt (RFC 8098) or a complaint (RFC 5965) is no delivery report, even if a
    /// bounce is attached to it.
    ///
    /// The content of the part alone is accepted too, if it certainly is a report: its first fields
    /// are those of a report and none is of the header of a message, and it has `Reporting-MTA` and a
    /// recipient, or an address with `Action` or `Status`. [`parse_part`](Report::parse_part) does
    /// not have to guess.
    ///
    /// Reports that deviate from RFC 3464 are parsed leniently:
    ///
    /// - Lines end with CR LF, LF or CR.
    /// - A block of fields between blank lines that has an address begins a recipient, whatever its
    ///   first field is; another belongs to the recipient before it. There may be blank lines
    ///   between the fields of a recipient, and none between two recipients.
    /// - Types may be missing, addresses may have angle brackets, a status may have a comment.
    /// - A line that is not a field continues the field before it, indented or not.
    /// - The boundary may be missing in the header, or the header may have lost all fields of MIME.
    ///   The part may be `message/xdelivery-status`, or a file with the extension `.dat`
    ///   (Exchange).
    ///
    /// # Limits
    ///
    /// What a report can produce is limited by [`MAX_ENTRIES`](Report::MAX_ENTRIES),
    /// [`MAX_LINES`](Report::MAX_LINES), [`MAX_TEXT`](Report::MAX_TEXT),
    /// [`MAX_VALUE`](Report::MAX_VALUE) and [`MAX_HEADER`](Report::MAX_HEADER).
    /// [`is_truncated`](Report::is_truncated) says whether it contains more.
    ///
    /// ```
    /// use smtp_status::Report;
    ///
    /// let report = Report::parse("final-recipient: <anna@example.com>\rAction: expired\r").unwrap();
    /// assert_eq!(report.recipients[0].final_recipient.as_ref().unwrap().value, "anna@example.com");
    /// assert_eq!(Report::parse("Subject: no report\r\n\r\nHello"), None);
    /// ```
    #[must_use]
    pub fn parse(message: impl AsRef<[u8]>) -> Option<Report> {
        report_in(message.as_ref())
    }

    /// Parses the content of a part that is known to be a delivery report, of the type
    /// `message/delivery-status` or `message/global-delivery-status`; `None` if it has no recipient.
    ///
    /// ```
    /// use smtp_status::Report;
    ///
    /// let content = "Date: Fri, 27 Nov 2026 10:00:00 +0000\nFinal-Recipient: anna@example.com\n";
    /// assert_eq!(Report::parse_part(content).unwrap().recipients.len(), 1);
    /// assert_eq!(Report::parse(content), None); // may be a letter
    /// ```
    #[must_use]
    pub fn parse_part(content: impl AsRef<[u8]>) -> Option<Report> {
        let mut reader = Reader::default();
        reader.read(content.as_ref());
        reader.finish()
    }
}

impl Recipient {
    /// What happened as a reply, whenever the report says it in any way:
    ///
    /// - the diagnostic, if it is a reply ([`Reply::parse_lenient`]), or the reply that some programs
    ///   write as the `Status`. If it has no enhanced status code, or only X.0.0, it gets that of
    ///   `Status` if the class is the same. A success is no reply for a recipient whose `Action` is
    ///   failed or delayed, or whose `Status` or diagnostic is a failure, also if that is a second
    ///   value of the field, or one that is not valid;
    /// - else the `Status`, with the basic code 250, 450 or 550, and the diagnostic as its text;
    /// - `None` if there is neither.
    ///
    /// Where there is no text, it is the default text of the status. What the server really said is
    /// in the [diagnostic](Recipient::diagnostic).
    #[must_use]
    pub fn reply(&self) -> Option<Reply> {
        let failure = self.failure();
        let is_possible = |reply: &Reply| {
            reply.code().class().is_some_and(|class| class != Class::Success || failure.is_none())
        };
        let diagnostic = self.diagnostic.as_ref().filter(|found| !found.value.is_empty());
        let said = diagnostic.and_then(|Typed { kind, value, .. }| {
            let kind = kind.as_deref().unwrap_or("smtp").as_bytes();
            is_type_of_replies(kind, value.as_bytes()).then(|| Reply::parse_lenient(value))?
        });
        let written = self.others("Status").next().filter(|_| self.status.is_none());
        let repeated = self.others("Diagnostic-Code").filter_map(Reply::parse_lenient);
        let replies =
            said.into_iter().chain(written.and_then(Reply::parse_lenient)).chain(repeated);
        let mut replies = replies.peekable();
        let is_said = replies.peek().is_some();
        if let Some(reply) = replies.find(is_possible) {
            return Some(self.completed(&reply));
        }
        let fails = |code: &EnhancedCode| !code.is_success();
        let second =
            || self.others("Status").filter_map(|text| Some(value::status(text)?.0)).find(fails);
        let unspecific =
            || failure.filter(|_| is_said).map(|class| EnhancedCode::SUCCESS.with_class(class));
        let own = self.status.filter(fails).or_else(second).or(self.status);
        let status = own.or_else(unspecific)?;
        let class = failure.unwrap_or(status.class());
        let text = diagnostic.map(|found| &found.value).or(self.status_comment.as_ref());
        let reply = Reply::enhanced(status.with_class(class));
        Some(reply.with_message(text.map_or("", String::as_str)))
    }

    /// The most precise enhanced status code that the report has for the recipient: that of the
    /// [reply](Recipient::reply), else `Status`.
    ///
    /// ```
    /// let report = smtp_status::Report::parse(
    ///     "Final-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.0.0\n\
    ///      Diagnostic-Code: smtp; 550 5.7.26 Unauthenticated\n",
    /// );
    /// let code = report.unwrap().recipients[0].enhanced_code().unwrap();
    /// assert_eq!(code.to_string(), "5.7.26");
    /// ```
    #[must_use]
    pub fn enhanced_code(&self) -> Option<EnhancedCode> {
        self.reply().and_then(|reply| reply.enhanced_code()).or(self.status)
    }

    /// The class of the failure; `None` if it is not certain that there was one.
    fn failure(&self) -> Option<Class> {
        let of_reply = |text| Reply::parse_lenient(text)?.code().class();
        let of_status = |text| value::class(text).or_else(|| of_reply(text));
        let of_action = |action| match action {
            Action::Failed => Some(Class::Permanent),
            Action::Delayed => Some(Class::Transient),
            _ => None,
        };
        let status = self.status.map(EnhancedCode::class).into_iter();
        let statuses = status.chain(self.others("Status").filter_map(of_status));
        let mut classes = statuses.chain(self.others("Diagnostic-Code").filter_map(of_reply));
        let action = self.action.clone().into_iter();
        let mut actions = action.chain(self.others("Action").filter_map(value::action));
        let failure = classes.find(|&class| class != Class::Success);
        failure.or_else(|| actions.find_map(of_action))
    }

    /// The values of a field that are among the extensions, because the field is repeated or they are
    /// not valid.
    fn others(&self, name: &str) -> impl Iterator<Item = &str> {
        let named =
            self.extensions.iter().filter(move |(field, _)| field.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.as_str())
    }

    /// The reply with what `Status` adds to it.
    fn completed(&self, reply: &Reply) -> Reply {
        let own = reply.enhanced_code();
        let is_vague = own.is_none_or(|code| (code.subject(), code.detail()) == (0, 0));
        let of_class = |status: &EnhancedCode| Some(status.class()) == reply.code().class();
        let status = self.status.filter(|status| is_vague && of_class(status)).or(own);
        let text = status.and_then(EnhancedCode::status).map_or("", Status::message);
        let full = Reply::of(reply.code(), status, text);
        if reply.lines().all(str::is_empty) { full } else { full.with_lines(reply.lines()) }
    }
}
