//! What the addon exports: `docs/design.md` describes each export for authors of a second backend.

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
    let unbound = scope.object(&[])?;
    scope.define(exports, "version", scope.text(env!("CARGO_PKG_VERSION"))?)?;
    scope.define(exports, "statuses", scope.function::<0, Statuses>("statuses", &())?)?;
    scope.define(exports, "lookup", scope.function::<2, Lookup>("lookup", &())?)?;
    scope.define(exports, "rules", rules(scope)?)?;
    scope.define(exports, "unbound", unbound)?;
    scope.define(exports, "parse", scope.function::<1, PlainParse>("parse", &())?)?;
    scope.define(unbound, "parse", scope.function::<1, BoundParse>("parse", &())?)?;
    let [plain, unbound_report] = [
        scope.function::<1, PlainParseReport>("parse_report", &())?,
        scope.function::<1, BoundParseReport>("parse_report", &())?,
    ];
    scope.define(exports, "parse_report", plain)?;
    scope.define(unbound, "parse_report", unbound_report)?;
    scope.define(exports, "create", scope.function::<4, PlainCreate>("create", &())?)?;
    scope.define(unbound, "create", scope.function::<4, BoundCreate>("create", &())?)?;
    for helper in STATUSES.iter().flat_map(Status::helpers) {
        for name in [Some(helper.name()), helper.old_name()].into_iter().flatten() {
            scope.define(exports, name, scope.function::<2, PlainHelper>(name, helper)?)?;
            scope.define(unbound, name, scope.function::<2, BoundHelper>(name, helper)?)?;
        }
    }
    #[cfg(feature = "floor")]
    super::floor::export(scope, exports)?;
    Ok(())
}
