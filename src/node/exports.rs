//! The addon's exports; `docs/design.md` has their contract.

use napi::JsString;
use napi::bindgen_prelude::{
    Either, Env, FromNapiValue, FunctionCallContext, JsObjectValue, JsValue, Null, Object,
    Property, Result, ToNapiValue, Uint8Array, Uint8ArraySlice, Undefined, ValueType,
};
use napi::sys::napi_value;
use napi_derive::napi;

use super::arguments::{argument, string, text_of, throw_too_long};
use super::reply::{create, helper, property};
use super::strip_controls::strip_controls;
use crate::{json, names, rules, write_report};

#[napi(module_exports)]
pub fn exports(mut exports: Object, env: Env) -> Result<()> {
    let mut properties = vec![
        property("version", &env.create_string(env!("CARGO_PKG_VERSION"))?)?,
        function(&env, "constants", |_| Ok(json::constants()))?,
        function(&env, "statuses", |_| Ok(json::statuses()))?,
        function(&env, "lookup", lookup)?,
        function(&env, "parse", |call| call_parser(call, |text| json::parse(text)))?,
        function(&env, "parse_report", |call| call_parser(call, |text| json::parse_report(text)))?,
        function(&env, "write_report", write_report)?,
        property("strip_controls", &strip_controls(&env)?)?,
        function(&env, "is_basic_code", is_basic_code)?,
        function(&env, "class_of", class_of)?,
        function(&env, "prefix", |call| dotted(call, " "))?,
        function(&env, "status", |call| dotted(call, ""))?,
        function(&env, "create", create)?,
    ];
    for (name, listed) in names::helpers() {
        properties.push(function(&env, name, move |call| helper(call, listed))?);
    }
    #[cfg(feature = "panic")]
    properties.push(function(&env, "panic", |_| -> Result<()> { panic!("as the test asked") })?);
    exports.define_properties(&properties)
}

/// A property that is a function; a panic in it becomes a JavaScript Error.
fn function<R: ToNapiValue + 'static>(
    env: &Env,
    name: &str,
    call: impl Fn(&FunctionCallContext) -> Result<R> + 'static,
) -> Result<Property> {
    let function =
        env.create_function_from_closure::<(), R, _>(name, move |context| call(&context))?;
    property(name, &function)
}

/// `lookup(name)`, `lookup(subject, detail)`
fn lookup(call: &FunctionCallContext) -> Result<Either<u32, Undefined>> {
    let name = argument(call, 0)?;
    let index = if name.get_type()? == ValueType::String {
        rules::lookup_name(JsString::from_unknown(name)?.into_utf8()?.as_str()?)
    } else {
        let number = |index| call.get::<f64>(index).ok();
        number(0)
            .zip(number(1))
            .and_then(|(subject, detail)| rules::lookup_numbers(subject, detail))
    };
    Ok(index.map_or(Either::B(()), |index| Either::A(index as u32)))
}

/// What a parser makes of a string, in which lone surrogates become U+FFFD, or of the bytes of a
/// Uint8Array; `null` for any other value.
fn call_parser(
    call: &FunctionCallContext,
    parse: impl Fn(&[u8]) -> Option<String>,
) -> Result<Either<String, Null>> {
    let text = argument(call, 0)?;
    let json = match text.get_type()? {
        ValueType::String => parse(JsString::from_unknown(text)?.into_utf8()?.as_slice()),
        ValueType::Object => {
            Uint8ArraySlice::from_unknown(text).ok().and_then(|bytes| parse(&bytes))
        }
        _ => None,
    };
    Ok(json.map_or(Either::B(Null), Either::A))
}

/// `write_report(json, returned)`: a message or, as a string, what is wrong.
fn write_report(call: &FunctionCallContext) -> Result<Either<Uint8Array, String>> {
    let json = JsString::from_unknown(argument(call, 0)?)?.into_utf8()?;
    let returned = Uint8ArraySlice::from_unknown(argument(call, 1)?)?;
    Ok(match write_report::write_report(json.as_slice(), &returned) {
        Ok(message) => Either::A(message.into()),
        Err(problem) => Either::B(problem.to_string()),
    })
}

/// `is_basic_code(text)`
fn is_basic_code(call: &FunctionCallContext) -> Result<bool> {
    Ok(rules::basic_code(&text_of(call.env, &argument(call, 0)?)?).is_some())
}

/// `class_of(text)`
fn class_of(call: &FunctionCallContext) -> Result<f64> {
    Ok(rules::class_of(&text_of(call.env, &argument(call, 0)?)?))
}

/// `prefix(class, subject, detail)`, `status(class, subject, detail)`
fn dotted(call: &FunctionCallContext, end: &str) -> Result<napi_value> {
    let text = |index| text_of(call.env, &argument(call, index)?);
    let code = rules::dotted([&text(0)?, &text(1)?, &text(2)?], end);
    Ok(string(call.env, code.map_err(|_| throw_too_long(call.env))?)?.raw())
}
