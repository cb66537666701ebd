//! The functions that return plain objects with haraka-dsn's properties, made by the core's
//! [`Reply`].
//!
//! They convert messages and codes as JavaScript does, in haraka-dsn's order. They throw a
//! TypeError for values that only the class converts: Symbols, proxies of arrays, arrays with an
//! own `map`, subjects that are not small integers.

use std::ffi::CStr;

use super::arguments::number_of;
use super::object::{object, values_of};
use super::raw::{Arguments, Failure, Native, Result, Scope, Value};
use crate::codes::{BasicCode, EnhancedCode};
use crate::reply::Reply;
use crate::table::Helper;

/// `helper(msg, code)`.
pub(super) struct PlainHelper;

impl Native<2> for PlainHelper {
    type Data = Helper;

    fn call<'s>(
        scope: &Scope<'s>,
        helper: &'static Helper,
        Arguments { values: [msg, code], .. }: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        let caller_code = basic_code(scope, code)?;
        let basic = caller_code.unwrap_or(helper.code());
        let code = default_code(scope, caller_code, code, basic)?;
        let reply = helper.reply_in().with_code(basic);
        finish(scope, reply, code, msg, helper.own_message())
    }
}

/// `create(code, msg, subject, detail)`.
pub(super) struct PlainCreate;

impl Native<4> for PlainCreate {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        arguments: Arguments<'s, 4>,
    ) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        let [code, msg, ..] = arguments.values;
        let [.., subject, detail] = arguments.passed();
        let caller_code = basic_code(scope, code)?;
        let basic = caller_code.unwrap_or(BasicCode::FALLBACK);
        let code = default_code(scope, caller_code, code, basic)?;
        let subject = number_of(scope, subject)?.ok_or(Failure::NeedsClass)?;
        let detail = number_of(scope, detail)?.ok_or(Failure::NeedsClass)?;
        let class = basic.class().ok_or(Failure::NeedsClass)?;
        let status = EnhancedCode::new(class, subject, detail).ok_or(Failure::NeedsClass)?;
        finish(scope, Reply::of_enhanced(status).with_code(basic), code, msg, None)
    }
}

/// The caller's code if it begins like one; it is converted twice, as by haraka-dsn.
fn basic_code<'s>(scope: &Scope<'s>, code: Value<'s>) -> Result<Option<BasicCode>> {
    let read = || Ok(BasicCode::with_class_at_start_of(&units_of(scope, code)?));
    match read()? {
        None => Ok(None),
        first if read()? == first => Ok(first.map(|(code, _)| code)),
        _ => Err(Failure::NeedsClass),
    }
}

/// The property `code`: what the caller passed, or the default.
fn default_code<'s>(
    scope: &Scope<'s>,
    caller_code: Option<BasicCode>,
    code: Value<'s>,
    default: BasicCode,
) -> Result<Value<'s>> {
    if caller_code.is_some() { Ok(code) } else { scope.integer(default.get()) }
}

/// The caller's message.
enum Message {
    /// Falsy: the default text applies.
    Default,
    Text(Vec<u16>),
    Lines(Vec<Vec<u16>>),
}

fn message_of<'s>(scope: &Scope<'s>, msg: Value<'s>) -> Result<Message> {
    if !scope.is_truthy(msg)? {
        Ok(Message::Default)
    } else if scope.is_array(msg)? {
        lines_of(scope, msg).map(Message::Lines)
    } else if is_array_of_any_kind(scope, msg)? {
        Err(Failure::NeedsClass)
    } else {
        units_of(scope, msg).map(Message::Text)
    }
}

/// `Array.isArray`, which is true for proxies of arrays as well.
fn is_array_of_any_kind<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<bool> {
    let answer = call_array(scope, c"isArray", value)?;
    scope.is_truthy(answer)
}

/// The texts of the lines, converted by the `map` of arrays: holes stay holes, and subclasses work as
/// with haraka-dsn.
fn lines_of<'s>(scope: &Scope<'s>, array: Value<'s>) -> Result<Vec<Vec<u16>>> {
    // An own `map` could distinguish the callback from haraka-dsn's.
    if scope.has_own(array, "map")? {
        return Err(Failure::NeedsClass);
    }
    let map = scope.get(array, c"map")?;
    let line_text = scope.function::<1, LineText>("", &())?;
    let lines = scope.call(map, array, &[line_text]).map_err(|failure| match failure {
        Failure::Refused => Failure::NeedsClass, // `map` is not a function
        failure => failure,
    })?;
    if !scope.is_array(lines)? {
        return Err(Failure::NeedsClass);
    }
    // A subclass can have its own iterator.
    let lines = call_array(scope, c"from", lines)?;
    (0..scope.array_length(lines)?)
        .map(|index| units_of(scope, scope.element(lines, index)?))
        .collect()
}

/// Calls a static of JavaScript's `Array`.
fn call_array<'s>(scope: &Scope<'s>, name: &CStr, value: Value<'s>) -> Result<Value<'s>> {
    let array = scope.get(scope.global()?, c"Array")?;
    scope.call(scope.get(array, name)?, array, &[value])
}

/// `String(line ?? '')`.
struct LineText;

impl Native<1> for LineText {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [line], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        if scope.is_nullish(line)? { scope.text("") } else { string_of(scope, line) }
    }
}

fn string_of<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Value<'s>> {
    // `String(symbol)` is its description, ToString throws.
    if scope.is_symbol(value)? { Err(Failure::NeedsClass) } else { scope.coerce_to_string(value) }
}

fn units_of<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Vec<u16>> {
    scope.read_long_string(string_of(scope, value)?)
}

fn finish<'s>(
    scope: &Scope<'s>,
    reply: Reply<[u16]>,
    code: Value<'s>,
    msg: Value<'s>,
    own_message: Option<&str>,
) -> Result<Value<'s>> {
    let message = message_of(scope, msg)?;
    let several = matches!(message, Message::Lines(_));
    let (reply, msg) = match (message, own_message) {
        (Message::Default, Some(own)) => (reply, scope.text(own)?),
        (Message::Default, None) => (reply, msg),
        (Message::Text(text), _) => (reply.with_lines([text]), msg),
        (Message::Lines(lines), _) => (reply.with_lines(lines), msg),
    };
    let values = values_of(scope, &reply, code, msg, several)?;
    object(scope, values)
}
