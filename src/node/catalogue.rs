//! The catalogue as JavaScript sees it, as JSON like the table.

use super::raw::{Arguments, Native, Result, Scope, Value};
use super::table_json::array;
use crate::table::{Helper, STATUSES, Status};

/// `catalogue()`: the JSON of every registered status, in the order of the registry.
pub(super) struct Catalogue;

impl Native<0> for Catalogue {
    fn call<'s>(scope: &Scope<'s>, _: Arguments<'s, 0>) -> Result<Value<'s>> {
        scope.text(&array(STATUSES, record))
    }
}

/// `{ "status": "X.1.1", "subject": 1, "detail": 1, "message": "…", "basic_codes": [451, 550],
/// "references": ["RFC 3463"], "helpers": [{ "name": "no_such_user", "code": 550,
/// "message": "No such user" }, …] }`
fn record(status: &Status) -> String {
    let (subject, detail, message) = (status.subject(), status.detail(), status.message());
    let basic_codes = array(status.basic_codes(), ToString::to_string);
    let references = array(status.references(), |reference| format!(r#""{reference}""#));
    let helpers = array(status.helpers(), |helper: &Helper| {
        let (name, code) = (helper.name(), helper.code());
        let message = helper.own_message().unwrap_or(message);
        format!(r#"{{"name":"{name}","code":{code},"message":"{message}"}}"#)
    });
    format!(
        r#"{{"status":"X.{subject}.{detail}","subject":{subject},"detail":{detail},"message":"{message}","basic_codes":{basic_codes},"references":{references},"helpers":{helpers}}}"#
    )
}
