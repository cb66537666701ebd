//! The arguments of a helper and of `create`, interpreted as far as no JavaScript conversion is
//! needed.

use std::mem::MaybeUninit;

use super::raw::{Result, Scope, Value};
use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::javascript::{class_of_number, integer};
use crate::text::{is_clean, strip_in_place};

/// The caller's code.
pub(super) enum Code {
    /// Omitted, or a text that is not a basic code: the default applies.
    Default,
    /// A basic code of this class.
    Basic(Class),
    /// Only JavaScript can convert it to a text.
    Unconverted,
}

/// Interprets the code without running any of the caller's JavaScript.
#[inline(always)]
pub(super) fn code_of<'s>(scope: &Scope<'s>, code: Value<'s>) -> Result<Code> {
    match scope.read_number(code) {
        // A number that is not a basic code can still begin like one: 5501, 450.5, 2.5e20.
        Some(number) => Ok(class_of_number(number).map_or(Code::Unconverted, Code::Basic)),
        None => code_of_other(scope, code),
    }
}

#[inline(never)]
fn code_of_other<'s>(scope: &Scope<'s>, code: Value<'s>) -> Result<Code> {
    let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
    if let Some(start) = scope.read_string(code, &mut buffer) {
        let found = BasicCode::with_class_at_start_of(start);
        return Ok(found.map_or(Code::Default, |(_, class)| Code::Basic(class)));
    }
    Ok(if scope.is_nullish(code)? { Code::Default } else { Code::Unconverted })
}

/// Three digits decide, and Node-API adds a terminator.
pub(super) const CODE_UNITS: usize = 3 + 1;

/// A subject or detail, 0 if omitted; `None` if it is not a small integer.
pub(super) fn number_of<'s>(scope: &Scope<'s>, value: Option<Value<'s>>) -> Result<Option<u16>> {
    let Some(value) = value else { return Ok(Some(0)) };
    match integer_of(scope, value) {
        None => Ok(scope.is_nullish(value)?.then_some(0)),
        integer => Ok(integer),
    }
}

/// A number that is an integer of this range.
pub(super) fn integer_of<'s>(scope: &Scope<'s>, value: Value<'s>) -> Option<u16> {
    integer(scope.read_number(value)?)
}

/// The text of a message without control characters, the same string if it has none; `None` if only
/// JavaScript can convert the message.
#[inline(always)]
pub(super) fn text_of<'s>(scope: &Scope<'s>, msg: Value<'s>) -> Result<Option<Value<'s>>> {
    match clean(scope, msg)? {
        // The text of a number has no control characters.
        None if scope.read_number(msg).is_some() => scope.coerce_to_string(msg).map(Some),
        text => Ok(text),
    }
}

/// A string without its control characters; `None` if the value is not a string.
#[inline(always)]
pub(super) fn clean<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Option<Value<'s>>> {
    scope.with_string(value, |units| clean_units(scope, value, units))
}

/// [`clean`] of a string that has these units.
#[inline(always)]
pub(super) fn clean_units<'s>(
    scope: &Scope<'s>,
    string: Value<'s>,
    units: &mut [u16],
) -> Result<Value<'s>> {
    if is_clean(units) { Ok(string) } else { stripped(scope, units) }
}

#[inline(never)]
fn stripped<'s>(scope: &Scope<'s>, units: &mut [u16]) -> Result<Value<'s>> {
    let kept = strip_in_place(units);
    scope.string(&units[..kept])
}

/// The enhanced status code of a call of `create`, and whether the caller's code is a basic code;
/// `None` if JavaScript has to convert an argument first.
#[inline(always)]
pub(super) fn status_of<'s>(
    scope: &Scope<'s>,
    code: Value<'s>,
    [subject, detail]: [Option<Value<'s>>; 2],
) -> Result<Option<(EnhancedCode, bool)>> {
    let (class, is_basic) = match code_of(scope, code)? {
        Code::Basic(class) => (Some(class), true),
        Code::Default => (BasicCode::FALLBACK.class(), false),
        Code::Unconverted => return Ok(None),
    };
    let (subject, detail) = (number_of(scope, subject)?, number_of(scope, detail)?);
    let (Some(class), Some(subject), Some(detail)) = (class, subject, detail) else {
        return Ok(None);
    };
    Ok(EnhancedCode::new(class, subject, detail).map(|status| (status, is_basic)))
}
