//! Parsing the replies of other servers.

use super::object::{object, one_or_several, values_of};
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::parse::{Parsed, parse};
use crate::reply::Reply;

/// `parse(text)`: an object, or `null` if the text is not a reply with a 2yz, 4yz or 5yz code.
pub(super) struct PlainParse;

impl Native<1> for PlainParse {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        match parsed(scope, text)? {
            Some((values, _)) => object(scope, values),
            None => scope.null(),
        }
    }
}

/// `parse(text)`, bound to `make(code, msg, cls, sub, det, default_msg, reply, has_status)`.
pub(super) struct BoundParse;

impl Native<1> for BoundParse {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { this: make, values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        match parsed(scope, text)? {
            Some(([code, msg, cls, sub, det, default_msg, reply], has_status)) => {
                let has_status = scope.boolean(has_status)?;
                scope.call(make, text, &[code, msg, cls, sub, det, default_msg, reply, has_status])
            }
            None => scope.null(),
        }
    }
}

/// The values of the seven properties, and whether the server sent an enhanced status code; `None` if
/// the value is not a text or not such a reply.
fn parsed<'s>(scope: &Scope<'s>, text: Value<'s>) -> Result<Option<([Value<'s>; 7], bool)>> {
    let read = scope.with_string(text, |units| {
        match parse(units).filter(|parsed| parsed.code.class().is_some()) {
            Some(parsed) => {
                let has_status = parsed.status.is_some();
                Ok(Some((values_of_parsed(scope, parsed)?, has_status)))
            }
            None => Ok(None),
        }
    })?;
    Ok(read.flatten())
}

fn values_of_parsed<'s>(scope: &Scope<'s>, parsed: Parsed<'_, u16>) -> Result<[Value<'s>; 7]> {
    let Parsed { code, status, lines } = parsed;
    let several = lines.len() != 1;
    let code_value = scope.integer(code.get())?;
    // `msg` keeps control characters; only `reply` is stripped.
    let msg = one_or_several(scope, lines.iter().copied(), several, |line| scope.string(line))?;
    let reply = Reply::of(code, status, "").with_lines(lines);
    values_of(scope, &reply, code_value, msg, several)
}
