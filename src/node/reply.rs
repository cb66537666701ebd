//! The helpers and `create` of the binary: finished objects of haraka-dsn's shape.

use napi::bindgen_prelude::{
    Env, FromNapiValue, FunctionCallContext, JsObjectValue, JsValue, Object, Property, Result,
    ToNapiValue, Unknown, ValueType,
};
use napi::sys::napi_value;
use smtp_status::{BasicCode, Helper, Reply};

use super::arguments::{
    argument, is_nullish, lines_of, number_of, string, text_of, throw_needs_class,
};
use crate::dsn::Dsn;
use crate::rules::{FALLBACK_CODE, basic_code, push_stripped, reply_of_status};

/// `helper(msg, code)`.
pub(super) fn helper(call: &FunctionCallContext, helper: &Helper) -> Result<napi_value> {
    let (msg, code) = (argument(call, 0)?, argument(call, 1)?);
    let callers = callers_code(call.env, &code)?;
    let reply = helper.reply().with_code(callers.unwrap_or(helper.code()));
    finish(call.env, &reply, helper.own_message(), msg, callers.map(|_| code))
}

/// `create(code, msg, subject, detail)`.
pub(super) fn create(call: &FunctionCallContext) -> Result<napi_value> {
    let (code, msg) = (argument(call, 0)?, argument(call, 1)?);
    let callers = callers_code(call.env, &code)?;
    let basic = callers.unwrap_or(FALLBACK_CODE);
    let (subject, detail) = (number_of(call, 2)?, number_of(call, 3)?);
    let reply = reply_of_status(basic, subject, detail);
    finish(
        call.env,
        &reply.ok_or_else(|| throw_needs_class(call.env))?,
        None,
        msg,
        callers.map(|_| code),
    )
}

/// The basic code that the caller's code begins with; `None` if the default applies.
fn callers_code(env: &Env, code: &Unknown) -> Result<Option<BasicCode>> {
    if is_nullish(code)? {
        return Ok(None);
    }
    if matches!(code.get_type()?, ValueType::BigInt | ValueType::Boolean) {
        return Err(throw_needs_class(env));
    }
    Ok(basic_code(&text_of(env, code)?))
}

/// Makes the object from a reply without a message, and the caller's message and code.
fn finish(
    env: &Env,
    reply: &Reply,
    own_message: Option<&str>,
    msg: Unknown,
    code: Option<Unknown>,
) -> Result<napi_value> {
    let dsn = Dsn::of(reply, own_message).ok_or_else(|| throw_needs_class(env))?;
    let prefix = reply.enhanced_code().map_or_else(String::new, |status| format!("{status} "));
    let line = |text: &[u16]| {
        let mut line: Vec<_> = prefix.encode_utf16().collect();
        push_stripped(&mut line, text);
        string(env, line)
    };
    let (msg, reply) = if !msg.coerce_to_bool()? {
        let own = dsn.msg.map(|own| env.create_string(own)).transpose()?;
        let reply = env.create_string(dsn.reply)?;
        (own.map_or(msg, |own| own.to_unknown()), reply.to_unknown())
    } else if msg.is_array()? {
        let texts = lines_of(env, &Object::from_unknown(msg)?)?;
        let mut lines = env.create_array(0)?;
        for text in texts {
            lines.insert(line(&text)?)?;
        }
        (msg, lines.to_unknown())
    } else {
        (msg, line(&text_of(env, &msg)?)?.to_unknown())
    };
    let code = code.map_or_else(|| dsn.code.into_unknown(env), Ok)?;
    let mut object = Object::new(env)?;
    object.define_properties(&[
        property("code", &code)?,
        property("msg", &msg)?,
        property("cls", &env.create_uint32(dsn.cls.into())?)?,
        property("sub", &env.create_uint32(dsn.sub.into())?)?,
        property("det", &env.create_uint32(dsn.det.into())?)?,
        property("default_msg", &env.create_string(dsn.default_msg)?)?,
        property("reply", &reply)?,
    ])?;
    Ok(object.raw())
}

/// A data property like those that assignment makes, whatever Object.prototype has.
pub(super) fn property<'v>(name: &str, value: &impl JsValue<'v>) -> Result<Property> {
    Ok(Property::new().with_utf8_name(name)?.with_value(value))
}
