//! What the addon exports: the functions that `index.js` binds, and the table.

use napi::bindgen_prelude::{Array, Env, Object, Result};
use napi_derive::napi;

use super::calls::{Accepts, Clean, Construct, Create, Helper, LeadingDigit};
use super::raw::{Native, enter};
use crate::code::{BasicCode, Class};
use crate::reply::EnhancedCode;
use crate::table::{self, STATUSES, Status};

#[napi(module_exports)]
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    exports.set("version", env!("CARGO_PKG_VERSION"))?;
    exports.set("fallback", code(&env, BasicCode::FALLBACK)?)?;
    exports.set("statuses", array(&env, STATUSES, status)?)?;
    function::<2, Helper>(&env, &mut exports, "helper")?;
    function::<4, Create>(&env, &mut exports, "create")?;
    function::<5, Construct>(&env, &mut exports, "construct")?;
    function::<1, Accepts>(&env, &mut exports, "accepts")?;
    function::<1, LeadingDigit>(&env, &mut exports, "leading_digit")?;
    function::<1, Clean>(&env, &mut exports, "clean")
}

fn function<const N: usize, F: Native<N>>(
    env: &Env,
    exports: &mut Object,
    name: &str,
) -> Result<()> {
    exports.set(name, env.create_function::<(), ()>(name, enter::<N, F>)?)
}

/// `{ subject, detail, message, prefixes: { 2: '2.1.1 ', … }, helpers: […] }`
fn status<'env>(env: &'env Env, status: &Status) -> Result<Object<'env>> {
    let (subject, detail) = (status.subject(), status.detail());
    let mut prefixes = Object::new(env)?;
    for class in Class::ALL {
        prefixes.set(class.to_string(), EnhancedCode { class, subject, detail }.prefix())?;
    }
    let mut object = Object::new(env)?;
    object.set("subject", subject)?;
    object.set("detail", detail)?;
    object.set("message", status.message())?;
    object.set("prefixes", prefixes)?;
    object.set("helpers", array(env, status.helpers(), helper)?)?;
    Ok(object)
}

/// `{ names: ['no_such_user'], code: 550, cls: 5, message: 'No such user' }`, the message
/// undefined where the helper has none of its own.
fn helper<'env>(env: &'env Env, helper: &table::Helper) -> Result<Object<'env>> {
    let mut object = code(env, helper.code())?;
    let names: Vec<_> = [Some(helper.name()), helper.old_name()].into_iter().flatten().collect();
    object.set("names", names)?;
    object.set("message", helper.own_message())?;
    Ok(object)
}

/// `{ code: 550, cls: 5 }`
fn code<'env>(env: &'env Env, code: BasicCode) -> Result<Object<'env>> {
    let mut object = Object::new(env)?;
    object.set("code", code.get())?;
    object.set("cls", code.class().digit())?;
    Ok(object)
}

fn array<'env, T>(
    env: &'env Env,
    rows: &[T],
    object: fn(&'env Env, &T) -> Result<Object<'env>>,
) -> Result<Array<'env>> {
    let mut array = env.create_array(rows.len() as u32)?;
    for (at, row) in (0..).zip(rows) {
        array.set(at, object(env, row)?)?;
    }
    Ok(array)
}
