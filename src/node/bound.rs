//! The functions that the class binds to a maker: they decide what can be decided without
//! JavaScript's conversions and call the maker, which makes the instance.
//!
//! The receiver of a maker is never a function: a function of ours that is bound to itself would
//! otherwise recurse without the check for the end of the stack that V8 makes where it enters
//! JavaScript.

use super::arguments::{Code, code_of, number_of, text_of};
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::codes::{BasicCode, EnhancedCode};
use crate::table::Helper;

/// `helper(msg, code)`, bound to `make(msg, text, code, class)`.
///
/// - `text`: the message without control characters, `undefined` if it is not a string;
/// - `class`: the class of `code`, a number; `undefined` if the helper's own code applies; `null` if
///   only JavaScript can convert `code`.
pub(super) struct BoundHelper;

impl Native<2> for BoundHelper {
    type Data = Helper;

    #[inline(always)]
    fn call<'s>(
        scope: &Scope<'s>,
        _: &'static Helper,
        Arguments { this: make, count, values: [msg, code] }: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        if count == 0 {
            let undefined = msg;
            return scope.call(make, undefined, &[undefined, undefined, undefined, undefined]);
        }
        let text = match text_of(scope, msg)? {
            Some(text) => text,
            None => scope.undefined()?,
        };
        if count == 1 {
            let undefined = code;
            return scope.call(make, undefined, &[msg, text, undefined, undefined]);
        }
        let class = match code_of(scope, code)? {
            Code::Basic(class) => scope.integer(class.digit())?,
            Code::Default => scope.undefined()?,
            Code::Unconverted => scope.null()?,
        };
        scope.call(make, class, &[msg, text, code, class])
    }
}

/// `create(code, msg, subject, detail)`, bound to `make(msg, text, code, key, subject, detail)`.
///
/// - `text`: as above;
/// - `code`: `undefined` if the fallback applies;
/// - `key`: an integer for the enhanced status code; `null` if only JavaScript can convert the
///   arguments, which are then passed on as they are.
pub(super) struct BoundCreate;

impl Native<4> for BoundCreate {
    type Data = ();

    #[inline(always)]
    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        arguments: Arguments<'s, 4>,
    ) -> Result<Value<'s>> {
        let make = arguments.this;
        let [_, _, subject, detail] = arguments.passed();
        let [code, msg, sub, det] = arguments.values;
        let found = code_of(scope, code)?;
        let class = match found {
            Code::Basic(class) => Some(class),
            Code::Default => BasicCode::FALLBACK.class(),
            Code::Unconverted => None,
        };
        let status = match (class, number_of(scope, subject)?, number_of(scope, detail)?) {
            (Some(class), Some(subject), Some(detail)) => EnhancedCode::new(class, subject, detail),
            _ => None,
        };
        let Some(status) = status else {
            let null = scope.null()?;
            return scope.call(make, null, &[msg, null, code, null, sub, det]);
        };
        let undefined = || scope.undefined();
        let text = text_of(scope, msg)?.map_or_else(undefined, Ok)?;
        let code = if matches!(found, Code::Default) { undefined()? } else { code };
        let key = scope.integer(key_of(status))?;
        scope.call(make, key, &[msg, text, code, key, sub, det])
    }
}

/// A number of its own for each enhanced status code.
fn key_of(status: EnhancedCode) -> u32 {
    let [class, subject, detail] = [status.class().digit().into(), status.subject(), status.detail()];
    (u32::from(class) * 1000 + u32::from(subject)) * 1000 + u32::from(detail)
}
