//! The functions that read what JavaScript got from elsewhere: replies and names of statuses.

use std::mem::MaybeUninit;

use super::calls::nowhere;
use super::raw::{Arguments, Native, Result, Scope, Value, reserve};
use crate::parse::{Parsed, parse};
use crate::table::Status;
use crate::text::strip_in_place;

/// `parse(text)`, bound to `make(code, msg, cls, sub, det, default_msg, reply)`: what `make`
/// makes of the fields, or `null` if the text is no reply.
pub(super) struct Parse;

impl Native<1> for Parse {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let made = scope.with_string(text, |units| match parse(units) {
            Some(parsed) => scope.call(arguments.this, text, &fields(scope, &parsed)?).map(Some),
            None => Ok(None),
        })?;
        made.flatten().map_or_else(|| scope.null(), Ok)
    }
}

/// `find(text)`: the place of the status in the catalogue, else -1.
pub(super) struct Find;

impl Native<1> for Find {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let mut buffer = [MaybeUninit::uninit(); NAME_UNITS];
        let text = scope.read_string(text, &mut buffer)?.unwrap_or_default();
        Status::position_of(text).map_or_else(|| nowhere(scope), |at| scope.number(at as f64))
    }
}

/// The longest name of a status, one unit more, so that a longer text is not taken for one, and
/// the terminator that Node-API adds.
const NAME_UNITS: usize = "X.999.999".len() + 1 + 1;

fn fields<'s>(scope: &Scope<'s>, parsed: &Parsed<u16>) -> Result<[Value<'s>; 7]> {
    let Parsed { code, status, lines } = parsed;
    let prefix = status.prefix();
    Ok([
        scope.integer(code.get().into())?,
        one_or_several(scope, lines, |line| scope.string(line))?,
        scope.integer(status.class.digit().into())?,
        scope.integer(status.subject.into())?,
        scope.integer(status.detail.into())?,
        scope.text(status.default_text())?,
        one_or_several(scope, lines, |line| printed(scope, &prefix, line))?,
    ])
}

/// A string for one line, an array for several.
fn one_or_several<'s>(
    scope: &Scope<'s>,
    lines: &[&[u16]],
    string: impl Fn(&[u16]) -> Result<Value<'s>>,
) -> Result<Value<'s>> {
    match lines {
        [line] => string(line),
        lines => scope.array(lines, |line| string(line)),
    }
}

fn printed<'s>(scope: &Scope<'s>, prefix: &str, line: &[u16]) -> Result<Value<'s>> {
    let mut units = reserve(prefix.len() + line.len())?;
    units.extend(prefix.encode_utf16().chain(line.iter().copied()));
    let kept = strip_in_place(&mut units);
    scope.string(&units[..kept])
}
