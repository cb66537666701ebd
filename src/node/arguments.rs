//! The arguments of a call as far as the binary takes them: primitive values and arrays.

use napi::JsString;
use napi::bindgen_prelude::{
    Env, Error, FunctionCallContext, JsObjectValue, JsValue, Object, Result, Status, ToNapiValue,
    Unknown, ValueType,
};

use crate::rules;

/// An argument, `undefined` if it was not passed.
pub(super) fn argument<'c>(call: &'c FunctionCallContext, index: usize) -> Result<Unknown<'c>> {
    if index < call.length() { call.get(index) } else { ().into_unknown(call.env) }
}

/// The text of a string, number, bigint or boolean, in UTF-16.
pub(super) fn text_of(env: &Env, value: &Unknown) -> Result<Vec<u16>> {
    match value.get_type()? {
        ValueType::String | ValueType::Number | ValueType::BigInt | ValueType::Boolean => {
            units(&value.coerce_to_string()?)
        }
        _ => Err(throw_needs_class(env)),
    }
}

/// Whether a value is `undefined` or `null`.
pub(super) fn is_nullish(value: &Unknown) -> Result<bool> {
    Ok(matches!(value.get_type()?, ValueType::Undefined | ValueType::Null))
}

pub(super) fn units(text: &JsString) -> Result<Vec<u16>> {
    let read = text.into_utf16()?;
    // napi's slice has one unit more, the terminator.
    Ok(read.as_slice()[..text.utf16_len()?].to_vec())
}

/// The lines of an array, `null` and `undefined` as empty ones, as in haraka-dsn.
pub(super) fn lines_of(env: &Env, array: &Object) -> Result<Vec<Vec<u16>>> {
    let line = |index| {
        // haraka-dsn has a text of its own for holes.
        if !array.has_element(index)? {
            return Err(throw_needs_class(env));
        }
        let line: Unknown = array.get_element(index)?;
        if is_nullish(&line)? { Ok(Vec::new()) } else { text_of(env, &line) }
    };
    (0..array.get_array_length()?).map(line).collect()
}

/// A subject or detail: an integer, 0 if it is `undefined` or `null`.
pub(super) fn number_of(call: &FunctionCallContext, index: usize) -> Result<u16> {
    if is_nullish(&argument(call, index)?)? {
        return Ok(0);
    }
    let number = call.get::<f64>(index).ok().and_then(rules::integer);
    number.ok_or_else(|| throw_needs_class(call.env))
}

/// A string of these units; a RangeError like V8's if it would be too long.
pub(super) fn string<'e>(env: &'e Env, units: Vec<u16>) -> Result<JsString<'e>> {
    env.create_string_utf16(units).map_err(|_| throw_too_long(env))
}

/// V8's RangeError for a string that is too long.
pub(super) fn throw_too_long(env: &Env) -> Error {
    thrown(env.throw_range_error("Invalid string length", None))
}

/// The TypeError for values that only the class converts.
pub(super) fn throw_needs_class(env: &Env) -> Error {
    let reason = "Only the class DSN converts this value as haraka-dsn does: use index.js";
    thrown(env.throw_type_error(reason, None))
}

/// What a function returns after an exception was thrown.
fn thrown(result: Result<()>) -> Error {
    result.err().unwrap_or_else(|| Error::from_status(Status::PendingException))
}
