//! Parsing delivery reports.

use super::object::{object, one_or_several, values_of};
use super::raw::{Arguments, Native, Result, Scope, Value, reserve};
use crate::javascript::by_name;
use crate::reply::Reply;
use crate::report::{Recipient, Report, Typed};

/// `parse_report(text)`: an object, or `null` if there is no report in the text. `dsn` of each
/// recipient is what `parse` gives.
pub(super) struct PlainParseReport;

impl Native<1> for PlainParseReport {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        report_of(scope, text, |reply| object(scope, dsn_values(scope, reply)?))
    }
}

/// `parse_report(text)`, bound to the maker of `parse`, which makes the `dsn` of each recipient.
pub(super) struct BoundParseReport;

impl Native<1> for BoundParseReport {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { this: make, values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        report_of(scope, text, |reply| {
            let [code, msg, cls, sub, det, default_msg, text] = dsn_values(scope, reply)?;
            let has_status = scope.boolean(reply.enhanced_code().is_some())?;
            scope.call(make, code, &[code, msg, cls, sub, det, default_msg, text, has_status])
        })
    }
}

/// The report in a text, `null` if there is none or the value is not a text.
fn report_of<'s>(
    scope: &Scope<'s>,
    text: Value<'s>,
    dsn: impl Fn(&Reply) -> Result<Value<'s>>,
) -> Result<Value<'s>> {
    let report = scope.with_string(text, |units| Ok(Report::parse(utf8(units)?)))?;
    match report.flatten() {
        Some(report) => report_object(scope, &report, dsn),
        None => scope.null(),
    }
}

/// Lone surrogates become U+FFFD.
fn utf8(units: &[u16]) -> Result<String> {
    let characters = || {
        let decoded = char::decode_utf16(units.iter().copied());
        decoded.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
    };
    let mut bytes = reserve(characters().map(char::len_utf8).sum())?;
    for character in characters() {
        bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
    }
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

fn report_object<'s>(
    scope: &Scope<'s>,
    report: &Report,
    dsn: impl Fn(&Reply) -> Result<Value<'s>>,
) -> Result<Value<'s>> {
    let recipient = |recipient| recipient_object(scope, recipient, &dsn);
    scope.object(&[
        ("original_envelope_id", text(scope, &report.original_envelope_id)?),
        ("reporting_mta", typed(scope, &report.reporting_mta, "name")?),
        ("dsn_gateway", typed(scope, &report.dsn_gateway, "name")?),
        ("received_from_mta", typed(scope, &report.received_from_mta, "name")?),
        ("arrival_date", text(scope, &report.arrival_date)?),
        ("extensions", extensions(scope, &report.extensions)?),
        ("recipients", scope.array(&report.recipients, recipient)?),
    ])
}

fn recipient_object<'s>(
    scope: &Scope<'s>,
    recipient: &Recipient,
    dsn: impl Fn(&Reply) -> Result<Value<'s>>,
) -> Result<Value<'s>> {
    // A 3yz reply is never final, and haraka-dsn has no class 3.
    let reply = recipient.reply().filter(|reply| reply.code().class().is_some());
    let status = recipient.status.map(|status| status.to_string());
    scope.object(&[
        ("original_recipient", typed(scope, &recipient.original_recipient, "address")?),
        ("final_recipient", typed(scope, &recipient.final_recipient, "address")?),
        ("action", text(scope, &recipient.action)?),
        ("status", text(scope, &status)?),
        ("status_comment", text(scope, &recipient.status_comment)?),
        ("remote_mta", typed(scope, &recipient.remote_mta, "name")?),
        ("diagnostic", typed(scope, &recipient.diagnostic, "text")?),
        ("last_attempt_date", text(scope, &recipient.last_attempt_date)?),
        ("final_log_id", text(scope, &recipient.final_log_id)?),
        ("will_retry_until", text(scope, &recipient.will_retry_until)?),
        ("extensions", extensions(scope, &recipient.extensions)?),
        ("dsn", reply.map_or_else(|| scope.null(), |reply| dsn(&reply))?),
    ])
}

/// The values of the seven properties.
fn dsn_values<'s>(scope: &Scope<'s>, reply: &Reply) -> Result<[Value<'s>; 7]> {
    let lines = reply.lines().map(|line| line.encode_utf16().collect::<Vec<_>>());
    let reply = Reply::of(reply.code(), reply.enhanced_code(), "").with_lines(lines);
    let several = reply.lines().len() != 1;
    let code = scope.integer(reply.code().get())?;
    let msg = one_or_several(scope, reply.lines(), several, |line| scope.string(line))?;
    values_of(scope, &reply, code, msg, several)
}

fn text<'s>(scope: &Scope<'s>, text: &Option<String>) -> Result<Value<'s>> {
    text.as_ref().map_or_else(|| scope.null(), |text| scope.text(text))
}

/// `{ type, [name]: value }`
fn typed<'s>(scope: &Scope<'s>, typed: &Option<Typed>, name: &str) -> Result<Value<'s>> {
    let Some(Typed { kind, value }) = typed else { return scope.null() };
    scope.object(&[("type", text(scope, kind)?), (name, scope.text(value)?)])
}

/// The values of each name, in an array.
fn extensions<'s>(scope: &Scope<'s>, fields: &[(String, String)]) -> Result<Value<'s>> {
    let values = by_name(fields)
        .into_iter()
        .map(|(name, values)| Ok((name, scope.array(values, |value| scope.text(value))?)));
    scope.object(&values.collect::<Result<Vec<_>>>()?)
}
