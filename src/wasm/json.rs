//! JSON for JavaScript: the table, replies and reports.

use std::fmt::{self, Display, Formatter, Write};

use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::javascript::by_name;
use crate::reply::Reply;
use crate::report::{Recipient, Report, Typed};
use crate::table::{Helper, STATUSES, Status};

/// A string of JSON.
struct Text<'t>(&'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for character in self.0.chars() {
            match character {
                '"' | '\\' => write!(f, "\\{character}")?,
                '\0'..=' ' => write!(f, "\\u{:04x}", u32::from(character))?,
                _ => f.write_char(character)?,
            }
        }
        f.write_char('"')
    }
}

/// `null` if there is no value.
struct Maybe<T>(Option<T>);

impl<T: Display> Display for Maybe<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("null"),
        }
    }
}

fn text(text: &Option<String>) -> Maybe<Text<'_>> {
    Maybe(text.as_deref().map(Text))
}

/// An array of JSON.
struct Array<'i, T, F>(&'i [T], F);

fn array<T, F>(items: &[T], write: F) -> Array<'_, T, F>
where
    F: Fn(&T, &mut Formatter<'_>) -> fmt::Result,
{
    Array(items, write)
}

impl<T, F: Fn(&T, &mut Formatter<'_>) -> fmt::Result> Display for Array<'_, T, F> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Array(items, write) = self;
        f.write_char('[')?;
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                f.write_char(',')?;
            }
            write(item, f)?;
        }
        f.write_char(']')
    }
}

/// Version, rules that are constants, and the names of the helpers with their indices.
pub(super) fn about(json: &mut String, helpers: &[(&str, usize)]) -> fmt::Result {
    let [success, transient, permanent] = Class::ALL.map(Class::digit);
    let (version, fallback) = (env!("CARGO_PKG_VERSION"), BasicCode::FALLBACK);
    let helpers = array(helpers, |(name, index), f| write!(f, r#"["{name}",{index}]"#));
    write!(json, r#"{{"version":"{version}","helpers":{helpers},"rules":{{"#)?;
    write!(json, r#""fallback_code":{fallback},"success":{success},"transient":{transient},"#)?;
    write!(json, r#""permanent":{permanent}}}}}"#)
}

/// The records of all registered statuses.
pub(super) fn statuses(json: &mut String) -> fmt::Result {
    write!(json, "{}", array(STATUSES, |status, f| write!(f, "{}", Record(status))))
}

/// The record of a status.
pub(super) struct Record<'s>(pub(super) &'s Status);

impl Display for Record<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Record(status) = self;
        let (subject, detail, message) = (status.subject(), status.detail(), status.message());
        let codes = array(status.basic_codes(), |code, f| write!(f, "{code}"));
        let references = array(status.references(), |name, f| write!(f, "{}", Text(name)));
        let helpers = array(status.helpers(), |helper, f| helper_record(helper, message, f));
        write!(f, r#"{{"status":"X.{subject}.{detail}","subject":{subject},"detail":{detail},"#)?;
        write!(f, r#""message":{},"basic_codes":{codes},"#, Text(message))?;
        write!(f, r#""references":{references},"helpers":{helpers}}}"#)
    }
}

fn helper_record(helper: &Helper, message: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let (name, code) = (helper.name(), helper.code());
    let message = Text(helper.own_message().unwrap_or(message));
    write!(f, r#"{{"name":"{name}","code":{code},"message":{message}}}"#)
}

/// A reply with one line of the table.
pub(super) fn row(json: &mut String, reply: &Reply, own_message: Option<&str>) -> fmt::Result {
    let code = reply.enhanced_code().ok_or(fmt::Error)?;
    let line = reply.lines_with_status().next().ok_or(fmt::Error)?;
    let own_message = Maybe(own_message.map(Text));
    codes(json, reply.code(), code)?;
    write!(json, r#","own_message":{own_message},"reply":{}}}"#, Text(&line))
}

/// A parsed reply: the position and the length of each line in the text.
pub(super) fn received(
    json: &mut String,
    code: BasicCode,
    status: EnhancedCode,
    has_status: bool,
    lines: &[(usize, usize)],
) -> fmt::Result {
    let lines = array(lines, |(at, length), f| write!(f, "[{at},{length}]"));
    codes(json, code, status)?;
    write!(json, r#","has_status":{has_status},"lines":{lines}}}"#)
}

/// The start of an object, with what follows from the codes.
fn codes(json: &mut String, basic: BasicCode, code: EnhancedCode) -> fmt::Result {
    let (class, subject, detail) = (code.class(), code.subject(), code.detail());
    let (text, prefix) = (code.status().map_or("", Status::message), code.prefix());
    write!(json, r#"{{"code":{basic},"cls":{class},"sub":{subject},"det":{detail},"#)?;
    write!(json, r#""default_msg":{},"prefix":"{}""#, Text(text), prefix.as_str())
}

/// A delivery report; `reply` of a recipient has the codes and the lines of the `dsn`.
pub(super) fn report(json: &mut String, report: &Report) -> fmt::Result {
    let recipients =
        array(&report.recipients, |recipient, f| write!(f, "{}", OneRecipient(recipient)));
    write!(json, r#"{{"original_envelope_id":{},"#, text(&report.original_envelope_id))?;
    write!(json, r#""reporting_mta":{},"#, typed(&report.reporting_mta, "name"))?;
    write!(json, r#""dsn_gateway":{},"#, typed(&report.dsn_gateway, "name"))?;
    write!(json, r#""received_from_mta":{},"#, typed(&report.received_from_mta, "name"))?;
    write!(json, r#""arrival_date":{},"#, text(&report.arrival_date))?;
    write!(json, r#""extensions":{},"recipients":{recipients}}}"#, Extensions(&report.extensions))
}

struct OneRecipient<'r>(&'r Recipient);

impl Display for OneRecipient<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let OneRecipient(recipient) = self;
        let status = Maybe(recipient.status.map(|status| format!("\"{status}\"")));
        write!(
            f,
            r#"{{"original_recipient":{},"#,
            typed(&recipient.original_recipient, "address")
        )?;
        write!(f, r#""final_recipient":{},"#, typed(&recipient.final_recipient, "address"))?;
        write!(f, r#""action":{},"status":{status},"#, text(&recipient.action))?;
        write!(f, r#""status_comment":{},"#, text(&recipient.status_comment))?;
        write!(f, r#""remote_mta":{},"#, typed(&recipient.remote_mta, "name"))?;
        write!(f, r#""diagnostic":{},"#, typed(&recipient.diagnostic, "text"))?;
        write!(f, r#""last_attempt_date":{},"#, text(&recipient.last_attempt_date))?;
        write!(f, r#""final_log_id":{},"#, text(&recipient.final_log_id))?;
        write!(f, r#""will_retry_until":{},"#, text(&recipient.will_retry_until))?;
        write!(f, r#""extensions":{},"#, Extensions(&recipient.extensions))?;
        // A 3yz reply is never final, and haraka-dsn has no class 3.
        match recipient.reply().and_then(|reply| reply.code().class().map(|class| (reply, class))) {
            Some((reply, class)) => write!(f, r#""dsn":{}}}"#, Dsn(&reply, class)),
            None => write!(f, r#""dsn":null}}"#),
        }
    }
}

/// The arguments of the maker of a `dsn`, for a reply with a class.
struct Dsn<'r>(&'r Reply, Class);

impl Display for Dsn<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Dsn(reply, class) = self;
        let status = reply.enhanced_code();
        let mut start = String::new();
        codes(
            &mut start,
            reply.code(),
            status.unwrap_or(EnhancedCode::SUCCESS.with_class(*class)),
        )?;
        let lines: Vec<_> = reply.lines().collect();
        let lines = array(&lines, |line, f| write!(f, "{}", Text(line)));
        write!(f, r#"{start},"has_status":{},"lines":{lines}}}"#, status.is_some())
    }
}

/// `{ type, [name]: value }`
fn typed<'t>(typed: &'t Option<Typed>, name: &'static str) -> impl Display + 't {
    Maybe(typed.as_ref().map(|typed| OneTyped(typed, name)))
}

struct OneTyped<'t>(&'t Typed, &'static str);

impl Display for OneTyped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let OneTyped(Typed { kind, value }, name) = self;
        write!(f, r#"{{"type":{},"{name}":{}}}"#, text(kind), Text(value))
    }
}

/// The values of each name, in an array.
struct Extensions<'f>(&'f [(String, String)]);

impl Display for Extensions<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('{')?;
        for (at, (name, values)) in by_name(self.0).iter().enumerate() {
            let comma = if at > 0 { "," } else { "" };
            let values = array(values, |value, f| write!(f, "{}", Text(value)));
            write!(f, "{comma}{}:{values}", Text(name))?;
        }
        f.write_char('}')
    }
}
