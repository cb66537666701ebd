//! Writing the fields of reports: the content of `message/delivery-status` (RFC 3464 §2) or of
//! `message/global-delivery-status` (RFC 6533 §4.1).

use alloc::string::{String, ToString};

use super::error::{Result, WriteReportError, check};
use super::table::{MESSAGE_FIELDS, RECIPIENT_FIELDS, Row, Slot, has};
use super::{Action, Recipient, Report, Typed};
use crate::mime::fields::is_field_name;
use crate::mime::write::{LINE, field, folded, one_line};
use crate::parse::split_type;
use crate::reply::Reply;

/// The blocks of fields, with a blank line between two. ASCII for `message/delivery-status`.
pub(super) fn delivery_status(report: &Report) -> Result<String> {
    let mut report = report.clone(); // The table lends values mutably.
    let mta = report.reporting_mta.as_ref().map(|mta| one_line(&mta.value));
    check(mta.is_some_and(|mta| !mta.is_empty()), "reporting_mta", "is missing")?;
    check(!report.recipients.is_empty(), "recipients", "there must be at least one")?;
    let mut out = defined(MESSAGE_FIELDS, &mut report);
    out += &extensions(&report.extensions, |name| has(RECIPIENT_FIELDS, name))?;
    for (index, recipient) in report.recipients.iter_mut().enumerate() {
        let place = |field| format!("recipients[{index}].{field}");
        let text = block(recipient).map_err(|e| WriteReportError { field: place(e.field), ..e })?;
        out.extend(["\r\n", &text]);
    }
    Ok(out)
}

/// The fields about a recipient.
fn block(to: &mut Recipient) -> Result<String> {
    let is_known = to.action.as_ref().is_some_and(Action::is_known);
    check(is_known, "action", "must be failed, delayed, delivered, relayed or expanded")?;
    let (original, actual) = (to.original_recipient.as_ref(), to.final_recipient.as_ref());
    let problem = "must be an address that can be represented";
    check(original.is_none_or(is_representable), "original_recipient", problem)?;
    check(actual.is_some_and(is_representable), "final_recipient", problem)?;
    to.status = to.status_or_reply();
    let fits = to.status.is_some_and(|code| !code.is_success() || to.failure().is_none());
    check(fits, "status", "is missing, or a success although the recipient failed")?;
    let begins_another = |name: &str| has(&RECIPIENT_FIELDS[..2], name);
    Ok(defined(RECIPIENT_FIELDS, to) + &extensions(&to.extensions, begins_another)?)
}

/// The fields that RFC 3464 defines, if they have a value.
fn defined<T>(rows: &[Row<T>], target: &mut T) -> String {
    let written = |(name, slot): &Row<T>| {
        let value = match slot(target) {
            Slot::Text(text) => text.as_deref().map(one_line).filter(|text| !text.is_empty()),
            Slot::Name(name) => name.as_ref().map(|name| typed(name, "dns")),
            Slot::Address(to) => to.as_ref().map(address),
            Slot::Diagnostic(said) => said.as_ref().map(|said| {
                typed(said, Reply::parse_lenient(&said.value).map_or("x-unknown", |_| "smtp"))
            }),
            Slot::Action(action) => action.as_ref().map(Action::to_string),
            Slot::Status(status, comment) => {
                status.map(|status| format!("{status}{}", commented(comment.as_deref())))
            }
        };
        Some(field(name, &value?))
    };
    rows.iter().filter_map(written).collect()
}

/// Fields that RFC 3464 does not define. `taken`: whether one of this name would begin a recipient, or
/// be read as a field of one.
fn extensions(named: &[(String, String)], taken: fn(&str) -> bool) -> Result<String> {
    let is_legal = |(name, _): &(String, String)| {
        (1..LINE).contains(&name.len()) && name.bytes().all(is_field_name) && !taken(name)
    };
    check(named.iter().all(is_legal), "extensions", "a name is not that of an extension field")?;
    Ok(named.iter().map(|(name, value)| field(name, value)).collect())
}

/// `type; value (comment)`
fn typed(Typed { kind, value, comment }: &Typed, default: &str) -> String {
    let kind = kind.as_deref().filter(is_type).unwrap_or(default);
    format!("{kind}; {}{}", one_line(value), commented(comment.as_deref()))
}

/// Whether the parser reads this text as a type.
fn is_type(kind: &&str) -> bool {
    split_type(format!("{kind};").as_bytes()) == Some((kind.as_bytes(), b""))
}

fn address(Typed { kind, value, comment }: &Typed) -> String {
    let value = without_brackets(value);
    let default = if value.is_ascii() { "rfc822" } else { "utf-8" };
    let kind = kind.as_deref().filter(is_type).filter(|kind| *kind != "rfc822").unwrap_or(default);
    // Any other is a `utf-8-address`, which is not mistaken for an encoded one.
    let is_encoded = kind == "utf-8" && (value.is_ascii() || value.contains('\\'));
    let value = if is_encoded { utf8_xtext(value) } else { value.into() };
    one_line(&format!("{kind}; {value}{}", commented(comment.as_deref())))
}

/// Whether an address is read as it was before it was written.
fn is_representable(to: &Typed) -> bool {
    let read = Typed::read_address(&folded(&address(to)).replace("\r\n", ""));
    !read.value.is_empty() && read.value == without_brackets(&to.value)
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

/// `utf-8-addr-xtext`, or `utf-8-addr-unitext` of what is not ASCII (RFC 6533 §3).
fn utf8_xtext(address: &str) -> String {
    let encoded = address.replace('\\', "\\x{5C}").replace('+', "\\x{2B}");
    encoded.replace('=', "\\x{3D}").replace(' ', "\\x{20}")
}
