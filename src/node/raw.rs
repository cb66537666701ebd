//! The only unsafe code: the few calls of Node-API that a helper makes.
//!
//! The `napi` crate's own conversions cost more than the pure-JavaScript original takes for a
//! whole reply, and they replace lone surrogates. Here each operation is one raw call behind a
//! safe method.

#![allow(unsafe_code)]

use std::array;
use std::ffi::CStr;
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::slice;

use napi::bindgen_prelude::{Env, JsValue, Object};
use napi::sys;

/// One call from JavaScript into the addon.
pub(super) struct Scope<'s> {
    env: sys::napi_env,
    lifetime: PhantomData<&'s ()>,
}

/// A JavaScript value, valid until the call that it belongs to returns.
#[derive(Clone, Copy, PartialEq)]
#[repr(transparent)]
pub(super) struct Value<'s> {
    raw: sys::napi_value,
    lifetime: PhantomData<&'s ()>,
}

/// What JavaScript passed to a function.
pub(super) struct Arguments<'s, const N: usize> {
    pub(super) this: Value<'s>,
    /// How many arguments the caller gave; it may be more than `N`.
    pub(super) count: usize,
    /// The first `N`, `undefined` where the caller gave fewer.
    pub(super) values: [Value<'s>; N],
}

impl<'s, const N: usize> Arguments<'s, N> {
    /// The arguments, each if the caller gave it: what is absent need not be looked at.
    pub(super) fn given(&self) -> [Option<Value<'s>>; N] {
        array::from_fn(|at| (at < self.count).then_some(self.values[at]))
    }
}

/// Why a function cannot return a value.
pub(super) enum Failure {
    /// A JavaScript exception is pending and reaches the caller as it is.
    Thrown,
    /// Node-API refused a call: a mistake of ours, or `new` before a helper.
    Refused,
    /// There is no memory for a copy of a string.
    OutOfMemory,
}

/// The JavaScript errors that the addon throws itself.
enum ErrorKind {
    Error,
    Type,
    Range,
}

pub(super) type Result<T> = std::result::Result<T, Failure>;

/// A function of the addon that JavaScript can call.
pub(super) trait Native<const N: usize> {
    fn call<'s>(scope: &Scope<'s>, arguments: Arguments<'s, N>) -> Result<Value<'s>>;
}

/// Units of a string that are read without an allocation; nearly every reply is shorter.
const STACK_UNITS: usize = 512;

impl<'s> Scope<'s> {
    /// The call in which Node.js asks the addon for its exports.
    pub(super) fn of_exports(env: &Env, exports: &Object<'s>) -> (Scope<'s>, Value<'s>) {
        let lifetime = PhantomData;
        (Scope { env: env.raw(), lifetime }, Value { raw: exports.raw(), lifetime })
    }

    /// Whether the value is `undefined` or `null`.
    pub(super) fn is_absent(&self, value: Value<'s>) -> Result<bool> {
        let mut found = 0;
        // SAFETY: `env` and `value` belong to the running call; `found` is a valid place.
        check(unsafe { sys::napi_typeof(self.env, value.raw, &mut found) })?;
        Ok(matches!(found, sys::ValueType::napi_undefined | sys::ValueType::napi_null))
    }

    /// Like `Array.isArray`, but no proxy of an array is one.
    pub(super) fn is_array(&self, value: Value<'s>) -> Result<bool> {
        let mut found = false;
        // SAFETY: `env` and `value` belong to the running call; `found` is a valid place.
        check(unsafe { sys::napi_is_array(self.env, value.raw, &mut found) })?;
        Ok(found)
    }

    /// `None` if the value is no number.
    pub(super) fn read_number(&self, value: Value<'s>) -> Result<Option<f64>> {
        let mut found = 0.0;
        // SAFETY: `env` and `value` belong to the running call; `found` is a valid place.
        let status = unsafe { sys::napi_get_value_double(self.env, value.raw, &mut found) };
        Ok(check_type(status)?.then_some(found))
    }

    /// Reads as many units of a string as fit, less one for the terminator that Node-API writes;
    /// `None` if the value is no string.
    pub(super) fn read_string<'b>(
        &self,
        value: Value<'s>,
        buffer: &'b mut [MaybeUninit<u16>],
    ) -> Result<Option<&'b mut [u16]>> {
        let mut length = 0;
        let start = buffer.as_mut_ptr().cast::<u16>();
        // SAFETY: `env` and `value` belong to the running call; Node-API writes at most
        // `buffer.len()` units from `start` on.
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, value.raw, start, buffer.len(), &mut length)
        };
        if !check_type(status)? {
            return Ok(None);
        }
        // SAFETY: Node-API has written `length` units from `start` on; the result borrows `buffer`.
        Ok(Some(unsafe { slice::from_raw_parts_mut(start, length) }))
    }

    fn string_length(&self, string: Value<'s>) -> Result<usize> {
        let mut length = 0;
        let nowhere = ptr::null_mut();
        // SAFETY: `env` and `string` belong to the running call; without a buffer Node-API only
        // reports the length.
        check(unsafe {
            sys::napi_get_value_string_utf16(self.env, string.raw, nowhere, 0, &mut length)
        })?;
        Ok(length)
    }

    /// Passes the units of a whole string to `read`; `None` if the value is no string.
    pub(super) fn with_string<R>(
        &self,
        value: Value<'s>,
        read: impl FnOnce(&mut [u16]) -> Result<R>,
    ) -> Result<Option<R>> {
        let mut stack = [MaybeUninit::uninit(); STACK_UNITS];
        let Some(units) = self.read_string(value, &mut stack)? else { return Ok(None) };
        if units.len() < STACK_UNITS - 1 {
            return read(units).map(Some);
        }
        let mut heap = reserve(self.string_length(value)? + 1)?;
        self.read_string(value, heap.spare_capacity_mut())?.map(read).transpose()
    }

    pub(super) fn string(&self, units: &[u16]) -> Result<Value<'s>> {
        // V8 keeps one byte a unit where that is enough, but only if it is told.
        if units.iter().any(|&unit| unit > 0xff) {
            return self.create(|env, found| {
                // SAFETY: `env` belongs to the running call; `units` has that length.
                unsafe {
                    sys::napi_create_string_utf16(env, units.as_ptr(), units.len() as isize, found)
                }
            });
        }
        let mut stack = [0; STACK_UNITS];
        let mut heap;
        let narrow = match stack.get_mut(..units.len()) {
            Some(narrow) => narrow,
            None => {
                heap = reserve(units.len())?;
                heap.resize(units.len(), 0);
                &mut heap
            }
        };
        for (byte, &unit) in narrow.iter_mut().zip(units) {
            *byte = unit as u8;
        }
        self.create(|env, found| {
            let length = narrow.len() as isize;
            // SAFETY: `env` belongs to the running call; `narrow` has that length.
            unsafe { sys::napi_create_string_latin1(env, narrow.as_ptr().cast(), length, found) }
        })
    }

    pub(super) fn text(&self, text: &str) -> Result<Value<'s>> {
        self.create(|env, found| {
            // SAFETY: `env` belongs to the running call; `text` has that length.
            unsafe {
                sys::napi_create_string_utf8(env, text.as_ptr().cast(), text.len() as isize, found)
            }
        })
    }

    pub(super) fn function<const N: usize, F: Native<N>>(&self, name: &CStr) -> Result<Value<'s>> {
        let (length, data) = (name.count_bytes() as isize, ptr::null_mut());
        self.create(|env, found| {
            // SAFETY: `env` belongs to the running call; `name` has that length; `enter` is a
            // callback that needs no data.
            unsafe {
                let callback = Some(enter::<N, F> as _);
                sys::napi_create_function(env, name.as_ptr(), length, callback, data, found)
            }
        })
    }

    pub(super) fn set(&self, object: Value<'s>, name: &CStr, value: Value<'s>) -> Result<()> {
        // SAFETY: `env`, `object` and `value` belong to the running call; `name` ends with a NUL.
        check(unsafe {
            sys::napi_set_named_property(self.env, object.raw, name.as_ptr(), value.raw)
        })
    }

    pub(super) fn number(&self, number: f64) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        self.create(|env, found| unsafe { sys::napi_create_double(env, number, found) })
    }

    /// Cheaper than [`number`](Scope::number).
    pub(super) fn integer(&self, number: u32) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        self.create(|env, found| unsafe { sys::napi_create_uint32(env, number, found) })
    }

    pub(super) fn boolean(&self, boolean: bool) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        self.create(|env, found| unsafe { sys::napi_get_boolean(env, boolean, found) })
    }

    pub(super) fn undefined(&self) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        self.create(|env, found| unsafe { sys::napi_get_undefined(env, found) })
    }

    pub(super) fn null(&self) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        self.create(|env, found| unsafe { sys::napi_get_null(env, found) })
    }

    pub(super) fn array<T>(
        &self,
        items: &[T],
        element: impl Fn(&T) -> Result<Value<'s>>,
    ) -> Result<Value<'s>> {
        // SAFETY: `env` belongs to the running call.
        let array = self.create(|env, found| unsafe {
            sys::napi_create_array_with_length(env, items.len(), found)
        })?;
        for (at, item) in (0..).zip(items) {
            let element = element(item)?;
            // SAFETY: `env`, `array` and `element` belong to the running call.
            check(unsafe { sys::napi_set_element(self.env, array.raw, at, element.raw) })?;
        }
        Ok(array)
    }

    /// Calls a function that does not look at its `this`, on a value that must not be a function:
    /// hostile code could make one of ours call itself, and V8 looks for the end of the stack only
    /// where it enters JavaScript.
    pub(super) fn call(
        &self,
        function: Value<'s>,
        this: Value<'s>,
        arguments: &[Value<'s>],
    ) -> Result<Value<'s>> {
        self.create(|env, found| {
            // SAFETY: `env` and all values belong to the running call; `Value` is transparent, so
            // `arguments` is an array of `napi_value`.
            unsafe {
                sys::napi_call_function(
                    env,
                    this.raw,
                    function.raw,
                    arguments.len(),
                    arguments.as_ptr().cast(),
                    found,
                )
            }
        })
    }

    fn create(
        &self,
        create: impl FnOnce(sys::napi_env, *mut sys::napi_value) -> sys::napi_status,
    ) -> Result<Value<'s>> {
        let mut raw = ptr::null_mut();
        check(create(self.env, &mut raw))?;
        Ok(Value { raw, lifetime: PhantomData })
    }

    fn arguments<const N: usize>(&self, info: sys::napi_callback_info) -> Result<Arguments<'s, N>> {
        let mut count = N;
        let mut this = Value { raw: ptr::null_mut(), lifetime: PhantomData };
        let mut values = [this; N];
        // SAFETY: `env` and `info` belong to the running call; Node-API writes `N` values.
        check(unsafe {
            sys::napi_get_cb_info(
                self.env,
                info,
                &mut count,
                values.as_mut_ptr().cast(),
                &mut this.raw,
                ptr::null_mut(),
            )
        })?;
        Ok(Arguments { this, count, values })
    }

    /// Whether JavaScript called with `new`, which gives a function a `this` that is not what the
    /// function was bound to.
    fn is_construction(&self, info: sys::napi_callback_info) -> bool {
        // SAFETY: `env` and `info` belong to the running call.
        let target =
            self.create(|env, found| unsafe { sys::napi_get_new_target(env, info, found) });
        target.is_ok_and(|target| !target.raw.is_null())
    }

    /// Not inlined: the code would stand in every function of the addon.
    #[cold]
    #[inline(never)]
    fn throw_for(&self, failure: Failure, info: sys::napi_callback_info) {
        match failure {
            Failure::Thrown => {}
            Failure::Refused if self.is_construction(info) => {
                self.throw(ErrorKind::Type, c"A helper of DSN is not a constructor");
            }
            Failure::Refused => self.throw(ErrorKind::Error, c"Node-API refused a call"),
            Failure::OutOfMemory => self.throw(ErrorKind::Range, c"Out of memory"),
        }
    }

    #[cold]
    #[inline(never)]
    fn throw(&self, kind: ErrorKind, message: &CStr) {
        // Without a type: where Node.js is found at run time (Windows), these are Rust functions.
        let throw = match kind {
            ErrorKind::Error => sys::napi_throw_error,
            ErrorKind::Type => sys::napi_throw_type_error,
            ErrorKind::Range => sys::napi_throw_range_error,
        };
        // SAFETY: `env` belongs to the running call; `message` ends with a NUL.
        let status = unsafe { throw(self.env, ptr::null(), message.as_ptr()) };
        // Refused only where an exception is pending already or the environment is going down.
        let _ = status;
    }
}

/// What JavaScript enters when it calls `F`.
///
/// # Safety
///
/// Only for Node-API to call, as a function with this callback.
unsafe extern "C" fn enter<const N: usize, F: Native<N>>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let scope = Scope { env, lifetime: PhantomData };
    // A panic that unwinds into Node.js would abort the process.
    match catch_unwind(AssertUnwindSafe(|| F::call(&scope, scope.arguments(info)?))) {
        Ok(Ok(value)) => return value.raw,
        Ok(Err(failure)) => scope.throw_for(failure, info),
        Err(_) => scope.throw(ErrorKind::Error, c"haraka-dsn-rs panicked: please report it"),
    }
    ptr::null_mut()
}

fn check(status: sys::napi_status) -> Result<()> {
    match status {
        sys::Status::napi_ok => Ok(()),
        sys::Status::napi_pending_exception => Err(Failure::Thrown),
        _ => Err(Failure::Refused),
    }
}

/// Whether the value had the type that the call asked for.
fn check_type(status: sys::napi_status) -> Result<bool> {
    match status {
        sys::Status::napi_string_expected | sys::Status::napi_number_expected => Ok(false),
        status => check(status).map(|()| true),
    }
}

/// An empty buffer; JavaScript's strings grow to a gigabyte, so its absence is no reason to abort.
pub(super) fn reserve<T>(capacity: usize) -> Result<Vec<T>> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(capacity).map_err(|_| Failure::OutOfMemory)?;
    Ok(buffer)
}
