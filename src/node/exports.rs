//! What the addon exports: the functions that `index.js` binds, and the table.

use napi::bindgen_prelude::{Array, Env, Object, Result};
use napi_derive::napi;

use super::calls::{Accepts, AreClean, Clean, Create, Helper, LeadingDigit, Locate, MAX_TEXTS};
use super::raw::{Native, enter};
use crate::code::{BasicCode, Class};
use crate::reply::EnhancedCode;
use crate::table::{self, STATUSES, Status};

#[napi(module_exports)]
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    exports.set("version", env!("CARGO_PKG_VERSION"))?;
    exports.set("fallback_code", BasicCode::FALLBACK.get())?;
    exports.set("statuses", array(&env, STATUSES, status)?)?;
    exports.set("max_texts", MAX_TEXTS as u32)?;
    function::<2, Helper>(&env, &mut exports, "helper")?;
    function::<4, Create>(&env, &mut exports, "create")?;
    function::<4, Locate>(&env, &mut exports, "locate")?;
    function::<1, Accepts>(&env, &mut exports, "accepts")?;
    function::<1, LeadingDigit>(&env, &mut exports, "leading_digit")?;
    function::<MAX_TEXTS, AreClean>(&env, &mut exports, "are_clean")?;
    function::<1, Clean>(&env, &mut exports, "clean")
}

fn function<const N: usize, F: Native<N>>(
    env: &Env,
    exports: &mut Object,
    name: &str,
) -> Result<()> {
    exports.set(name, env.create_function::<(), ()>(name, enter::<N, F>)?)
}

/// `{ message, classes: [{ cls: 5, sub: 1, det: 1, message, prefix: '5.1.1 ' }, …], helpers: […] }`
fn status<'env>(env: &'env Env, status: &Status) -> Result<Object<'env>> {
    let mut object = Object::new(env)?;
    let class = |env: &'env Env, &class: &Class| {
        let (subject, detail) = (status.subject(), status.detail());
        let mut object = Object::new(env)?;
        object.set("cls", class.digit())?;
        object.set("sub", subject)?;
        object.set("det", detail)?;
        object.set("message", status.message())?;
        object.set("prefix", EnhancedCode { class, subject, detail }.prefix())?;
        Ok(object)
    };
    object.set("classes", array(env, &Class::ALL, class)?)?;
    object.set("helpers", array(env, status.helpers(), helper)?)?;
    Ok(object)
}

/// `{ names: ['no_such_user'], code: 550, at: 2, message: 'No such user' }`, where `at` is the
/// place of the class; the message is left out where the helper has none of its own.
fn helper<'env>(env: &'env Env, helper: &table::Helper) -> Result<Object<'env>> {
    let mut object = Object::new(env)?;
    let names: Vec<_> = [Some(helper.name()), helper.old_name()].into_iter().flatten().collect();
    object.set("names", names)?;
    object.set("code", helper.code().get())?;
    object.set("at", helper.code().class().position() as u32)?;
    object.set("message", helper.own_message())?;
    Ok(object)
}

fn array<'env, T>(
    env: &'env Env,
    rows: &[T],
    object: impl Fn(&'env Env, &T) -> Result<Object<'env>>,
) -> Result<Array<'env>> {
    let mut array = env.create_array(rows.len() as u32)?;
    for (at, row) in (0..).zip(rows) {
        array.set(at, object(env, row)?)?;
    }
    Ok(array)
}
