//! A reply of the core as a JavaScript object.

use std::array;

use super::raw::{Failure, Result, Scope, Value, reserve};
use crate::codes::EnhancedCode;
use crate::reply::Reply;
use crate::table::Status;

/// The properties of haraka-dsn's objects, in its order.
const NAMES: [&str; 7] = ["code", "msg", "cls", "sub", "det", "default_msg", "reply"];

/// The values of the seven properties; `reply` is an array if there are several lines.
pub(super) fn values_of<'s>(
    scope: &Scope<'s>,
    reply: &Reply<[u16]>,
    code: Value<'s>,
    msg: Value<'s>,
    several: bool,
) -> Result<[Value<'s>; 7]> {
    // haraka-dsn's objects always have an enhanced status code: X.0.0 if the server sent none.
    let class = reply.code().class().ok_or(Failure::NeedsClass)?;
    let status = reply.enhanced_code().unwrap_or(EnhancedCode::SUCCESS.with_class(class));
    let prefix = status.prefix();
    Ok([
        code,
        msg,
        scope.integer(class.digit())?,
        scope.integer(status.subject())?,
        scope.integer(status.detail())?,
        scope.text(status.status().map_or("", Status::message))?,
        one_or_several(scope, reply.lines(), several, |line| {
            printed(scope, prefix.as_str(), line)
        })?,
    ])
}

/// A plain object with these values.
pub(super) fn object<'s>(scope: &Scope<'s>, values: [Value<'s>; 7]) -> Result<Value<'s>> {
    scope.object(&array::from_fn::<_, 7, _>(|index| (NAMES[index], values[index])))
}

/// A string for one line, an array for several.
pub(super) fn one_or_several<'s, 'l>(
    scope: &Scope<'s>,
    mut lines: impl Iterator<Item = &'l [u16]>,
    several: bool,
    string: impl Fn(&[u16]) -> Result<Value<'s>>,
) -> Result<Value<'s>> {
    if several { scope.array(lines, string) } else { string(lines.next().unwrap_or_default()) }
}

/// The text after the basic code on a line.
fn printed<'s>(scope: &Scope<'s>, prefix: &str, line: &[u16]) -> Result<Value<'s>> {
    // One unit for each byte: a prefix is ASCII.
    let mut text = reserve(prefix.len() + line.len())?;
    text.extend(prefix.encode_utf16());
    text.extend_from_slice(line);
    scope.string(&text)
}
