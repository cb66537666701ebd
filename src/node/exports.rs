//! What the addon exports: the functions that `index.js` binds, and the table.

use napi::bindgen_prelude::{Env, Error, Object};
use napi_derive::napi;

use super::calls::{Accepts, Clean, Create, Helper, LeadingDigit, Locate};
use super::parse::{Find, Parse};
use super::raw::{Result, Scope, Value};
use super::records::{Catalogue, HelperRecord, Row, Texts, names};
use crate::code::BasicCode;

#[napi(module_exports)]
pub fn exports(exports: Object, env: Env) -> napi::Result<()> {
    let (scope, exports) = Scope::of_exports(&env, &exports);
    fill(&scope, exports).map_err(|_| Error::from_reason("the addon cannot make its exports"))
}

fn fill<'s>(scope: &Scope<'s>, exports: Value<'s>) -> Result<()> {
    scope.set(exports, c"version", scope.text(env!("CARGO_PKG_VERSION"))?)?;
    scope.set(exports, c"names", scope.text(&names())?)?;
    scope.set(exports, c"fallback_code", scope.integer(BasicCode::FALLBACK.get().into())?)?;
    scope.set(exports, c"helper", scope.function::<2, Helper>(c"helper")?)?;
    scope.set(exports, c"create", scope.function::<4, Create>(c"create")?)?;
    scope.set(exports, c"locate", scope.function::<4, Locate>(c"locate")?)?;
    scope.set(exports, c"accepts", scope.function::<1, Accepts>(c"accepts")?)?;
    scope.set(exports, c"leading_digit", scope.function::<1, LeadingDigit>(c"leading_digit")?)?;
    scope.set(exports, c"clean", scope.function::<1, Clean>(c"clean")?)?;
    scope.set(exports, c"helper_record", scope.function::<1, HelperRecord>(c"helper_record")?)?;
    scope.set(exports, c"row", scope.function::<1, Row>(c"row")?)?;
    scope.set(exports, c"texts", scope.function::<0, Texts>(c"texts")?)?;
    scope.set(exports, c"catalogue", scope.function::<0, Catalogue>(c"catalogue")?)?;
    scope.set(exports, c"find", scope.function::<1, Find>(c"find")?)?;
    scope.set(exports, c"parse", scope.function::<1, Parse>(c"parse")?)?;
    #[cfg(feature = "floor")]
    {
        use super::floor::{Nothing, Through};
        scope.set(exports, c"nothing", scope.function::<2, Nothing>(c"nothing")?)?;
        scope.set(exports, c"through", scope.function::<2, Through>(c"through")?)?;
    }
    Ok(())
}
