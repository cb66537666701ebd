//! Writing the fields of reports: the content of `message/delivery-status` (RFC 3464 §2) or of
//! `message/global-delivery-status` (RFC 6533 §4.1).

use alloc::format;
use alloc::string::{String, ToString};

use super::error::{Result, check};
use super::reader::is_recipient_field;
use super::{Action, Recipient, Report, Typed};
use crate::mime::fields::is_field_name;
use crate::mime::write::{LINE, fields, folded, one_line};
use crate::parse::split_type;
use crate::reply::Reply;

/// The groups of fields, with a blank line between two. ASCII for `message/delivery-status`.
pub(super) fn delivery_status(report: &Report) -> Result<String> {
    let mta = report.reporting_mta.as_ref().map(|mta| one_line(&mta.value)).unwrap_or_default();
    check(!mta.is_empty(), "reporting_mta", "is missing")?;
    check(!report.recipients.is_empty(), "recipients", "there must be at least one")?;
    let mut out = fields([
        ("Original-Envelope-Id", text(report.original_envelope_id.as_deref())),
        ("Reporting-MTA", typed(report.reporting_mta.as_ref(), "dns")),
        ("DSN-Gateway", typed(report.dsn_gateway.as_ref(), "dns")),
        ("Received-From-MTA", typed(report.received_from_mta.as_ref(), "dns")),
        ("Arrival-Date", text(report.arrival_date.as_deref())),
    ]);
    out += &extensions("extensions", &report.extensions, is_recipient_field)?;
    for (index, recipient) in report.recipients.iter().enumerate() {
        out.extend(["\r\n", &group(&format!("recipients[{index}]"), recipient)?]);
    }
    Ok(out)
}

/// The fields about a recipient. `path`: how an error names it.
fn group(path: &str, to: &Recipient) -> Result<String> {
    let field = |name| format!("{path}.{name}");
    let is_known = to.action.as_ref().is_some_and(|action| !matches!(action, Action::Other(_)));
    check(is_known, &field("action"), "must be failed, delayed, delivered, relayed or expanded")?;
    check(to.final_recipient.is_some(), &field("final_recipient"), "is missing")?;
    let status = to.status_or_reply();
    check(status.is_some(), &field("status"), "is missing")?;
    let comment = commented(to.status_comment.as_deref());
    let is_reply = to.diagnostic.as_ref().and_then(|said| Reply::parse_lenient(&said.value));
    let kind = is_reply.map_or("x-unknown", |_| "smtp");
    let own = fields([
        (
            "Original-Recipient",
            address(&field("original_recipient"), to.original_recipient.as_ref())?,
        ),
        ("Final-Recipient", address(&field("final_recipient"), to.final_recipient.as_ref())?),
        ("Action", to.action.as_ref().map(Action::to_string)),
        ("Status", status.map(|status| format!("{status}{comment}"))),
        ("Remote-MTA", typed(to.remote_mta.as_ref(), "dns")),
        ("Diagnostic-Code", typed(to.diagnostic.as_ref(), kind)),
        ("Last-Attempt-Date", text(to.last_attempt_date.as_deref())),
        ("Final-Log-ID", text(to.final_log_id.as_deref())),
        ("Will-Retry-Until", text(to.will_retry_until.as_deref())),
    ]);
    let begins_another = |name: &str| {
        ["original-recipient", "final-recipient"].contains(&&*name.to_ascii_lowercase())
    };
    Ok(own + &extensions(&field("extensions"), &to.extensions, begins_another)?)
}

/// Fields that RFC 3464 does not define. `taken`: whether one of this name would be read as a field
/// of another group.
fn extensions(path: &str, named: &[(String, String)], taken: fn(&str) -> bool) -> Result<String> {
    let is_legal = |(name, _): &(String, String)| {
        (1..LINE).contains(&name.len()) && name.bytes().all(is_field_name) && !taken(name)
    };
    let problem = "a name is not that of an extension field";
    check(named.iter().all(is_legal), path, problem)?;
    Ok(fields(named.iter().map(|(name, value)| (&**name, Some(value.clone())))))
}

/// A text that is not blank.
fn text(text: Option<&str>) -> Option<String> {
    text.map(one_line).filter(|text| !text.is_empty())
}

/// `type; value (comment)`
fn typed(typed: Option<&Typed>, default: &str) -> Option<String> {
    let Typed { kind, value, comment } = typed?;
    let kind = kind.as_deref().filter(is_type).unwrap_or(default);
    Some(format!("{kind}; {}{}", one_line(value), commented(comment.as_deref())))
}

/// Whether a type is read as one. What is not is none.
fn is_type(kind: &&str) -> bool {
    split_type(format!("{kind};").as_bytes()) == Some((kind.as_bytes(), b""))
}

/// An address that is read as the same.
fn address(field: &str, address: Option<&Typed>) -> Result<Option<String>> {
    let Some(Typed { kind, value, comment }) = address else { return Ok(None) };
    let value = without_brackets(value);
    let kind = match kind.as_deref().filter(is_type).unwrap_or("rfc822") {
        "rfc822" if !value.is_ascii() => "utf-8",
        kind => kind,
    };
    let encoded = if kind == "utf-8" { utf8_address(value) } else { value.into() };
    let written = one_line(&format!("{kind}; {encoded}{}", commented(comment.as_deref())));
    let read = Typed::read_address(&folded(&written).replace("\r\n", ""));
    check(!value.is_empty() && read.value == value, field, "the address cannot be represented")?;
    Ok(Some(written))
}

/// The address without the angle brackets that it has in SMTP.
pub(super) fn without_brackets(address: &str) -> &str {
    let bare = address.trim().strip_prefix('<').and_then(|bare| bare.strip_suffix('>'));
    bare.unwrap_or(address)
}

/// A space and the comment, which nothing in it ends (RFC 5322 §3.2.2).
fn commented(comment: Option<&str>) -> String {
    let text = one_line(comment.unwrap_or_default());
    let quoted = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    if quoted.is_empty() { quoted } else { format!(" ({quoted})") }
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
