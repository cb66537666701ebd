//! Reading what another server replied.

use super::object::{line_or_lines, object, values_of};
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
        match parsed(scope, text)? {
            Some(values) => object(scope, values),
            None => scope.null(),
        }
    }
}

/// `parse(text)`, bound to `make(code, msg, cls, sub, det, default_msg, reply)`.
pub(super) struct BoundParse;

impl Native<1> for BoundParse {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { this: make, values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        match parsed(scope, text)? {
            Some(values) => scope.call(make, text, &values),
            None => scope.null(),
        }
    }
}

/// The values of the seven properties; `None` if the value is not a text or not such a reply.
fn parsed<'s>(scope: &Scope<'s>, text: Value<'s>) -> Result<Option<[Value<'s>; 7]>> {
    let read = scope.with_string(text, |units| {
        let Some(reply) = parse(units).map(reply_of).filter(|reply| reply.code().class().is_some())
        else {
            return Ok(None);
        };
        let several = reply.lines().len() != 1;
        let code = scope.integer(reply.code().get())?;
        let msg = line_or_lines(scope, &reply, several, |line| scope.string(line))?;
        values_of(scope, &reply, code, msg, several).map(Some)
    })?;
    Ok(read.flatten())
}

fn reply_of(Parsed { code, status, lines }: Parsed<'_, u16>) -> Reply<[u16]> {
    let status = status.map(|status| (status.subject(), status.detail()));
    Reply::of(code, status, "").with_lines(lines)
}
