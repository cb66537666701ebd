//! Functions for benchmarks and tests only: lower bounds for the time of a helper, and a panic.

use super::raw::{Arguments, Native, Result, Scope, Value};

pub(super) fn export<'s>(scope: &Scope<'s>, exports: Value<'s>) -> Result<()> {
    scope.define_function::<2, Nothing>(exports, "nothing", &())?;
    scope.define_function::<2, Through>(exports, "through", &())?;
    scope.define_function::<0, Panic>(exports, "panic", &())
}

/// Returns what it is bound to and does nothing else.
struct Nothing;

impl Native<2> for Nothing {
    type Data = ();

    fn call<'s>(_: &Scope<'s>, (): &'static (), arguments: Arguments<'s, 2>) -> Result<Value<'s>> {
        Ok(arguments.this)
    }
}

/// Calls the function that it is bound to and does nothing else.
struct Through;

impl Native<2> for Through {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        arguments: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        let [undefined, _] = arguments.values;
        scope.call(arguments.this, undefined, &[])
    }
}

/// Panics, which JavaScript must see as an Error.
struct Panic;

impl Native<0> for Panic {
    type Data = ();

    fn call<'s>(_: &Scope<'s>, (): &'static (), _: Arguments<'s, 0>) -> Result<Value<'s>> {
        panic!("as the test asked")
    }
}
