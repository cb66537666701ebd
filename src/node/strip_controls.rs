//! `strip_controls(text)`, the only native function on the path of a reply, and the only unsafe code of
//! the binary.
//!
//! napi's own types copy a string to a vector and back, which takes longer than a whole reply of
//! haraka-dsn.

#![allow(unsafe_code)]

use std::collections::TryReserveError;
use std::mem::MaybeUninit;
use std::panic::catch_unwind;
use std::{ptr, slice};

use napi::bindgen_prelude::{Env, FromNapiValue, Function, JsValue, Result, Unknown};
use napi::{check_status, sys};
use smtp_status::find_control;

use crate::rules::MAX_JOINED;

/// The units that are read without an allocation: joined lines, the terminator that Node-API adds, and
/// one that shows whether the text is longer.
const STACK_UNITS: usize = MAX_JOINED + 2;

/// Makes the function, which returns the same string if there is nothing to strip, and a value that
/// is not a string as it is.
pub(super) fn strip_controls(env: &Env) -> Result<Function<'_, (), Unknown<'_>>> {
    const NAME: &str = "strip_controls";
    let (name, length) = (NAME.as_ptr().cast(), NAME.len() as isize);
    let (mut function, no_data) = (ptr::null_mut(), ptr::null_mut());
    // SAFETY: `env` is the running call's, `name` has this length, and `callback` reads no data.
    check_status!(unsafe {
        sys::napi_create_function(env.raw(), name, length, Some(callback), no_data, &mut function)
    })?;
    // SAFETY: `function` was created in this environment.
    unsafe { Function::from_napi_value(env.raw(), function) }
}

extern "C" fn callback(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let text = argument(env, info);
    match catch_unwind(|| strip(env, text)) {
        Ok(Some(stripped)) => stripped,
        // A panic cannot happen here, but would end the process.
        Ok(None) | Err(_) => {
            // If even that fails, the result is `undefined`.
            let _ = Env::from_raw(env).throw_range_error("There is no memory for the text", None);
            ptr::null_mut()
        }
    }
}

/// The first argument, `undefined` if there is none.
#[inline(always)]
fn argument(env: sys::napi_env, info: sys::napi_callback_info) -> sys::napi_value {
    let (mut count, mut value) = (1, ptr::null_mut());
    let none = ptr::null_mut();
    // SAFETY: both are the running call's; Node-API writes one value, and nothing to `none`.
    unsafe { sys::napi_get_cb_info(env, info, &mut count, &mut value, none, none.cast()) };
    value
}

/// The text without control characters; `None` if there is no memory for a copy.
#[inline(always)]
fn strip(env: sys::napi_env, text: sys::napi_value) -> Option<sys::napi_value> {
    let mut stack = [MaybeUninit::uninit(); STACK_UNITS];
    match read(env, text, &mut stack) {
        None => Some(text),
        Some(units) if units.len() < STACK_UNITS - 1 => strip_units(env, text, units),
        Some(_) => strip_long(env, text),
    }
}

#[inline(never)]
fn strip_long(env: sys::napi_env, text: sys::napi_value) -> Option<sys::napi_value> {
    let mut heap = reserve(length(env, text) + 1).ok()?;
    strip_units(env, text, read(env, text, heap.spare_capacity_mut())?)
}

#[inline(always)]
fn strip_units(
    env: sys::napi_env,
    text: sys::napi_value,
    units: &mut [u16],
) -> Option<sys::napi_value> {
    match find_control(units) {
        None => Some(text),
        Some(first) => string(env, without_controls(units, first)),
    }
}

/// Moves all units but the control characters, the first of which is known, to the front.
fn without_controls(units: &mut [u16], first: usize) -> &[u16] {
    let (mut kept, mut from) = (first, first);
    while from < units.len() {
        let length = find_control(&units[from..]).unwrap_or(units.len() - from);
        units.copy_within(from..from + length, kept);
        kept += length;
        from += length + 1;
    }
    &units[..kept]
}

/// V8 stores the string with one byte a unit where that is possible.
fn string(env: sys::napi_env, units: &[u16]) -> Option<sys::napi_value> {
    Env::from_raw(env).create_string_utf16(units).ok().map(|string| string.raw())
}

/// As many units of a string as fit, less one for the terminator that Node-API writes; `None` if the
/// value is not a string.
#[inline(always)]
fn read(
    env: sys::napi_env,
    text: sys::napi_value,
    buffer: &mut [MaybeUninit<u16>],
) -> Option<&mut [u16]> {
    let (start, room) = (buffer.as_mut_ptr().cast(), buffer.len());
    let mut length = 0;
    // SAFETY: `env` and `text` are the running call's; Node-API writes at most `room` units.
    let status = unsafe { sys::napi_get_value_string_utf16(env, text, start, room, &mut length) };
    // SAFETY: Node-API has written `length` units; the result borrows `buffer`.
    (status == sys::Status::napi_ok).then(|| unsafe { slice::from_raw_parts_mut(start, length) })
}

/// The length of a string in units.
fn length(env: sys::napi_env, text: sys::napi_value) -> usize {
    let mut length = 0;
    // SAFETY: `env` and `text` are the running call's; without a buffer only the length is written.
    unsafe { sys::napi_get_value_string_utf16(env, text, ptr::null_mut(), 0, &mut length) };
    length
}

/// An empty vector with this capacity.
fn reserve<T>(capacity: usize) -> std::result::Result<Vec<T>, TryReserveError> {
    let mut vector = Vec::new();
    vector.try_reserve_exact(capacity)?;
    Ok(vector)
}
