//! The functions that JavaScript calls.

use std::mem::MaybeUninit;

use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::code::{BasicCode, Class, leading_digit};
use crate::reply::EnhancedCode;
use crate::table::Status;
use crate::text::{is_clean, strip_in_place};

/// `helper(msg, code)`, bound to `make(msg, text, code, at)`.
///
/// `make` gets the caller's message and what it adds to the reply (see [`plain_text`]), then the
/// caller's code and the place of its class in [`Class::ALL`], unless the caller gave no code. What
/// only JavaScript can convert goes to `make(msg, msg, code, -1)`.
pub(super) struct Helper;

impl Native<2> for Helper {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        let make = arguments.this;
        let [Some(msg), code] = arguments.given() else {
            let [undefined, _] = arguments.values;
            return scope.call(make, undefined, &[]);
        };
        let convert = || {
            let at = nowhere(scope)?;
            scope.call(make, at, &[msg, msg, arguments.values[1], at])
        };
        let Some(text) = plain_text(scope, msg)? else { return convert() };
        match plain_code(scope, code)? {
            Code::Absent => scope.call(make, text, &[msg, text]),
            Code::Basic(code, basic) => {
                let at = scope.integer(basic.class().position() as u32)?;
                scope.call(make, text, &[msg, text, code, at])
            }
            Code::Other => convert(),
        }
    }
}

/// `create(code, msg, subject, detail)`, bound to `make(msg, text, code, at)`, where `at` is a
/// place among the classes of all statuses, or to `make(msg, text, code, cls, prefix, sub, det)`
/// for a status that is not registered. What only JavaScript can convert goes to
/// `make(msg, msg, code, -1, undefined, sub, det)`.
pub(super) struct Create;

impl Native<4> for Create {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 4>) -> Result<Value<'s>> {
        let make = arguments.this;
        let [given_code, given_msg, subject, detail] = arguments.given();
        let [code, msg, sub, det] = arguments.values;
        let convert = || {
            let at = nowhere(scope)?;
            scope.call(make, at, &[msg, msg, code, at, scope.undefined()?, sub, det])
        };
        let (code, basic) = match plain_code(scope, given_code)? {
            Code::Absent => {
                let fallback = BasicCode::FALLBACK;
                (scope.integer(u32::from(fallback.get()))?, fallback)
            }
            Code::Basic(code, basic) => (code, basic),
            Code::Other => return convert(),
        };
        let (Some(subject), Some(detail)) =
            (plain_number(scope, subject)?, plain_number(scope, detail)?)
        else {
            return convert();
        };
        let text = if given_msg.is_some() { plain_text(scope, msg)? } else { Some(msg) };
        let Some(text) = text else { return convert() };
        let class = basic.class();
        if let Some(at) = place(class, subject, detail) {
            return scope.call(make, text, &[msg, text, code, scope.integer(at)?]);
        }
        let cls = scope.integer(class.digit().into())?;
        let prefix = scope.text(&EnhancedCode { class, subject, detail }.prefix())?;
        scope.call(make, text, &[msg, text, code, cls, prefix, sub, det])
    }
}

/// `locate(code, msg, subject, detail)`: the place among the classes of all statuses if there is
/// nothing to strip or to convert, else -1.
pub(super) struct Locate;

impl Native<4> for Locate {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 4>) -> Result<Value<'s>> {
        let [code, _, subject, detail] = arguments.given();
        let msg = arguments.values[1];
        if let Code::Basic(_, basic) = plain_code(scope, code)?
            && let Some(subject) = plain_number(scope, subject)?
            && let Some(detail) = plain_number(scope, detail)?
            && let Some(at) = place(basic.class(), subject, detail)
            && let Some(text) = plain_text(scope, msg)?
            && text == msg
        {
            return scope.integer(at);
        }
        nowhere(scope)
    }
}

/// `accepts(text)`: whether a text is taken for a basic code.
pub(super) struct Accepts;

impl Native<1> for Accepts {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer)?.unwrap_or_default();
        scope.boolean(BasicCode::at_start_of(start).is_some())
    }
}

/// `leading_digit(text)`: the first character as a number, `NaN` if it is no digit.
pub(super) struct LeadingDigit;

impl Native<1> for LeadingDigit {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer)?.unwrap_or_default();
        scope.number(leading_digit(start).map_or(f64::NAN, f64::from))
    }
}

/// `clean(text)`: the text without control characters.
pub(super) struct Clean;

impl Native<1> for Clean {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        Ok(clean(scope, text)?.unwrap_or(text))
    }
}

/// In the place of a place: none.
pub(super) fn nowhere<'s>(scope: &Scope<'s>) -> Result<Value<'s>> {
    scope.number(-1.0)
}

/// What a caller's code comes to.
enum Code<'s> {
    /// There is none: the default stands.
    Absent,
    /// The caller's value, which is kept as it is, and what it stands for.
    Basic(Value<'s>, BasicCode),
    /// JavaScript's coercions decide.
    Other,
}

fn plain_code<'s>(scope: &Scope<'s>, code: Option<Value<'s>>) -> Result<Code<'s>> {
    let Some(code) = code else { return Ok(Code::Absent) };
    if let Some(number) = scope.read_number(code)? {
        // A number that is no basic code can still begin like one: 5501, 450.5, 2.5e20.
        let basic = integer(number).and_then(BasicCode::new);
        return Ok(basic.map_or(Code::Other, |basic| Code::Basic(code, basic)));
    }
    let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
    if let Some(start) = scope.read_string(code, &mut buffer)? {
        let basic = BasicCode::at_start_of(start);
        return Ok(basic.map_or(Code::Absent, |basic| Code::Basic(code, basic)));
    }
    Ok(if scope.is_absent(code)? { Code::Absent } else { Code::Other })
}

/// Three digits decide, and Node-API adds a terminator.
const CODE_UNITS: usize = 3 + 1;

/// The place among the classes of all statuses, in the order of the table and of [`Class::ALL`];
/// `None` where the status is not registered.
fn place(class: Class, subject: u16, detail: u16) -> Option<u32> {
    let row = Status::position(subject, detail)?;
    Some((row * Class::ALL.len() + class.position()) as u32)
}

/// A subject or detail; nothing means 0.
fn plain_number<'s>(scope: &Scope<'s>, value: Option<Value<'s>>) -> Result<Option<u16>> {
    let Some(value) = value else { return Ok(Some(0)) };
    match scope.read_number(value)? {
        Some(number) => Ok(integer(number)),
        None => Ok(scope.is_absent(value)?.then_some(0)),
    }
}

pub(super) fn integer(number: f64) -> Option<u16> {
    // The cast saturates and drops the fraction; what it changed is no integer of that range.
    let integer = number as u16;
    (f64::from(integer) == number).then_some(integer)
}

/// What a message adds to the reply: its text, or itself if it is an array, whose elements are
/// JavaScript's to convert. A message that JavaScript takes for false adds nothing, and `make`
/// never looks at its text.
fn plain_text<'s>(scope: &Scope<'s>, msg: Value<'s>) -> Result<Option<Value<'s>>> {
    if let Some(text) = clean(scope, msg)? {
        return Ok(Some(text));
    }
    Ok((scope.is_absent(msg)? || scope.is_array(msg)?).then_some(msg))
}

/// A string without its control characters, itself where it has none; `None` if it is no string.
fn clean<'s>(scope: &Scope<'s>, text: Value<'s>) -> Result<Option<Value<'s>>> {
    scope.with_string(text, |units| {
        if is_clean(units) {
            return Ok(text);
        }
        let kept = strip_in_place(units);
        scope.string(&units[..kept])
    })
}
