//! The functions that JavaScript calls.
//!
//! Each is bound to a JavaScript function, its `this`, which makes the finished object:
//! `make(msg, text, code, at)` takes the caller's message, what it adds to the reply (see
//! [`plain_text`]), and the caller's code with the place of its class in [`Class::ALL`], both left
//! out where the caller gave no code.

use std::mem::MaybeUninit;

use super::raw::{Arguments, Native, Result, Scope, Type, Value};
use crate::code::{BasicCode, Class, leading_digit};
use crate::table::Status;
use crate::text::{is_clean, strip_in_place};

/// `helper(msg, code)`.
pub(super) struct Helper;

impl Native<2> for Helper {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        let make = arguments.this;
        let [msg, code] = arguments.values;
        if arguments.count == 0 {
            return scope.call(make, &[]);
        }
        let Some(text) = plain_text(scope, msg)? else { return any(scope, arguments) };
        if arguments.count == 1 {
            return scope.call(make, &[msg, text]);
        }
        match plain_code(scope, code)? {
            Code::Absent => scope.call(make, &[msg, text]),
            Code::Basic(basic) => {
                let class = scope.number(basic.class().position() as f64)?;
                scope.call(make, &[msg, text, code, class])
            }
            Code::Other => any(scope, arguments),
        }
    }
}

/// `create(code, msg, subject, detail)`; to `make`, `at` counts the classes of all statuses.
pub(super) struct Create;

impl Native<4> for Create {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 4>) -> Result<Value<'s>> {
        let [code, msg, subject, detail] = arguments.values;
        let code = or_fallback(scope, code, plain_code(scope, code)?)?;
        let made = make_registered(scope, arguments.this, code, msg, [subject, detail])?;
        made.map_or_else(|| any(scope, arguments), Ok)
    }
}

/// `new DSN(code, msg, def, subject, detail)`; to `make`, `at` counts the classes of all statuses.
pub(super) struct Construct;

impl Native<5> for Construct {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 5>) -> Result<Value<'s>> {
        let [code, msg, def, subject, detail] = arguments.values;
        let code = match plain_code(scope, code)? {
            Code::Absent => or_fallback(scope, def, plain_default(scope, def)?)?,
            code_itself => or_fallback(scope, code, code_itself)?,
        };
        let made = make_registered(scope, arguments.this, code, msg, [subject, detail])?;
        made.map_or_else(|| any(scope, arguments), Ok)
    }
}

/// `accepts(text)`: whether a text is taken for a basic code.
pub(super) struct Accepts;

impl Native<1> for Accepts {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer)?;
        scope.boolean(BasicCode::at_start_of(start).is_some())
    }
}

/// `leading_digit(text)`: the first character as a number, `NaN` if it is no digit.
pub(super) struct LeadingDigit;

impl Native<1> for LeadingDigit {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
        let start = scope.read_string(text, &mut buffer)?;
        scope.number(leading_digit(start).map_or(f64::NAN, f64::from))
    }
}

/// `are_clean(...texts)`: whether no text has a control character; of too many texts it says no.
pub(super) struct AreClean;

impl Native<MAX_TEXTS> for AreClean {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, MAX_TEXTS>) -> Result<Value<'s>> {
        let mut clean = arguments.count <= MAX_TEXTS;
        for &text in arguments.values.iter().take(arguments.count) {
            clean = clean && scope.with_string(text, |units| Ok(is_clean(units)))?;
        }
        scope.boolean(clean)
    }
}

pub(super) const MAX_TEXTS: usize = 64;

/// `clean(text)`: the text without control characters.
pub(super) struct Clean;

impl Native<1> for Clean {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 1>) -> Result<Value<'s>> {
        let [text] = arguments.values;
        clean(scope, text)
    }
}

/// Hands the arguments on, unchanged, to the function that answers for all JavaScript values.
fn any<'s, const N: usize>(scope: &Scope<'s>, arguments: Arguments<'s, N>) -> Result<Value<'s>> {
    scope.call(scope.property(arguments.this, c"any")?, &arguments.values)
}

/// `None` where the status is not registered or an argument needs JavaScript's coercions.
fn make_registered<'s>(
    scope: &Scope<'s>,
    make: Value<'s>,
    code: Option<(Value<'s>, BasicCode)>,
    msg: Value<'s>,
    [subject, detail]: [Value<'s>; 2],
) -> Result<Option<Value<'s>>> {
    let (Some((code, basic)), Some(subject), Some(detail)) =
        (code, plain_number(scope, subject)?, plain_number(scope, detail)?)
    else {
        return Ok(None);
    };
    let Some(row) = Status::position(subject, detail) else { return Ok(None) };
    let Some(text) = plain_text(scope, msg)? else { return Ok(None) };
    let at = scope.number((row * Class::ALL.len() + basic.class().position()) as f64)?;
    scope.call(make, &[msg, text, code, at]).map(Some)
}

/// What a caller's code comes to.
enum Code {
    /// There is none.
    Absent,
    Basic(BasicCode),
    /// JavaScript's coercions decide.
    Other,
}

/// Three digits decide, and Node-API adds a terminator.
const CODE_UNITS: usize = 3 + 1;

fn plain_code<'s>(scope: &Scope<'s>, code: Value<'s>) -> Result<Code> {
    Ok(match scope.type_of(code)? {
        Type::Undefined | Type::Null => Code::Absent,
        Type::String => {
            let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
            let start = scope.read_string(code, &mut buffer)?;
            BasicCode::at_start_of(start).map_or(Code::Absent, Code::Basic)
        }
        // A number that is no basic code can still begin like one: 5501, 450.5, 2.5e20.
        Type::Number => basic_code(scope.read_number(code)?),
        Type::Object | Type::Other => Code::Other,
    })
}

/// The third argument of `new DSN`: unlike a code, it counts whatever it is, unless it is falsy.
fn plain_default<'s>(scope: &Scope<'s>, def: Value<'s>) -> Result<Code> {
    Ok(match scope.type_of(def)? {
        Type::Undefined | Type::Null => Code::Absent,
        Type::Number => basic_code(scope.read_number(def)?),
        Type::String | Type::Object | Type::Other => Code::Other,
    })
}

/// The value of a code together with what it comes to.
fn or_fallback<'s>(
    scope: &Scope<'s>,
    value: Value<'s>,
    code: Code,
) -> Result<Option<(Value<'s>, BasicCode)>> {
    Ok(match code {
        Code::Basic(basic) => Some((value, basic)),
        Code::Absent => {
            let basic = BasicCode::FALLBACK;
            Some((scope.number(f64::from(basic.get()))?, basic))
        }
        Code::Other => None,
    })
}

fn basic_code(number: f64) -> Code {
    integer(number).and_then(BasicCode::new).map_or(Code::Other, Code::Basic)
}

/// A subject or detail; nothing means 0.
fn plain_number<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Option<u16>> {
    Ok(match scope.type_of(value)? {
        Type::Undefined | Type::Null => Some(0),
        Type::Number => integer(scope.read_number(value)?),
        Type::String | Type::Object | Type::Other => None,
    })
}

fn integer(number: f64) -> Option<u16> {
    // The cast saturates and drops the fraction; what it changed is no integer of that range.
    let integer = number as u16;
    (f64::from(integer) == number).then_some(integer)
}

/// What a message adds to the reply: its text, or itself if it is an array, whose elements are
/// JavaScript's to convert. A message that JavaScript takes for false adds nothing, and `make`
/// never looks at its text.
fn plain_text<'s>(scope: &Scope<'s>, msg: Value<'s>) -> Result<Option<Value<'s>>> {
    Ok(match scope.type_of(msg)? {
        Type::Undefined | Type::Null => Some(msg),
        Type::String => Some(clean(scope, msg)?),
        Type::Object if scope.is_array(msg)? => Some(msg),
        Type::Number | Type::Object | Type::Other => None,
    })
}

/// The same string where there is nothing to strip.
fn clean<'s>(scope: &Scope<'s>, text: Value<'s>) -> Result<Value<'s>> {
    scope.with_string(text, |units| {
        if is_clean(units) {
            return Ok(text);
        }
        let kept = strip_in_place(units);
        scope.string(&units[..kept])
    })
}
