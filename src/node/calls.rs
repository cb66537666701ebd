//! The functions that JavaScript calls.
//!
//! `make` below is the JavaScript function that a function is bound to, its `this`.

use std::mem::MaybeUninit;

use super::raw::{Arguments, Native, Result, Scope, Type, Value};
use crate::code::{BasicCode, leading_digit};
use crate::table::Status;
use crate::text::{is_clean, strip_in_place};

/// `helper(msg, code)`, bound to `make(msg, text, code, cls)`.
pub(super) struct Helper;

impl Native<2> for Helper {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        let make = arguments.this;
        if arguments.count == 0 {
            return scope.call(make, &[]);
        }
        let [msg, code] = arguments.values;
        let (Some(code), Some(text)) = (plain_code(scope, code)?, plain_text(scope, msg)?) else {
            return any(scope, arguments);
        };
        match code {
            Code::Default => scope.call(make, &[msg, text]),
            Code::Given(code, basic) => {
                scope.call(make, &[msg, text, code, class_of(scope, basic)?])
            }
        }
    }
}

/// `create(code, msg, subject, detail)`, bound to `make(row, msg, text, code, cls)`.
pub(super) struct Create;

impl Native<4> for Create {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 4>) -> Result<Value<'s>> {
        let [code, msg, subject, detail] = arguments.values;
        let code = plain_code(scope, code)?;
        let made = make_registered(scope, arguments.this, code, msg, [subject, detail])?;
        made.map_or_else(|| any(scope, arguments), Ok)
    }
}

/// `new DSN(code, msg, def, subject, detail)`, bound to `make(row, msg, text, code, cls)`.
pub(super) struct Construct;

impl Native<5> for Construct {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 5>) -> Result<Value<'s>> {
        let [code, msg, def, subject, detail] = arguments.values;
        let code = match plain_code(scope, code)? {
            Some(Code::Default) => plain_default(scope, def)?,
            code => code,
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
    code: Option<Code<'s>>,
    msg: Value<'s>,
    [subject, detail]: [Value<'s>; 2],
) -> Result<Option<Value<'s>>> {
    let (Some(code), Some(subject), Some(detail)) =
        (code, plain_number(scope, subject)?, plain_number(scope, detail)?)
    else {
        return Ok(None);
    };
    let Some(row) = Status::position(subject, detail) else { return Ok(None) };
    let Some(text) = plain_text(scope, msg)? else { return Ok(None) };
    let row = scope.number(row as f64)?;
    let made = match code {
        Code::Default => scope.call(make, &[row, msg, text])?,
        Code::Given(code, basic) => {
            scope.call(make, &[row, msg, text, code, class_of(scope, basic)?])?
        }
    };
    Ok(Some(made))
}

/// The basic code of a reply.
enum Code<'s> {
    /// The caller gave none, or something that is none.
    Default,
    /// The caller's value, kept as it is, and what it stands for.
    Given(Value<'s>, BasicCode),
}

/// Three digits decide, and Node-API adds a terminator.
const CODE_UNITS: usize = 3 + 1;

fn plain_code<'s>(scope: &Scope<'s>, code: Value<'s>) -> Result<Option<Code<'s>>> {
    let basic = match scope.type_of(code)? {
        Type::Undefined | Type::Null => None,
        Type::String => {
            let mut buffer = [MaybeUninit::uninit(); CODE_UNITS];
            BasicCode::at_start_of(scope.read_string(code, &mut buffer)?)
        }
        // A number that is no basic code can still begin like one: 5501, 450.5, 2.5e20.
        Type::Number => match basic_code(scope.read_number(code)?) {
            None => return Ok(None),
            basic => basic,
        },
        Type::Other => return Ok(None),
    };
    Ok(Some(basic.map_or(Code::Default, |basic| Code::Given(code, basic))))
}

/// The third argument of `new DSN`: unlike a code, any value but a falsy one is taken as it is.
fn plain_default<'s>(scope: &Scope<'s>, def: Value<'s>) -> Result<Option<Code<'s>>> {
    Ok(match scope.type_of(def)? {
        Type::Undefined | Type::Null => Some(Code::Default),
        Type::Number => basic_code(scope.read_number(def)?).map(|basic| Code::Given(def, basic)),
        Type::String | Type::Other => None,
    })
}

fn basic_code(number: f64) -> Option<BasicCode> {
    integer(number).and_then(BasicCode::new)
}

/// A subject or detail; nothing means 0.
fn plain_number<'s>(scope: &Scope<'s>, value: Value<'s>) -> Result<Option<u16>> {
    Ok(match scope.type_of(value)? {
        Type::Undefined | Type::Null => Some(0),
        Type::Number => integer(scope.read_number(value)?),
        Type::String | Type::Other => None,
    })
}

fn integer(number: f64) -> Option<u16> {
    // The cast saturates and drops the fraction; what it changed is no integer of that range.
    let integer = number as u16;
    (f64::from(integer) == number).then_some(integer)
}

/// What a message adds to the reply. A message that JavaScript takes for false adds nothing, and
/// `make` never looks at its text.
fn plain_text<'s>(scope: &Scope<'s>, msg: Value<'s>) -> Result<Option<Value<'s>>> {
    Ok(match scope.type_of(msg)? {
        Type::Undefined | Type::Null => Some(msg),
        Type::String => Some(clean(scope, msg)?),
        Type::Number | Type::Other => None,
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

fn class_of<'s>(scope: &Scope<'s>, code: BasicCode) -> Result<Value<'s>> {
    scope.number(f64::from(code.class().digit()))
}
