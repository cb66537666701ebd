//! Writing the fields of reports: the content of `message/delivery-status` (RFC 3464 §2) or of
//! `message/global-delivery-status` (RFC 6533 §4.1).

use alloc::format;
use alloc::string::String;

use super::error::WriteReportError;
use super::reader::is_recipient_field;
use super::{Action, Recipient, Report, Typed};
use crate::mime::fields::is_field_name;
use crate::mime::write::{LINE, one_line, push_field};
use crate::parse::split_type;
use crate::reply::Reply;

/// The maximum length of an address in octets, so that [`push_field`] changes no space in it. SMTP
/// allows 320.
pub(super) const MAX_ADDRESS: usize = 380;

type Result<T> = core::result::Result<T, WriteReportError>;

/// The groups of fields, with a blank line between two. ASCII for `message/delivery-status`.
pub(super) fn delivery_status(report: &Report) -> Result<String> {
    let mut group = Group { out: String::new(), path: String::new() };
    group.text("Original-Envelope-Id", report.original_envelope_id.as_deref());
    let mta = report.reporting_mta.as_ref().filter(|mta| !one_line(&mta.value).is_empty());
    group.require("reporting_mta", mta)?;
    group.mta("Reporting-MTA", "reporting_mta", mta)?;
    group.mta("DSN-Gateway", "dsn_gateway", report.dsn_gateway.as_ref())?;
    group.mta("Received-From-MTA", "received_from_mta", report.received_from_mta.as_ref())?;
    group.text("Arrival-Date", report.arrival_date.as_deref());
    group.extensions(&report.extensions, |name| !is_recipient_field(name))?;
    if report.recipients.is_empty() {
        return Err(WriteReportError::new("recipients", "there must be at least one"));
    }
    for (index, recipient) in report.recipients.iter().enumerate() {
        group.path = format!("recipients[{index}].");
        group.out.push_str("\r\n");
        group.recipient(recipient)?;
    }
    Ok(group.out)
}

/// A group of fields.
struct Group {
    out: String,
    /// What precedes the names of these fields in an error.
    path: String,
}

impl Group {
    fn recipient(&mut self, recipient: &Recipient) -> Result<()> {
        let address = self.require("final_recipient", recipient.final_recipient.as_ref())?;
        if let Some(original) = &recipient.original_recipient {
            self.address("Original-Recipient", "original_recipient", original)?;
        }
        self.address("Final-Recipient", "final_recipient", address)?;
        match self.require("action", recipient.action.as_ref())? {
            Action::Other(_) => {
                let problem = "must be failed, delayed, delivered, relayed or expanded";
                return Err(self.error("action", problem));
            }
            action => self.text("Action", Some(action.as_str())),
        }
        let status = self.require("status", recipient.status_or_reply())?;
        let comment = recipient.status_comment.as_deref();
        self.text("Status", Some(&format!("{status}{}", commented(comment))));
        self.mta("Remote-MTA", "remote_mta", recipient.remote_mta.as_ref())?;
        if let Some(diagnostic) = &recipient.diagnostic {
            let is_reply = Reply::parse_lenient(&diagnostic.value).is_some();
            let kind = if is_reply { "smtp" } else { "x-unknown" };
            self.typed("Diagnostic-Code", "diagnostic", diagnostic, kind)?;
        }
        self.text("Last-Attempt-Date", recipient.last_attempt_date.as_deref());
        self.text("Final-Log-ID", recipient.final_log_id.as_deref());
        self.text("Will-Retry-Until", recipient.will_retry_until.as_deref());
        let begins_another = |name: &str| {
            let names = ["Original-Recipient", "Final-Recipient"];
            names.iter().any(|other| name.eq_ignore_ascii_case(other))
        };
        self.extensions(&recipient.extensions, |name| !begins_another(name))
    }

    fn error(&self, field: &str, problem: &'static str) -> WriteReportError {
        WriteReportError::new(format!("{}{field}", self.path), problem)
    }

    fn require<T>(&self, field: &str, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| self.error(field, "is missing"))
    }

    /// Nothing if there is no text.
    fn text(&mut self, name: &str, text: Option<&str>) {
        let text = text.map(one_line).unwrap_or_default();
        if !text.is_empty() {
            push_field(&mut self.out, name, &text);
        }
    }

    fn mta(&mut self, name: &str, field: &str, mta: Option<&Typed>) -> Result<()> {
        mta.map_or(Ok(()), |mta| self.typed(name, field, mta, "dns"))
    }

    fn typed(&mut self, name: &str, field: &str, typed: &Typed, default: &str) -> Result<()> {
        let kind = typed.kind.as_deref().unwrap_or(default);
        let value = one_line(&typed.value);
        // The type has to be one for those who read it.
        let text = format!("{kind};");
        if kind.len() > LINE || split_type(text.as_bytes()) != Some((kind.as_bytes(), b"")) {
            return Err(self.error(field, "the type must be an atom"));
        }
        let comment = commented(typed.comment.as_deref());
        push_field(&mut self.out, name, format!("{kind}; {value}{comment}").trim_end());
        Ok(())
    }

    fn address(&mut self, name: &str, field: &str, address: &Typed) -> Result<()> {
        let value = without_brackets(&address.value);
        let kind = match address.kind.as_deref() {
            None | Some("rfc822") if !value.is_ascii() => "utf-8",
            kind => kind.unwrap_or("rfc822"),
        };
        let is_utf8 = kind.eq_ignore_ascii_case("utf-8");
        let encoded = if is_utf8 { utf8_address(value) } else { value.into() };
        let is_read = Typed::read_address(&format!("{kind}; {encoded}")).value == value;
        let is_short = (1..=MAX_ADDRESS).contains(&encoded.len());
        if !is_read || !is_short || one_line(value) != value {
            return Err(self.error(field, "the address cannot be represented"));
        }
        let address = Typed { comment: address.comment.clone(), ..Typed::new(kind, encoded) };
        self.typed(name, field, &address, kind)
    }

    /// `may_follow`: whether a field of this name would not be read as one of another group.
    fn extensions(
        &mut self,
        extensions: &[(String, String)],
        may_follow: impl Fn(&str) -> bool,
    ) -> Result<()> {
        for (name, value) in extensions {
            let is_name = (1..LINE).contains(&name.len()) && name.bytes().all(is_field_name);
            if !is_name || !may_follow(name) {
                return Err(self.error("extensions", "a name is not that of an extension field"));
            }
            push_field(&mut self.out, name, &one_line(value));
        }
        Ok(())
    }
}

/// The address without the angle brackets that it has in SMTP.
pub(super) fn without_brackets(address: &str) -> &str {
    let mut address = address.trim();
    while let Some(bare) = address.strip_prefix('<').and_then(|bare| bare.strip_suffix('>')) {
        address = bare.trim();
    }
    address
}

/// A space and the comment, which nothing in it ends (RFC 5322 §3.2.2).
fn commented(comment: Option<&str>) -> String {
    let comment = comment.map(one_line).unwrap_or_default();
    if comment.is_empty() {
        return comment;
    }
    let quoted = |c: char| if "()\\".contains(c) { format!("\\{c}") } else { c.into() };
    let content =
        if is_balanced(&comment) { comment } else { comment.chars().map(quoted).collect() };
    format!(" ({content})")
}

/// Whether a text is the content of a comment as it is: it may have quoted pairs, and comments.
fn is_balanced(comment: &str) -> bool {
    let mut depth = 0_usize;
    let mut characters = comment.chars();
    while let Some(c) = characters.next() {
        let next = match c {
            '\\' => characters.next().map(|_| depth),
            '(' => Some(depth + 1),
            ')' => depth.checked_sub(1),
            _ => Some(depth),
        };
        let Some(next) = next else { return false };
        depth = next;
    }
    depth == 0
}

/// An address of the type `utf-8`: as it is (`utf-8-address`) or, if it could be mistaken for an
/// encoded one or the field has to be ASCII, encoded (RFC 6533 §3).
fn utf8_address(address: &str) -> String {
    if !address.is_ascii() && !address.contains('\\') {
        return address.into();
    }
    let encoded = |c: char| match c {
        '\\' | '+' | '=' | ' ' => format!("\\x{{{:02X}}}", u32::from(c)),
        _ => c.into(),
    };
    address.chars().map(encoded).collect()
}
