//! The table as JavaScript reads it: piece by piece, when a piece is first needed, as JSON. To parse
//! a text takes JavaScript a fifth of the time that Node-API takes to make the same objects.

use std::fmt::{self, Write};

use super::calls::integer;
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::code::Class;
use crate::reply::EnhancedCode;
use crate::table::{Helper as TableHelper, STATUSES, Status};

/// Every name of a helper in the order of the table.
pub(super) fn names<'s>(scope: &Scope<'s>) -> Result<Value<'s>> {
    let names: Vec<_> = named_helpers().map(|(name, ..)| name).collect();
    scope.array(&names, |name| scope.text(name))
}

/// `helper_record(place)`: what stands behind the name at that place in [`names`].
///
/// `{ "own": "No such user", "code": 550, "at": 2, "first": 33 }`: the helper's own text or null,
/// its basic code and the code's class, as a place in [`Class::ALL`], and the place where the
/// [rows](Row) of its status begin.
pub(super) struct HelperRecord;

impl Native<1> for HelperRecord {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let found = read_index(scope, arguments.values[0])?.and_then(|at| named_helpers().nth(at));
        json(scope, found, |json, &(_, row, helper)| {
            let (code, first) = (helper.code(), row * Class::ALL.len());
            json.write_str(r#"{"own":"#)?;
            match helper.own_message() {
                Some(own) => write!(json, r#""{own}""#)?,
                None => json.write_str("null")?,
            }
            write!(json, r#","code":{code},"at":{},"first":{first}}}"#, code.class().position())
        })
    }
}

/// `row(at)`: a status in one class, counted in the order of the table and of [`Class::ALL`].
///
/// `{ "cls": 5, "sub": 1, "det": 1, "message": "…", "prefix": "5.1.1 " }`
pub(super) struct Row;

impl Native<1> for Row {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let found = read_index(scope, arguments.values[0])?.and_then(|at| {
            let class = Class::ALL[at % Class::ALL.len()];
            STATUSES.get(at / Class::ALL.len()).map(|status| (class, status))
        });
        json(scope, found, |json, &(class, status)| {
            let (subject, detail) = (status.subject(), status.detail());
            let prefix = EnhancedCode { class, subject, detail }.prefix();
            write!(json, r#"{{"cls":{class},"sub":{subject},"det":{detail},"#)?;
            write!(json, r#""message":"{}","prefix":"{prefix}"}}"#, status.message())
        })
    }
}

/// `texts()`: the default texts by subject and detail, `[["Other undefined status"], …]`.
pub(super) struct Texts;

impl Native<0> for Texts {
    fn call<'s>(scope: &Scope<'s>, _: Arguments<'s, 0>) -> Result<Value<'s>> {
        let subjects: Vec<_> = STATUSES.chunk_by(|a, b| a.subject() == b.subject()).collect();
        json(scope, Some(subjects), |json, subjects| {
            write_array(json, subjects, |json, statuses| {
                let end = statuses.iter().rposition(|status| !status.message().is_empty());
                let texts = &statuses[..end.map_or(0, |last| last + 1)];
                write_array(json, texts, |json, status| write!(json, r#""{}""#, status.message()))
            })
        })
    }
}

/// `catalogue()`: every registered status, in the order of the registry.
///
/// `[{ "status": "X.1.1", "subject": 1, "detail": 1, "message": "…", "basic_codes": [451, 550],
/// "references": ["RFC 3463"], "helpers": [{ "name": "no_such_user", "code": 550,
/// "message": "No such user" }, …] }, …]`
pub(super) struct Catalogue;

impl Native<0> for Catalogue {
    fn call<'s>(scope: &Scope<'s>, _: Arguments<'s, 0>) -> Result<Value<'s>> {
        json(scope, Some(STATUSES), |json, statuses| write_array(json, statuses, write_status))
    }
}

fn write_status(json: &mut String, status: &Status) -> fmt::Result {
    let (subject, detail, message) = (status.subject(), status.detail(), status.message());
    write!(json, r#"{{"status":"X.{subject}.{detail}","subject":{subject},"detail":{detail},"#)?;
    write!(json, r#""message":"{message}","basic_codes":"#)?;
    write_array(json, status.basic_codes(), |json, code| write!(json, "{code}"))?;
    json.write_str(r#","references":"#)?;
    write_array(json, status.references(), |json, reference| write!(json, r#""{reference}""#))?;
    json.write_str(r#","helpers":"#)?;
    write_array(json, status.helpers(), |json, helper| {
        let (name, code) = (helper.name(), helper.code());
        let message = helper.own_message().unwrap_or(message);
        write!(json, r#"{{"name":"{name}","code":{code},"message":"{message}"}}"#)
    })?;
    json.write_char('}')
}

/// Every name of a helper with the row of its status in [`STATUSES`].
fn named_helpers() -> impl Iterator<Item = (&'static str, usize, &'static TableHelper)> {
    STATUSES.iter().enumerate().flat_map(|(row, status)| {
        status.helpers().iter().flat_map(move |helper| {
            let names = [Some(helper.name()), helper.old_name()];
            names.into_iter().flatten().map(move |name| (name, row, helper))
        })
    })
}

/// `None` if the value is no index of anything.
fn read_index<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Option<usize>> {
    Ok(scope.read_number(value)?.and_then(integer).map(usize::from))
}

/// The text that `write` makes of a record, `null` where there is none.
fn json<'s, T>(
    scope: &Scope<'s>,
    record: Option<T>,
    write: impl FnOnce(&mut String, &T) -> fmt::Result,
) -> Result<Value<'s>> {
    let Some(record) = record else { return scope.null() };
    let mut json = String::new();
    write(&mut json, &record).expect("a String takes any text");
    scope.text(&json)
}

fn write_array<T>(
    json: &mut String,
    items: &[T],
    write: impl Fn(&mut String, &T) -> fmt::Result,
) -> fmt::Result {
    json.write_char('[')?;
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            json.write_char(',')?;
        }
        write(json, item)?;
    }
    json.write_char(']')
}
