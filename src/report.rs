//! Reading delivery reports: `message/delivery-status` (RFC 3464) and
//! `message/global-delivery-status` (RFC 6533), by themselves or in a whole message.

use alloc::string::String;
use alloc::vec::Vec;

use crate::codes::EnhancedCode;
use crate::mime::fields::{Line, Lines};
use crate::mime::{Scope, each_part};
use crate::parse::after_type;
use crate::reply::Reply;

/// The media types of reports, RFC 3464 §2.1 and RFC 6533 §4.
const MEDIA_TYPES: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];

/// What a server reports about the delivery of a message (RFC 3464).
///
/// A field that the report does not have is `None`. Texts are unfolded; bytes that are not UTF-8
/// become U+FFFD. Values are not checked beyond what the fields here say.
///
/// ```
/// use haraka_dsn_rs::Report;
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
/// assert_eq!(recipient.action.as_deref(), Some("failed"));
/// let reply = recipient.reply().unwrap();
/// assert_eq!(reply.to_string(), "550 5.1.1 No such user");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// The recipients, in the report's order.
    pub recipients: Vec<Recipient>,
}

/// The delivery of a message to one recipient (RFC 3464 §2.3).
///
/// ```
/// let report = haraka_dsn_rs::Report::parse(
///     "Final-Recipient: rfc822; anna@example.com\nAction: failed\nStatus: 5.1.1 (no such user)\n",
/// );
/// let recipient = &report.unwrap().recipients[0];
/// assert_eq!(recipient.status.unwrap().to_string(), "5.1.1");
/// assert_eq!(recipient.status_comment.as_deref(), Some("no such user"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recipient {
    /// `Original-Recipient`: the address that the sender wrote to (RFC 3464 §2.3.1).
    pub original_recipient: Option<Typed>,
    /// `Final-Recipient`: the address that delivery was tried to (RFC 3464 §2.3.2).
    pub final_recipient: Option<Typed>,
    /// `Action`, in lower case: `failed`, `delayed`, `delivered`, `relayed`, `expanded` (RFC 3464
    /// §2.3.3) or what else a program writes, such as `expired`.
    pub action: Option<String>,
    /// `Status` (RFC 3464 §2.3.4). One that is no enhanced status code is in `extensions`.
    pub status: Option<EnhancedCode>,
    /// What follows the status, without the parentheses around it.
    pub status_comment: Option<String>,
    /// `Remote-MTA`: the server that the reporting one talked to (RFC 3464 §2.3.5).
    pub remote_mta: Option<Typed>,
    /// `Diagnostic-Code`: what went wrong in the words of the program that noticed, for the type
    /// `smtp` the remote server's reply (RFC 3464 §2.3.6).
    pub diagnostic: Option<Typed>,
    /// `Last-Attempt-Date`, as written (RFC 3464 §2.3.7).
    pub last_attempt_date: Option<String>,
    /// `Final-Log-ID`: where the reporting server's log has it (RFC 3464 §2.3.8).
    pub final_log_id: Option<String>,
    /// `Will-Retry-Until`, as written (RFC 3464 §2.3.9).
    pub will_retry_until: Option<String>,
    /// Other fields about the recipient, names and values as written, in the report's order. A
    /// field that is there a second time is among them.
    pub extensions: Vec<(String, String)>,
}

/// A value with the name of its type before it, `rfc822; anna@example.com`.
///
/// ```
/// let report = haraka_dsn_rs::Report::parse("Reporting-MTA: dns; mx.example.net\n").unwrap();
/// let mta = report.reporting_mta.unwrap();
/// assert_eq!((mta.kind.as_deref(), mta.value.as_str()), (Some("dns"), "mx.example.net"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The address-type, MTA-name-type or diagnostic-type (RFC 3464 §2.1.2) in lower case; `None`
    /// where the report names none.
    pub kind: Option<String>,
    /// The address, name or text.
    pub value: String,
}

impl Report {
    /// The most recipients that are kept of a report, and the most fields in all `extensions`
    /// together. What exceeds them is left out, so that the memory for a report is bounded by a
    /// small multiple of its length.
    pub const MAX_ENTRIES: usize = 10_000;

    /// Reads a delivery report; `None` if there is none in it.
    ///
    /// Takes a whole message with one or several reports among its parts, or what such a part
    /// holds. A report in an attached message, such as a bounce that somebody forwarded, counts
    /// where the message itself has none. The fields of several reports come together: their
    /// recipients one after the other, of the fields about the message the first of each.
    ///
    /// Reports that deviate from RFC 3464 are read as far as they make sense:
    ///
    /// - Lines end with CR LF, LF or CR.
    /// - Blank lines may stand between the fields of a recipient, and be missing between two. A
    ///   recipient has each field once, and begins with its original or final address.
    /// - Types may be missing, addresses have angle brackets around them, a status a comment.
    /// - A line that is not a field belongs to the field before it, indented or not.
    ///
    /// ```
    /// use haraka_dsn_rs::Report;
    ///
    /// let report = Report::parse("final-recipient: <anna@example.com>\rAction: expired\r").unwrap();
    /// assert_eq!(report.recipients[0].final_recipient.as_ref().unwrap().value, "anna@example.com");
    /// assert_eq!(Report::parse("Subject: no report\r\n\r\nHello"), None);
    /// ```
    #[must_use]
    pub fn parse(report: impl AsRef<[u8]>) -> Option<Report> {
        let report = report.as_ref();
        let mut reader = Reader::default();
        for scope in [Scope::Message, Scope::Attached] {
            each_part(report, &MEDIA_TYPES, scope, &mut |content| reader.read(content));
            if reader.found() {
                return reader.finish();
            }
        }
        if is_content(report) {
            reader.read(report);
        }
        reader.finish()
    }
}

impl Recipient {
    /// What the remote server replied, as far as the report has it:
    ///
    /// - the diagnostic, if it is a reply ([`Reply::parse`]). Where that has no enhanced status
    ///   code, or only X.0.0, the `Status` takes its place if its class is the same;
    /// - without a diagnostic, the `Status` with the basic code 250, 450 or 550 and no text;
    /// - `None` where there is neither, or the diagnostic is no reply. One of the type `x-unix` never
    ///   is: it is the exit status or the output of a program.
    #[must_use]
    pub fn reply(&self) -> Option<Reply> {
        let Some(diagnostic) = self.diagnostic.as_ref().filter(|found| !found.value.is_empty())
        else {
            return Some(Reply::enhanced(self.status?).with_lines([""]));
        };
        if diagnostic.kind.as_deref() == Some("x-unix") {
            return None;
        }
        let reply = Reply::parse(&diagnostic.value)?;
        let only_class =
            reply.enhanced_code().is_none_or(|code| (code.subject(), code.detail()) == (0, 0));
        match self.status {
            Some(status) if only_class && Some(status.class()) == reply.code().class() => {
                let completed = Reply::enhanced(status).with_code(reply.code());
                Some(completed.with_lines(reply.lines()))
            }
            _ => Some(reply),
        }
    }
}

impl Typed {
    fn read(text: &str) -> Typed {
        let Some(value) = after_type(text.as_bytes()) else {
            let value = text.strip_prefix(';').unwrap_or(text).trim();
            return Typed { kind: None, value: value.into() };
        };
        let (kind, value) = text.split_at(text.len() - value.len());
        let kind = kind.trim_end_matches([';', ' ']).to_ascii_lowercase();
        Typed { kind: Some(kind), value: value.trim().into() }
    }

    /// An address without angle brackets; of the type `utf-8`, decoded.
    fn read_address(text: &str) -> Typed {
        let Typed { kind, value } = Typed::read(text);
        let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>'));
        let bare = bare.unwrap_or(&value);
        let value = match kind.as_deref() {
            Some("utf-8") => decode_utf8_address(bare),
            _ => bare.into(),
        };
        Typed { kind, value }
    }
}

/// Decodes the `\x{…}` of `utf-8-addr-xtext` and `utf-8-addr-unitext` (RFC 6533 §3). What is no
/// character, or a control character, stays encoded.
fn decode_utf8_address(address: &str) -> String {
    let mut pieces = address.split("\\x{");
    let mut decoded = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        if let Some((character, rest)) = embedded_character(piece) {
            decoded.push(character);
            decoded.push_str(rest);
        } else {
            decoded.push_str("\\x{");
            decoded.push_str(piece);
        }
    }
    decoded
}

/// The character that `FC}…` begins with, in at most six digits, and the text after it.
fn embedded_character(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.split_once('}')?;
    let is_code = digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_code)?;
    let character = char::from_u32(code)?;
    (!character.is_control()).then_some((character, rest))
}

/// A status and what follows it: `5.1.1 (no such user)`.
fn status(text: &str) -> Option<(EnhancedCode, Option<String>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (code, comment) = text.split_at(end);
    let comment = comment.trim();
    let inner = comment.strip_prefix('(').and_then(|comment| comment.strip_suffix(')'));
    let comment = inner.unwrap_or(comment).trim();
    Some((code.parse().ok()?, (!comment.is_empty()).then(|| comment.into())))
}

/// The first word in lower case, without what follows it.
fn action(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
    let word = &text[..end.unwrap_or(text.len())];
    (!word.is_empty()).then(|| word.to_ascii_lowercase())
}

/// Whether the first fields of a text are those of a report. A message's own header has none of
/// them but `Status`, which mailboxes have.
fn is_content(text: &[u8]) -> bool {
    let lines = Lines::new(text).map(Line::of);
    let first = lines.skip_while(|line| *line == Line::Blank);
    first.take_while(|line| *line != Line::Blank).any(|line| {
        let Line::Field { name, .. } = line else { return false };
        setter(&MESSAGE_FIELDS, name).is_some()
            || setter(&RECIPIENT_FIELDS, name).is_some() && !name.eq_ignore_ascii_case(b"Status")
    })
}

/// Stores the value of a field; `false` if it cannot, because the field is there already or the
/// value is not what it should be.
type Set<T> = fn(&mut T, &str) -> bool;

/// The fields about the message (RFC 3464 §2.2).
const MESSAGE_FIELDS: [(&str, Set<Report>); 5] = [
    ("Original-Envelope-Id", |report, text| set(&mut report.original_envelope_id, text)),
    ("Reporting-MTA", |report, text| set(&mut report.reporting_mta, Typed::read(text))),
    ("DSN-Gateway", |report, text| set(&mut report.dsn_gateway, Typed::read(text))),
    ("Received-From-MTA", |report, text| set(&mut report.received_from_mta, Typed::read(text))),
    ("Arrival-Date", |report, text| set(&mut report.arrival_date, text)),
];

/// The fields about a recipient (RFC 3464 §2.3).
const RECIPIENT_FIELDS: [(&str, Set<Recipient>); 9] = [
    ("Original-Recipient", |to, text| set(&mut to.original_recipient, Typed::read_address(text))),
    ("Final-Recipient", |to, text| set(&mut to.final_recipient, Typed::read_address(text))),
    ("Action", |to, text| action(text).is_some_and(|action| set(&mut to.action, action))),
    ("Status", |to, text| {
        let Some((code, comment)) = status(text).filter(|_| to.status.is_none()) else {
            return false;
        };
        (to.status, to.status_comment) = (Some(code), comment);
        true
    }),
    ("Remote-MTA", |to, text| set(&mut to.remote_mta, Typed::read(text))),
    ("Diagnostic-Code", |to, text| set(&mut to.diagnostic, Typed::read(text))),
    ("Last-Attempt-Date", |to, text| set(&mut to.last_attempt_date, text)),
    ("Final-Log-ID", |to, text| set(&mut to.final_log_id, text)),
    ("Will-Retry-Until", |to, text| set(&mut to.will_retry_until, text)),
];

fn set<T>(slot: &mut Option<T>, value: impl Into<T>) -> bool {
    let free = slot.is_none();
    slot.get_or_insert_with(|| value.into());
    free
}

fn setter<T>(fields: &[(&str, Set<T>)], name: &[u8]) -> Option<Set<T>> {
    let found = |(field, _): &&(&str, _)| name.eq_ignore_ascii_case(field.as_bytes());
    fields.iter().find(found).map(|&(_, set)| set)
}

/// Puts the fields of reports where they belong.
#[derive(Default)]
struct Reader {
    report: Report,
    /// Whether the part that is read has come to its recipients.
    in_recipient: bool,
    /// How many fields are in `extensions`.
    extensions: usize,
    /// Whether there is a recipient more than is kept.
    full: bool,
}

impl Reader {
    fn found(&self) -> bool {
        self.report.reporting_mta.is_some() || self.report.recipients.iter().any(is_recipient)
    }

    fn finish(mut self) -> Option<Report> {
        self.report.recipients.retain(is_recipient);
        self.found().then_some(self.report)
    }

    /// Reads the content of one part.
    fn read(&mut self, content: &[u8]) {
        self.in_recipient = false;
        let mut field: Option<(&[u8], Vec<u8>)> = None;
        // Whether a blank line is before the field, and whether one is after it.
        let (mut parted, mut blank) = (false, false);
        for line in Lines::new(content) {
            match Line::of(line) {
                Line::Field { name, value } => {
                    if let Some((name, value)) = field.replace((name, value.to_vec())) {
                        self.field(name, &value, parted);
                    }
                    (parted, blank) = (blank, false);
                }
                Line::Blank => blank = true,
                Line::Other if blank => {}
                Line::Continued(_) | Line::Other => {
                    if let Some((_, value)) = &mut field {
                        value.push(b' ');
                        value.extend_from_slice(line.trim_ascii());
                    }
                }
            }
        }
        if let Some((name, value)) = field {
            self.field(name, &value, parted);
        }
    }

    /// Takes a field, and whether a blank line parts it from the field before it.
    fn field(&mut self, name: &[u8], value: &[u8], parted: bool) {
        let value = String::from_utf8_lossy(value);
        let value = value.trim();
        let taken = if let Some(set) = setter(&MESSAGE_FIELDS, name) {
            value.is_empty() || set(&mut self.report, value)
        } else if let Some(set) = setter(&RECIPIENT_FIELDS, name) {
            if self.begins_recipient(name, parted) {
                self.full = self.report.recipients.len() == Report::MAX_ENTRIES;
                if !self.full {
                    self.in_recipient = true;
                    self.report.recipients.push(Recipient::default());
                }
            }
            let recipient = self.report.recipients.last_mut().filter(|_| !self.full);
            recipient.is_none_or(|recipient| value.is_empty() || set(recipient, value))
        } else {
            false
        };
        if !taken && !self.full && self.extensions < Report::MAX_ENTRIES {
            self.extensions += 1;
            let recipient = self.report.recipients.last_mut().filter(|_| self.in_recipient);
            let extensions = match recipient {
                Some(recipient) => &mut recipient.extensions,
                None => &mut self.report.extensions,
            };
            extensions.push((String::from_utf8_lossy(name).into(), value.into()));
        }
    }

    /// Whether a field about a recipient is the first about another one: an address that the
    /// recipient before has already, or an original address behind its final one; `Action` where
    /// programs leave out addresses.
    fn begins_recipient(&self, name: &[u8], parted: bool) -> bool {
        let Some(recipient) = self.report.recipients.last().filter(|_| self.in_recipient) else {
            return true;
        };
        let is = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
        let has_final = recipient.final_recipient.is_some();
        is("Original-Recipient") && (recipient.original_recipient.is_some() || has_final && parted)
            || is("Final-Recipient") && has_final
            || is("Action") && recipient.action.is_some() && parted
    }
}

fn is_recipient(recipient: &Recipient) -> bool {
    recipient.original_recipient.is_some()
        || recipient.final_recipient.is_some()
        || recipient.action.is_some()
}
