//! What no helper can be faster than: functions for the benchmark alone.

use super::raw::{Arguments, Native, Result, Scope, Value};

/// Returns what it is bound to and does nothing else.
pub(super) struct Nothing;

impl Native<2> for Nothing {
    fn call<'s>(_: &Scope<'s>, arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        Ok(arguments.this)
    }
}

/// Calls the function that it is bound to and does nothing else.
pub(super) struct Through;

impl Native<2> for Through {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        let [undefined, _] = arguments.values;
        scope.call(arguments.this, undefined, &[])
    }
}
