//! The table as JavaScript reads it.

use std::mem::MaybeUninit;

use super::arguments::integer_of;
use super::raw::{Arguments, Native, Result, Scope, Value};
use crate::table::{Helper, STATUSES, Status};

/// Every registered status in the order of the registry: an array of records, frozen throughout.
pub(super) fn statuses<'s>(scope: &Scope<'s>) -> Result<Value<'s>> {
    let frozen = Freezer::new(scope)?;
    frozen.array(STATUSES, |status| frozen.freeze(record(scope, &frozen, status)?))
}

/// `lookup(status)` or `lookup(subject, detail)`, bound to the array of records: the record, or
/// `undefined` if the status is not registered.
pub(super) struct Lookup;

impl Native<2> for Lookup {
    type Data = ();

    fn call<'s>(
        scope: &Scope<'s>,
        (): &'static (),
        Arguments { this: statuses, values: [first, second], .. }: Arguments<'s, 2>,
    ) -> Result<Value<'s>> {
        let mut buffer = [MaybeUninit::uninit(); NAME_UNITS];
        let found = match scope.read_string(first, &mut buffer) {
            Some(name) => Status::lookup_units(name),
            None => match (integer_of(scope, first), integer_of(scope, second)) {
                (Some(subject), Some(detail)) => Status::get(subject, detail),
                _ => None,
            },
        };
        match found {
            Some(status) => scope.element(statuses, status.index() as u32),
            None => scope.undefined(),
        }
    }
}

/// The longest name of a status, one unit more, so that a longer text is not taken for one, and
/// the terminator that Node-API adds.
const NAME_UNITS: usize = "X.999.999".len() + 1 + 1;

fn record<'s>(scope: &Scope<'s>, frozen: &Freezer<'_, 's>, status: &Status) -> Result<Value<'s>> {
    let (subject, detail) = (status.subject(), status.detail());
    scope.object(&[
        ("status", scope.text(&format!("X.{subject}.{detail}"))?),
        ("subject", scope.integer(subject)?),
        ("detail", scope.integer(detail)?),
        ("message", scope.text(status.message())?),
        ("basic_codes", frozen.array(status.basic_codes(), |code| scope.integer(code.get()))?),
        ("references", frozen.array(status.references(), |reference| scope.text(reference))?),
        (
            "helpers",
            frozen.array(status.helpers(), |helper| {
                frozen.freeze(helper_record(scope, status, helper)?)
            })?,
        ),
    ])
}

fn helper_record<'s>(scope: &Scope<'s>, status: &Status, helper: &Helper) -> Result<Value<'s>> {
    scope.object(&[
        ("name", scope.text(helper.name())?),
        ("code", scope.integer(helper.code().get())?),
        ("message", scope.text(helper.own_message().unwrap_or(status.message()))?),
    ])
}

/// JavaScript's `Object.freeze`.
struct Freezer<'f, 's> {
    scope: &'f Scope<'s>,
    freeze: Value<'s>,
}

impl<'f, 's> Freezer<'f, 's> {
    fn new(scope: &'f Scope<'s>) -> Result<Freezer<'f, 's>> {
        let object = scope.get(scope.global()?, c"Object")?;
        Ok(Freezer { scope, freeze: scope.get(object, c"freeze")? })
    }

    fn freeze(&self, value: Value<'s>) -> Result<Value<'s>> {
        self.scope.call(self.freeze, value, &[value])
    }

    fn array<T>(
        &self,
        items: impl IntoIterator<Item = T>,
        element: impl Fn(T) -> Result<Value<'s>>,
    ) -> Result<Value<'s>> {
        self.freeze(self.scope.array(items, element)?)
    }
}
