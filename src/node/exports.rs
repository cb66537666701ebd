//! The addon's exports, which `docs/design.md` describes for authors of another backend.

use napi::bindgen_prelude::{Env, Error, Object};
use napi_derive::napi;

use super::bound::{BoundCreate, BoundHelper};
use super::parse::{BoundParse, PlainParse};
use super::plain::{PlainCreate, PlainHelper};
use super::raw::{Native, Result, Scope, Value};
use super::report::{BoundParseReport, PlainParseReport};
use super::rules::rules;
use super::statuses::{Lookup, Statuses};
use crate::table::{STATUSES, Status};

#[napi(module_exports)]
pub fn exports(exports: Object, env: Env) -> napi::Result<()> {
    let (scope, exports) = Scope::of_exports(&env, &exports);
    fill(&scope, exports).map_err(|_| Error::from_reason(scope.refusal()))
}

fn fill<'s>(scope: &Scope<'s>, exports: Value<'s>) -> Result<()> {
    scope.define(exports, "version", scope.text(env!("CARGO_PKG_VERSION"))?)?;
    add::<0, Statuses>(scope, exports, "statuses", &())?;
    add::<2, Lookup>(scope, exports, "lookup", &())?;
    add::<1, PlainParse>(scope, exports, "parse", &())?;
    add::<1, PlainParseReport>(scope, exports, "parse_report", &())?;
    add::<4, PlainCreate>(scope, exports, "create", &())?;
    for helper in STATUSES.iter().flat_map(Status::helpers) {
        for name in [Some(helper.name()), helper.old_name()].into_iter().flatten() {
            add::<2, PlainHelper>(scope, exports, name, helper)?;
        }
    }

    let unbound = scope.object(&[])?;
    scope.define(exports, "unbound", unbound)?;
    add::<1, BoundParse>(scope, unbound, "parse", &())?;
    add::<1, BoundParseReport>(scope, unbound, "parse_report", &())?;
    add::<4, BoundCreate>(scope, unbound, "create", &())?;
    add::<2, BoundHelper>(scope, unbound, "helper", &())?;

    scope.define(exports, "rules", rules(scope)?)?;
    #[cfg(feature = "floor")]
    super::floor::export(scope, exports)?;
    Ok(())
}

/// Adds a function to an object.
fn add<'s, const N: usize, F: Native<N>>(
    scope: &Scope<'s>,
    object: Value<'s>,
    name: &str,
    data: &'static F::Data,
) -> Result<()> {
    scope.define(object, name, scope.function::<N, F>(name, data)?)
}
