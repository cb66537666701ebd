//! Writing a report as a message: `multipart/report` (RFC 6522) with a text for people, the fields
//! of the report and the message that it is about.

use alloc::format;
use alloc::string::String;
use core::fmt;
#[cfg(feature = "std")]
use std::io;

use super::Report;
use super::error::WriteReportError;
use super::fields::{MAX_ADDRESS, delivery_status};
use super::original::{Original, text_of};
use crate::mime::fields::Lines;
use crate::mime::write::{LINE, boundary, encoded_words, one_line, push_field, quoted_printable};

/// What the message that carries a report has besides it.
///
/// ```
/// use smtp_status::ReportOptions;
///
/// let options = ReportOptions {
///     from: "Mail Delivery System <postmaster@mail.example.com>",
///     to: "author@example.com",
///     date: "Fri, 27 Nov 2026 18:30:00 +0000",
///     message_id: "<20261127.1@mail.example.com>",
///     ..ReportOptions::default()
/// };
/// assert!(options.returned.is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct ReportOptions<'m> {
    /// Who answers questions, usually the postmaster: an address, or `Name <address>`.
    pub from: &'m str,
    /// The sender of the message that the report is about.
    pub to: &'m str,
    /// When the report is written, as RFC 5322 §3.3 has it.
    pub date: &'m str,
    /// A new Message-ID, with or without its angle brackets.
    pub message_id: &'m str,
    /// The subject; by default it says in a few words what happened.
    pub subject: Option<&'m str>,
    /// The text for people; by default it says what happened to the message for each recipient, and
    /// why.
    pub text: Option<&'m str>,
    /// The message that the report is about; empty if nothing is returned.
    pub returned: &'m [u8],
    /// Whether of that message the header alone is returned, as `RET=HDRS` asks (RFC 3461 §4.3).
    pub headers_only: bool,
    /// How many octets are returned, by default 100,000. The header alone is returned of a longer
    /// message, and of a longer header its first fields.
    pub limit: Option<usize>,
}

/// A message with a report, ready to be sent. [`Report::message`] makes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct ReportMessage<'m> {
    head: String,
    original: Original<'m>,
    tail: String,
}

impl Report {
    /// The message that carries the report to the sender of the message that it is about.
    ///
    /// Send it with the null reverse-path, `MAIL FROM:<>`, and send none about a message that had
    /// it: else two servers could bounce each other's reports for ever (RFC 3464 §2).
    ///
    /// - No value can begin a field, a header or a part. Control characters become spaces; lines
    ///   are folded.
    /// - What RFC 3464 requires and the report does not have is added: types (`rfc822`, `dns`,
    ///   `smtp`), and for a reply without an enhanced status code one with the zeros of its class.
    /// - The message is 7-bit, with two exceptions. If an address or a text of the report, or the
    ///   returned header, is not ASCII, the media types are those of RFC 6533 and the content is
    ///   UTF-8. A returned body that is 8-bit stays so. Such a message needs the extension 8BITMIME;
    ///   it needs SMTPUTF8 only if `from` or `to` is not ASCII.
    /// - The returned message is mended where RFC 5322 does not allow it: line ends, NUL, long lines
    ///   in the header. If lines of its body are too long, its header alone is returned.
    ///
    /// # Errors
    ///
    /// If there is no recipient, no reporting MTA or no action; if a recipient has neither a status
    /// nor a reply; for an [`Action::Other`](super::Action::Other); if an address cannot be
    /// represented; if a type, a name of an extension, the date or the Message-ID is not valid.
    ///
    /// ```
    /// use smtp_status::{Action, Recipient, Report, ReportOptions, helpers};
    ///
    /// let anna = Recipient::from_reply("anna@example.com", Action::Failed, &helpers::no_such_user());
    /// let report = Report::new("mail.example.com", [anna]);
    /// let message = report.message(&ReportOptions {
    ///     from: "postmaster@mail.example.com",
    ///     to: "author@example.com",
    ///     date: "Fri, 27 Nov 2026 18:30:00 +0000",
    ///     message_id: "<20261127.1@mail.example.com>",
    ///     returned: b"Subject: Hello\r\n\r\nHello Anna\r\n",
    ///     ..ReportOptions::default()
    /// })?;
    /// let text = message.to_string();
    /// assert!(text.contains("Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n"));
    /// assert_eq!(Report::parse(&text).unwrap().recipients, report.recipients);
    /// # Ok::<(), smtp_status::WriteReportError>(())
    /// ```
    pub fn message<'m>(
        &self,
        options: &ReportOptions<'m>,
    ) -> Result<ReportMessage<'m>, WriteReportError> {
        let status = delivery_status(self)?;
        let explanation = options.text.map_or_else(|| self.explanation(), String::from);
        let (text, encoding) = encoded_text(&explanation);
        let limit = options.limit.unwrap_or(100_000);
        let original = Original::of(options.returned, options.headers_only, limit);
        let [header, body] = original.contents();
        let boundary = boundary(&[text.as_bytes(), status.as_bytes(), header, body]);

        let mut head = header_of(options, &self.subject())?;
        let report_type =
            if status.is_ascii() { "delivery-status" } else { "global-delivery-status" };
        let is_7bit = status.is_ascii() && original.is_ascii();
        let multipart =
            format!("multipart/report; report-type={report_type}; boundary=\"{boundary}\"");
        push_content(&mut head, &multipart, if is_7bit { "7bit" } else { "8bit" });
        let mut part = |media_type: &str, encoding, content: &str| {
            head.extend(["--", &boundary, "\r\n"]);
            push_content(&mut head, media_type, encoding);
            head.push_str(content);
        };
        let bits = |is_7bit| if is_7bit { "7bit" } else { "8bit" };
        part("text/plain; charset=utf-8", encoding, &(text + "\r\n"));
        part(&format!("message/{report_type}"), bits(status.is_ascii()), &(status + "\r\n"));
        if !original.is_empty() {
            part(original.media_type(), bits(original.is_ascii()), "");
        }
        let tail = format!("\r\n--{boundary}--\r\n");
        Ok(ReportMessage { head, original, tail })
    }
}

/// Appends the fields of a part, and the blank line after them.
fn push_content(out: &mut String, media_type: &str, encoding: &str) {
    push_field(out, "Content-Type", media_type);
    if encoding != "7bit" {
        push_field(out, "Content-Transfer-Encoding", encoding);
    }
    out.push_str("\r\n");
}

/// The header of the message, up to its media type.
fn header_of(options: &ReportOptions, subject: &str) -> Result<String, WriteReportError> {
    let error = WriteReportError::new;
    let not_address = "must be an address or Name <address>";
    let mut header = String::new();
    let from = mailbox(options.from).ok_or_else(|| error("from", not_address))?;
    push_field(&mut header, "From", &from);
    let to = mailbox(options.to).ok_or_else(|| error("to", not_address))?;
    push_field(&mut header, "To", &to);
    let subject = encoded_words(&one_line(options.subject.unwrap_or(subject)));
    push_field(&mut header, "Subject", &subject);
    let is_text =
        |text: &str| text.len() < LINE && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic());
    if options.date.is_empty() || !is_text(options.date) {
        return Err(error("date", "must be a date as in RFC 5322"));
    }
    push_field(&mut header, "Date", options.date);
    let id = options.message_id;
    let id = id.strip_prefix('<').and_then(|id| id.strip_suffix('>')).unwrap_or(id);
    if !is_address(id) || !id.is_ascii() {
        return Err(error("message_id", "must be a Message-ID as in RFC 5322"));
    }
    push_field(&mut header, "Message-ID", &format!("<{id}>"));
    push_field(&mut header, "Auto-Submitted", "auto-replied");
    push_field(&mut header, "MIME-Version", "1.0");
    Ok(header)
}

/// A text of lines that should not be longer than 78 octets, and its encoding.
fn encoded_text(text: &str) -> (String, &'static str) {
    let fits = |line: &[u8]| line.len() <= LINE && line.iter().all(|b| matches!(b, b' '..=b'~'));
    if !Lines::new(text.as_bytes()).all(fits) {
        return (quoted_printable(text), "quoted-printable");
    }
    let lines = Lines::new(text.as_bytes()).flat_map(|line| [text_of(line), "\r\n".into()]);
    (lines.collect(), "7bit")
}

/// The mailbox of a header field (RFC 5322 §3.4, RFC 6532 §3.2), for an address or a name and an
/// address.
fn mailbox(text: &str) -> Option<String> {
    let text = one_line(text);
    let named = text.strip_suffix('>').and_then(|text| text.rsplit_once('<'));
    let (name, address) = named.unwrap_or(("", &text));
    if !is_address(address) {
        return None;
    }
    let name = name.trim().trim_matches('"');
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(c);
    let encoded = encoded_words(name);
    Some(match name {
        "" => address.into(),
        _ if encoded != name || name.chars().all(is_plain) => format!("{encoded} <{address}>"),
        _ => format!("\"{}\" <{address}>", name.replace('\\', "\\\\").replace('"', "\\\"")),
    })
}

/// Whether a header field reads this as one address. The local part may be quoted.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_atom = |c: char| !c.is_control() && !" \"\\()<>,;:@".contains(c);
    let quoted = local.strip_prefix('"').and_then(|local| local.strip_suffix('"'));
    let is_local = match quoted {
        Some(quoted) => !quoted.chars().any(|c| c.is_control() || "\"\\".contains(c)),
        None => !local.is_empty() && local.chars().all(is_atom),
    };
    let is_domain = !domain.is_empty() && domain.chars().all(|c| c == ':' || is_atom(c));
    is_local && is_domain && text.len() <= MAX_ADDRESS
}

impl ReportMessage<'_> {
    /// Writes the message. Invalid UTF-8 of the returned message becomes `?`.
    ///
    /// # Errors
    ///
    /// The error of `out`; a `String` never fails.
    pub fn write_to(&self, out: &mut (impl fmt::Write + ?Sized)) -> fmt::Result {
        out.write_str(&self.head)?;
        for line in self.original.lines() {
            out.write_str(&text_of(&line))?;
            out.write_str("\r\n")?;
        }
        out.write_str(&self.tail)
    }

    /// Writes the message, line by line: `out` should have a buffer.
    ///
    /// # Errors
    ///
    /// The error of `out`.
    #[cfg(feature = "std")]
    pub fn write_io(&self, out: &mut (impl io::Write + ?Sized)) -> io::Result<()> {
        out.write_all(self.head.as_bytes())?;
        for line in self.original.lines() {
            out.write_all(&line)?;
            out.write_all(b"\r\n")?;
        }
        out.write_all(self.tail.as_bytes())
    }
}

/// [`ReportMessage::write_to`]
impl fmt::Display for ReportMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(f)
    }
}
