//! The functions that the class binds to a maker: they do everything that needs no JavaScript
//! conversion and call the maker, which makes the instance.
//!
//! A maker is never called with a function as receiver: a native function that is bound to itself
//! would otherwise recurse without V8's stack check, which happens only when it enters JavaScript.

use super::arguments::{Code, clean, code_of, status_of, text_of};
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::javascript::{key_of, row_index_of};

/// `helper(msg, code)`, bound to `make(msg, text, code, class)`: the maker has the row of its helper.
///
/// - `text`: the message without control characters if it is a string or a number, else `undefined`;
/// - `class`: the class of `code`, a number; `undefined` if the helper's own code applies; `null` if
///   only JavaScript can convert `code`.
pub(super) struct BoundHelper;

impl Native<2> for BoundHelper {
    type Data = ();

    #[inline(always)]
    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
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

/// `create(code, msg, subject, detail)`, bound to
/// `make(msg, text, code, row_index, key, subject, detail)`.
///
/// - `text`: as above;
/// - `code`: `undefined` if the fallback applies;
/// - `row_index`: the index of the status in this class among all registered ones; `undefined` if it
///   is not registered; `null` if only JavaScript can convert the arguments, which are then passed on
///   as they are;
/// - `key`: a unique number for each status that is not registered.
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
        let [_, passed_msg, subject, detail] = arguments.passed();
        let [code, msg, sub, det] = arguments.values;
        let Some((status, is_basic)) = status_of(scope, code, [subject, detail])? else {
            let null = scope.null()?;
            return scope.call(make, null, &[msg, null, code, null, null, sub, det]);
        };
        let text = match passed_msg {
            Some(msg) => text_of(scope, msg)?.map_or_else(|| scope.undefined(), Ok)?,
            None => msg,
        };
        let code = if is_basic { code } else { scope.undefined()? };
        let (row_index, key) = match row_index_of(status) {
            Some(row_index) => (scope.integer(row_index)?, code),
            None => (scope.undefined()?, scope.integer(key_of(status))?),
        };
        scope.call(make, row_index, &[msg, text, code, row_index, key, sub, det])
    }
}

/// `row_index_of(code, msg, subject, detail)`: the `row_index` of a call of `create`; `undefined` if
/// the status is not registered, the code is not a basic code, an argument has to be converted by
/// JavaScript first, or the message has control characters.
pub(super) struct RowIndexOf;

impl Native<4> for RowIndexOf {
    type Data = ();

    #[inline(always)]
    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        arguments: Arguments<'s, 4>,
    ) -> Result<Value<'s>> {
        let [.., subject, detail] = arguments.passed();
        let [code, msg, ..] = arguments.values;
        if let Some((status, true)) = status_of(scope, code, [subject, detail])?
            && let Some(row_index) = row_index_of(status)
            && clean(scope, msg)?.is_none_or(|text| text == msg)
        {
            return scope.integer(row_index);
        }
        scope.undefined()
    }
}
