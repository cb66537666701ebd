//! The table as JavaScript reads it.

use std::mem::MaybeUninit;

use super::arguments::integer_of;
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::table::{Helper, STATUSES, Status};

/// `statuses()`: a record of each registered status, in the order of the registry.
pub(super) struct Statuses;

impl Native<0> for Statuses {
    type Data = ();

    fn call<'s>(scope: &Scope<'s>, (): &'static (), _: Arguments<'s, 0>) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        scope.array(STATUSES, |status| record(scope, status))
    }
}

/// `lookup(status)` or `lookup(subject, detail)`: the record of a status, `undefined` if it is not
/// registered.
pub(super) struct Lookup;

impl Native<2> for Lookup {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values, .. }: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        scope.refuse_construction()?;
        find(scope, values).map_or_else(|| scope.undefined(), |status| record(scope, status))
    }
}

/// `status_index(status)` or `status_index(subject, detail)`: the index of the record among all,
/// `undefined` if the status is not registered.
pub(super) struct StatusIndex;

impl Native<2> for StatusIndex {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { values, .. }: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        match find(scope, values) {
            Some(status) => scope.integer(status.index() as u32),
            None => scope.undefined(),
        }
    }
}

fn find<'s>(scope: &Scope<'s>, [first, second]: [Value<'s>; 2]) -> Option<&'static Status> {
    let mut buffer = [MaybeUninit::uninit(); NAME_UNITS];
    match scope.read_string(first, &mut buffer) {
        Some(name) => Status::lookup_units(name),
        None => Status::get(integer_of(scope, first)?, integer_of(scope, second)?),
    }
}

/// The longest status, one unit more, so that a longer text does not match, and the terminator that
/// Node-API adds.
const NAME_UNITS: usize = "X.999.999 \0".len();

fn record<'s>(scope: &Scope<'s>, status: &Status) -> Result<Value<'s>> {
    let (subject, detail) = (status.subject(), status.detail());
    scope.object(&[
        ("status", scope.text(&format!("X.{subject}.{detail}"))?),
        ("subject", scope.integer(subject)?),
        ("detail", scope.integer(detail)?),
        ("message", scope.text(status.message())?),
        ("basic_codes", scope.array(status.basic_codes(), |code| scope.integer(code.get()))?),
        ("references", scope.array(status.references(), |reference| scope.text(reference))?),
        ("helpers", scope.array(status.helpers(), |helper| helper_record(scope, status, helper))?),
    ])
}

fn helper_record<'s>(scope: &Scope<'s>, status: &Status, helper: &Helper) -> Result<Value<'s>> {
    scope.object(&[
        ("name", scope.text(helper.name())?),
        ("code", scope.integer(helper.code().get())?),
        ("message", scope.text(helper.own_message().unwrap_or(status.message()))?),
    ])
}
