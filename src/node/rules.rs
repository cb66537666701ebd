//! The core's rules as separate functions, for values that only JavaScript can convert: they take
//! the converted texts.

use std::mem::MaybeUninit;

use super::arguments::{CODE_UNITS, clean_units};
use super::bound::RowIndexOf;
use super::raw::{Arguments, Failure, Native, Result, Scope, Value};
use super::statuses::StatusIndex;
use crate::codes::{BasicCode, Class, leading_digit};
use crate::javascript::push_number;

/// The rules as properties of an object.
pub(super) fn rules<'s>(scope: &Scope<'s>) -> Result<Value<'s>> {
    let rules = scope.object(&[
        ("fallback_code", scope.integer(BasicCode::FALLBACK.get())?),
        ("success", scope.integer(Class::Success.digit())?),
        ("transient", scope.integer(Class::Transient.digit())?),
        ("permanent", scope.integer(Class::Permanent.digit())?),
    ])?;
    scope.define_function::<1, IsBasicCode>(rules, "is_basic_code", &())?;
    scope.define_function::<1, ClassOf>(rules, "class_of", &())?;
    scope.define_function::<2, StatusIndex>(rules, "status_index", &())?;
    scope.define_function::<1, StripControls>(rules, "strip_controls", &())?;
    scope.define_function::<4, RowIndexOf>(rules, "row_index_of", &())?;
    scope.define_function::<3, StatusText>(rules, "status", &())?;
    scope.define_function::<3, Prefix>(rules, "prefix", &())?;
    Ok(rules)
}

/// `is_basic_code(text)`: whether a text begins with a basic code that has a class.
struct IsBasicCode;

impl Native<1> for IsBasicCode {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer).unwrap_or_default();
        scope.boolean(BasicCode::with_class_at_start_of(start).is_some())
    }
}

/// `class_of(text)`: the first character of a code as a number, `NaN` if it is not a digit.
struct ClassOf;

impl Native<1> for ClassOf {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer).unwrap_or_default();
        scope.number(leading_digit(start).map_or(f64::NAN, f64::from))
    }
}

/// `strip_controls(text)`: the text without control characters.
struct StripControls;

/// The class joins short lines up to this length; in a larger buffer, a message would take longer.
const JOINED_UNITS: usize = 2048;

impl Native<1> for StripControls {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values: [text], .. }: Arguments<'s, 1>,
    ) -> Result<Value<'s>> {
        let clean = scope.with_string_in::<JOINED_UNITS, _>(text, |units| {
            clean_units(scope, text, units) // the same string where there is nothing to strip
        })?;
        Ok(clean.unwrap_or(text))
    }
}

/// `status(class, subject, detail)`: the three texts as an enhanced status code, `5.1.1`, without
/// control characters.
struct StatusText;

impl Native<3> for StatusText {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values, .. }: Arguments<'s, 3>,
    ) -> Result<Value<'s>> {
        dotted(scope, values, "")
    }
}

/// `prefix(class, subject, detail)`: the same with a space, as it precedes the text of each line.
struct Prefix;

impl Native<3> for Prefix {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values, .. }: Arguments<'s, 3>,
    ) -> Result<Value<'s>> {
        dotted(scope, values, " ")
    }
}

fn dotted<'s>(scope: &Scope<'s>, texts: [Value<'s>; 3], end: &str) -> Result<Value<'s>> {
    let mut joined = Vec::new();
    for text in texts {
        scope.with_string(text, |units| {
            push_number(&mut joined, units).map_err(|_| Failure::OutOfMemory)
        })?;
    }
    joined.pop();
    joined.extend(end.encode_utf16());
    scope.string(&joined)
}
