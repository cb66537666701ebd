//! Writing a report as a message: `multipart/report` (RFC 6522) with a text for people, the fields
//! of the report and the message that it is about.

use alloc::string::String;
use core::{fmt, iter};

use super::error::{Result, check};
use super::{Recipient, Report, explanation, returned_part, writer};
use crate::mime::fields::Lines;
use crate::mime::write::{boundary, encoded_words, field, one_line, quoted_printable};

/// What the message that carries a report has besides it.
///
/// ```
/// use smtp_status::ReportOptions;
///
/// let options = ReportOptions {
///     from: "Mail Delivery System <postmaster@mail.example.com>".into(),
///     to: "author@example.com".into(),
///     date: "Fri, 27 Nov 2026 18:30:00 +0000".into(),
///     message_id: "<20261127.1@mail.example.com>".into(),
///     ..ReportOptions::default()
/// };
/// assert!(!options.headers_only);
/// ```
#[derive(Clone, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields, expecting = "an object"))]
pub struct ReportOptions {
    /// Who answers questions, usually the postmaster: an address, or `Name <address>`.
    pub from: String,
    /// The sender of the message that the report is about.
    pub to: String,
    /// When the report is written, as RFC 5322 §3.3 has it.
    pub date: String,
    /// A new Message-ID, with or without its angle brackets.
    pub message_id: String,
    /// The subject; by default it says in a few words what happened.
    pub subject: Option<String>,
    /// The text for people; by default it says what happened to the message for each recipient, and
    /// why.
    pub text: Option<String>,
    /// Whether of the returned message the header alone is returned, as `RET=HDRS` asks (RFC 3461
    /// §4.3).
    pub headers_only: bool,
    /// How many octets are returned, by default 100,000. The header alone is returned of a longer
    /// message, and of a longer header its first fields.
    pub limit: Option<usize>,
}

/// A message with a report, ready to be sent. [`Report::message`] makes it.
#[derive(Clone, Debug)]
#[must_use]
pub struct ReportMessage<'m> {
    /// What precedes the body of the returned message.
    head: String,
    body: &'m [u8],
    tail: String,
}

impl Report {
    /// The message that carries the report to the sender of the message that it is about. It contains
    /// `returned`, that message, unless it is empty.
    ///
    /// Send it with the null reverse-path, `MAIL FROM:<>`, and send none about a message that had
    /// it: else two servers could bounce each other's reports for ever (RFC 3464 §2).
    ///
    /// - No value can begin a field, a header or a part. Control characters become spaces; lines
    ///   are folded.
    /// - What RFC 3464 requires and the report does not have is added: types (`rfc822` or `utf-8`,
    ///   `dns`, `smtp`), also for what is no type, and for a reply without an enhanced status code
    ///   one with the zeros of its class.
    /// - The message is 7-bit, with two exceptions. If an address or a text of the report, or the
    ///   returned header, is not ASCII, the media types are those of RFC 6533 and the content is
    ///   UTF-8. A returned body that is 8-bit stays so. Such a message needs the extension 8BITMIME;
    ///   it needs SMTPUTF8 only if `from` or `to` is not ASCII.
    /// - The returned message is mended where RFC 5322 does not allow it: line ends, NUL, long lines
    ///   in the header. If its body has NUL or lines that are too long, its header alone is returned.
    ///
    /// # Errors
    ///
    /// If there is no recipient, no reporting MTA or no action; if a recipient has neither a status
    /// nor a reply, or a success although it failed; for an
    /// [`Action::Other`](super::Action::Other); if an address cannot be represented; if the name of
    /// an extension, the date or the Message-ID is not valid.
    ///
    /// ```
    /// use smtp_status::{Action, Recipient, Report, ReportOptions, helpers};
    ///
    /// let anna = Recipient::from_reply("anna@example.com", Action::Failed, &helpers::no_such_user());
    /// let report = Report::new("mail.example.com", [anna]);
    /// let options = ReportOptions {
    ///     from: "postmaster@mail.example.com".into(),
    ///     to: "author@example.com".into(),
    ///     date: "Fri, 27 Nov 2026 18:30:00 +0000".into(),
    ///     message_id: "<20261127.1@mail.example.com>".into(),
    ///     ..ReportOptions::default()
    /// };
    /// let message = report.message(&options, b"Subject: Hello\r\n\r\nHello Anna\r\n")?;
    /// let text = message.to_string();
    /// assert!(text.contains("Diagnostic-Code: smtp; 550 5.1.1 No such user\r\n"));
    /// assert_eq!(Report::parse(&text).unwrap().recipients, report.recipients);
    /// # Ok::<(), smtp_status::WriteReportError>(())
    /// ```
    pub fn message<'m>(
        &self,
        options: &ReportOptions,
        returned: &'m [u8],
    ) -> Result<ReportMessage<'m>> {
        let status = writer::delivery_status(self)?;
        let text = options.text.clone().unwrap_or_else(|| explanation::text(&self.recipients));
        let limit = options.limit.unwrap_or(100_000);
        let (media_type, header, body) = returned_part::part(returned, options.headers_only, limit);
        let boundary = boundary(&[status.as_bytes(), header.as_bytes(), body]);
        let kind = if status.is_ascii() { "delivery-status" } else { "global-delivery-status" };
        let multipart = format!("multipart/report; report-type={kind}; boundary=\"{boundary}\"");

        let encoding = |is_7bit| if is_7bit { "7bit" } else { "8bit" };
        let is_7bit = header.is_ascii() && body.is_ascii();
        let count = if header.is_empty() { 3 } else { 4 };
        let entities = [
            (multipart, encoding(status.is_ascii() && is_7bit), String::new()),
            ("text/plain; charset=utf-8".into(), "quoted-printable", quoted_printable(&text)),
            (format!("message/{kind}"), encoding(status.is_ascii()), status),
            (media_type.into(), encoding(is_7bit), header),
        ];
        let entities = entities.map(|(media_type, encoding, content)| {
            let encoding = field("Content-Transfer-Encoding", encoding);
            field("Content-Type", &media_type) + &encoding + "\r\n" + &content
        });
        let parts = entities[..count].join(&*format!("\r\n--{boundary}\r\n"));
        let head = header_of(options, &self.recipients)? + &parts;
        Ok(ReportMessage { head, body, tail: format!("\r\n--{boundary}--\r\n") })
    }
}

/// The header of the message, up to its media type.
fn header_of(options: &ReportOptions, recipients: &[Recipient]) -> Result<String> {
    let subject = options.subject.clone().unwrap_or_else(|| explanation::subject(recipients));
    let is_plain = subject.is_ascii() && !subject.contains("=?");
    let subject = if is_plain { subject } else { encoded_words(&one_line(&subject)) };
    let is_line = options.date.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    check(is_line && !options.date.is_empty(), "date", "must be a date as in RFC 5322")?;
    let id = options.message_id.trim_matches(['<', '>']);
    check(id.is_ascii() && is_address(id), "message_id", "must be a Message-ID as in RFC 5322")?;
    let fields = [
        field("From", &mailbox("from", &options.from)?),
        field("To", &mailbox("to", &options.to)?),
        field("Subject", &subject),
        field("Date", &options.date),
        field("Message-ID", &format!("<{id}>")),
        field("Auto-Submitted", "auto-replied"),
        field("MIME-Version", "1.0"),
    ];
    Ok(fields.concat())
}

/// The mailbox of a header field (RFC 5322 §3.4, RFC 6532 §3.2), for an address or a name and an
/// address.
fn mailbox(field: &str, text: &str) -> Result<String> {
    let text = one_line(text);
    let (name, address) = text.trim_end_matches('>').rsplit_once('<').unwrap_or(("", &text));
    check(is_address(address), field, "must be an address or Name <address>")?;
    let name = name.trim().trim_matches('"');
    let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" '-".contains(&byte));
    let phrase = if is_plain { name.into() } else { encoded_words(name) };
    Ok(format!("{phrase} <{address}>"))
}

/// Whether a header field reads this as one address. The local part may be quoted.
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let quoted = local.strip_prefix('"').and_then(|local| local.strip_suffix('"'));
    let (local, specials) = quoted.map_or((local, " \"\\()<>,;:@"), |local| (local, "\"\\"));
    let lacks = |text: &str, specials: &str| {
        !text.is_empty() && !text.contains(|c: char| c.is_control() || specials.contains(c))
    };
    lacks(local, specials) && lacks(domain, " \"\\()<>,;@")
}

impl ReportMessage<'_> {
    fn pieces(&self) -> impl Iterator<Item = &[u8]> {
        let body = Lines::new(self.body).flat_map(|line| [line, b"\r\n"]);
        iter::once(self.head.as_bytes()).chain(body).chain([self.tail.as_bytes()])
    }

    /// Writes the message, line by line: `out` should have a buffer.
    ///
    /// # Errors
    ///
    /// The error of `out`.
    #[cfg(feature = "std")]
    pub fn write_io(&self, out: &mut (impl std::io::Write + ?Sized)) -> std::io::Result<()> {
        self.pieces().try_for_each(|piece| out.write_all(piece))
    }
}

/// The message as text, for any `fmt::Write`. Invalid UTF-8 of the returned body becomes
/// U+FFFD.
impl fmt::Display for ReportMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces().try_for_each(|piece| f.write_str(&String::from_utf8_lossy(piece)))
    }
}
