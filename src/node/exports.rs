//! The addon's exports, which `docs/design.md` describes for authors of another backend.

use napi::bindgen_prelude::{Env, Error, Object};
use napi_derive::napi;

use super::bound::{BoundCreate, BoundHelper};
use super::parse::{BoundParse, PlainParse};
use super::plain::{PlainCreate, PlainHelper};
use super::raw::{Result, Scope, Value};
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
    scope.define_function::<0, Statuses>(exports, "statuses", &())?;
    scope.define_function::<2, Lookup>(exports, "lookup", &())?;
    scope.define_function::<1, PlainParse>(exports, "parse", &())?;
    scope.define_function::<1, PlainParseReport>(exports, "parse_report", &())?;
    scope.define_function::<4, PlainCreate>(exports, "create", &())?;
    for helper in STATUSES.iter().flat_map(Status::helpers) {
        for name in [Some(helper.name()), helper.old_name()].into_iter().flatten() {
            scope.define_function::<2, PlainHelper>(exports, name, helper)?;
        }
    }

    let unbound = scope.object(&[])?;
    scope.define(exports, "unbound", unbound)?;
    scope.define_function::<1, BoundParse>(unbound, "parse", &())?;
    scope.define_function::<1, BoundParseReport>(unbound, "parse_report", &())?;
    scope.define_function::<4, BoundCreate>(unbound, "create", &())?;
    scope.define_function::<2, BoundHelper>(unbound, "helper", &())?;

    scope.define(exports, "rules", rules(scope)?)?;
    #[cfg(feature = "floor")]
    super::floor::export(scope, exports)?;
    Ok(())
}
