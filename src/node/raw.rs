//! The only unsafe code: each Node-API function that the addon uses, behind a safe method.
//!
//! The `napi` crate's conversions take longer than a whole reply of haraka-dsn, and they replace
//! lone surrogates with U+FFFD.

#![allow(unsafe_code)]

use std::array;
use std::cell::Cell;
use std::ffi::{CStr, CString, c_void};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;
use std::slice;

use napi::bindgen_prelude::{Env, JsValue, Object};
use napi::sys;

/// A function of the addon that JavaScript calls with up to `N` arguments.
pub(super) trait Native<const N: usize> {
    /// The data that Node-API passes to every call of a function, such as the row of a helper.
    type Data: Sync + 'static;

    fn call<'s>(
        scope: &Scope<'s>,
        data: &'static Self::Data,
        arguments: Arguments<'s, N>,
    ) -> Result<Value<'s>>;
}

/// One call from JavaScript into the addon.
pub(super) struct Scope<'s> {
    env: sys::napi_env,
    info: sys::napi_callback_info,
    /// The function of Node-API that failed last, and its status.
    refusal: Cell<(&'static str, sys::napi_status)>,
    lifetime: PhantomData<&'s ()>,
}

/// A JavaScript value, valid until the call that it belongs to returns.
#[derive(Clone, Copy, PartialEq)]
#[repr(transparent)]
pub(super) struct Value<'s> {
    raw: sys::napi_value,
    lifetime: PhantomData<&'s ()>,
}

/// The arguments of a call.
pub(super) struct Arguments<'s, const N: usize> {
    pub(super) this: Value<'s>,
    /// How many arguments were passed; it may be more than `N`.
    pub(super) count: usize,
    /// The first `N`, `undefined` where fewer were passed.
    pub(super) values: [Value<'s>; N],
}

impl<'s, const N: usize> Arguments<'s, N> {
    /// The arguments, `None` where fewer were passed: reading `undefined` would take time.
    pub(super) fn passed(&self) -> [Option<Value<'s>>; N] {
        array::from_fn(|index| (index < self.count).then_some(self.values[index]))
    }
}

/// Why a call fails. One byte, so that results are returned in registers.
#[derive(Clone, Copy)]
pub(super) enum Failure {
    /// A JavaScript exception is pending and reaches the caller unchanged.
    Pending,
    /// A Node-API function failed: [`Scope::refusal`].
    Refused,
    /// The function was called with `new`.
    Constructed,
    /// Only the class can convert a value as haraka-dsn does.
    NeedsClass,
    /// A string would be longer than V8 allows.
    TooLong,
    /// There is not enough memory for a copy of a string.
    OutOfMemory,
}

pub(super) type Result<T> = std::result::Result<T, Failure>;

/// The number of units that are read without an allocation; nearly every text is shorter.
const STACK_UNITS: usize = 512;

impl<'s> Scope<'s> {
    fn new(env: sys::napi_env, info: sys::napi_callback_info) -> Scope<'s> {
        let refusal = Cell::new(("", sys::Status::napi_ok));
        Scope { env, info, refusal, lifetime: PhantomData }
    }

    /// The call in which Node.js asks the addon for its exports.
    pub(super) fn of_exports(env: &Env, exports: &Object<'s>) -> (Scope<'s>, Value<'s>) {
        (
            Scope::new(env.raw(), ptr::null_mut()),
            Value { raw: exports.raw(), lifetime: PhantomData },
        )
    }

    // Reading values

    pub(super) fn is_nullish(&self, value: Value<'s>) -> Result<bool> {
        let found = self.type_of(value)?;
        Ok(matches!(found, sys::ValueType::napi_undefined | sys::ValueType::napi_null))
    }

    pub(super) fn is_symbol(&self, value: Value<'s>) -> Result<bool> {
        Ok(self.type_of(value)? == sys::ValueType::napi_symbol)
    }

    fn type_of(&self, value: Value<'s>) -> Result<sys::napi_valuetype> {
        let mut found = 0;
        // SAFETY: `env` and `value` belong to the running call; `found` can be written.
        let status = unsafe { sys::napi_typeof(self.env, value.raw, &mut found) };
        self.check("napi_typeof", status)?;
        Ok(found)
    }

    /// Like `Array.isArray`, but false for a proxy of an array.
    pub(super) fn is_array(&self, value: Value<'s>) -> Result<bool> {
        let mut found = false;
        // SAFETY: `env` and `value` belong to the running call; `found` can be written.
        let status = unsafe { sys::napi_is_array(self.env, value.raw, &mut found) };
        self.check("napi_is_array", status)?;
        Ok(found)
    }

    /// Whether the value is truthy.
    pub(super) fn is_truthy(&self, value: Value<'s>) -> Result<bool> {
        let coerced = self.create("napi_coerce_to_bool", |env, found| {
            // SAFETY: `env` and `value` belong to the running call; `found` can be written.
            unsafe { sys::napi_coerce_to_bool(env, value.raw, found) }
        })?;
        let mut truthy = false;
        // SAFETY: `env` and `coerced` belong to the running call; `truthy` can be written.
        let status = unsafe { sys::napi_get_value_bool(self.env, coerced.raw, &mut truthy) };
        self.check("napi_get_value_bool", status)?;
        Ok(truthy)
    }

    /// The number, `None` if the value is not a number.
    #[inline(always)]
    pub(super) fn read_number(&self, value: Value<'s>) -> Option<f64> {
        let mut number = 0.0;
        // SAFETY: `env` and `value` belong to the running call; `number` can be written.
        let status = unsafe { sys::napi_get_value_double(self.env, value.raw, &mut number) };
        (status == sys::Status::napi_ok).then_some(number)
    }

    /// As many units of a string as fit, less one for the terminator that Node-API writes; `None` if
    /// the value is not a string.
    #[inline(always)]
    pub(super) fn read_string<'b>(
        &self,
        value: Value<'s>,
        buffer: &'b mut [MaybeUninit<u16>],
    ) -> Option<&'b mut [u16]> {
        let start = buffer.as_mut_ptr().cast::<u16>();
        let mut length = 0;
        // SAFETY: `env` and `value` belong to the running call; Node-API writes at most
        // `buffer.len()` units from `start` on.
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, value.raw, start, buffer.len(), &mut length)
        };
        if status != sys::Status::napi_ok {
            return None;
        }
        // SAFETY: Node-API has written `length` units from `start` on; the result borrows `buffer`.
        Some(unsafe { slice::from_raw_parts_mut(start, length) })
    }

    /// Passes the units of a whole string to `read`; `None` if the value is not a string.
    #[inline(always)]
    pub(super) fn with_string<R>(
        &self,
        value: Value<'s>,
        read: impl FnOnce(&mut [u16]) -> Result<R>,
    ) -> Result<Option<R>> {
        self.with_string_in::<STACK_UNITS, R>(value, read)
    }

    /// [`with_string`](Scope::with_string) with a buffer of another size on the stack.
    #[inline(always)]
    pub(super) fn with_string_in<const UNITS: usize, R>(
        &self,
        value: Value<'s>,
        read: impl FnOnce(&mut [u16]) -> Result<R>,
    ) -> Result<Option<R>> {
        let mut stack = [MaybeUninit::uninit(); UNITS];
        match self.read_string(value, &mut stack) {
            None => Ok(None),
            Some(units) if units.len() < UNITS - 1 => read(units).map(Some),
            Some(_) => read(&mut self.read_long_string(value)?).map(Some),
        }
    }

    /// The units of a whole string.
    #[inline(never)]
    pub(super) fn read_long_string(&self, string: Value<'s>) -> Result<Vec<u16>> {
        let mut length = 0;
        let no_buffer = ptr::null_mut();
        // SAFETY: `env` and `string` belong to the running call; without a buffer Node-API only
        // writes the length.
        let status = unsafe {
            sys::napi_get_value_string_utf16(self.env, string.raw, no_buffer, 0, &mut length)
        };
        self.check("napi_get_value_string_utf16", status)?;
        let mut units = reserve(length + 1)?;
        let read =
            self.read_string(string, units.spare_capacity_mut()).map_or(0, |read| read.len());
        // SAFETY: Node-API has written `read` units.
        unsafe { units.set_len(read) };
        Ok(units)
    }

    /// The string that JavaScript's `ToString` gives: it may run code of the caller.
    pub(super) fn coerce_to_string(&self, value: Value<'s>) -> Result<Value<'s>> {
        self.create("napi_coerce_to_string", |env, found| {
            // SAFETY: `env` and `value` belong to the running call; `found` can be written.
            unsafe { sys::napi_coerce_to_string(env, value.raw, found) }
        })
    }

    /// A property as JavaScript reads it: it may run code of the caller.
    pub(super) fn get(&self, object: Value<'s>, name: &CStr) -> Result<Value<'s>> {
        self.create("napi_get_named_property", |env, found| {
            // SAFETY: `env` and `object` belong to the running call; `name` ends with a NUL.
            unsafe { sys::napi_get_named_property(env, object.raw, name.as_ptr(), found) }
        })
    }

    pub(super) fn has_own(&self, object: Value<'s>, name: &str) -> Result<bool> {
        let name = self.text(name)?;
        let mut found = false;
        // SAFETY: all values belong to the running call; `found` can be written.
        let status =
            unsafe { sys::napi_has_own_property(self.env, object.raw, name.raw, &mut found) };
        self.check("napi_has_own_property", status)?;
        Ok(found)
    }

    pub(super) fn element(&self, array: Value<'s>, index: u32) -> Result<Value<'s>> {
        self.create("napi_get_element", |env, found| {
            // SAFETY: `env` and `array` belong to the running call; `found` can be written.
            unsafe { sys::napi_get_element(env, array.raw, index, found) }
        })
    }

    pub(super) fn array_length(&self, array: Value<'s>) -> Result<u32> {
        let mut length = 0;
        // SAFETY: `env` and `array` belong to the running call; `length` can be written.
        let status = unsafe { sys::napi_get_array_length(self.env, array.raw, &mut length) };
        self.check("napi_get_array_length", status)?;
        Ok(length)
    }

    // Making values

    /// A string of UTF-16, which may have lone surrogates.
    pub(super) fn string(&self, units: &[u16]) -> Result<Value<'s>> {
        let bits = units.iter().fold(0, |all, &unit| all | unit);
        let created = if u8::try_from(bits).is_err() {
            self.create("napi_create_string_utf16", |env, found| {
                let length = units.len() as isize;
                // SAFETY: `env` belongs to the running call; `units` has that length.
                unsafe { sys::napi_create_string_utf16(env, units.as_ptr(), length, found) }
            })
        } else {
            self.latin1_string(units)?
        };
        // The only reason why V8 rejects a string.
        created.map_err(|_| Failure::TooLong)
    }

    /// A string that V8 stores with one byte per unit, which it does only for Latin-1 input.
    fn latin1_string(&self, units: &[u16]) -> Result<Result<Value<'s>>> {
        let mut stack = [MaybeUninit::<u8>::uninit(); STACK_UNITS];
        let mut heap;
        let bytes = match stack.get_mut(..units.len()) {
            Some(bytes) => bytes,
            None => {
                heap = reserve(units.len())?;
                &mut heap.spare_capacity_mut()[..units.len()]
            }
        };
        for (byte, &unit) in bytes.iter_mut().zip(units) {
            byte.write(unit as u8);
        }
        Ok(self.create("napi_create_string_latin1", |env, found| {
            let length = bytes.len() as isize;
            // SAFETY: `env` belongs to the running call; `bytes` has that length and is written.
            unsafe { sys::napi_create_string_latin1(env, bytes.as_ptr().cast(), length, found) }
        }))
    }

    pub(super) fn text(&self, text: &str) -> Result<Value<'s>> {
        self.create("napi_create_string_utf8", |env, found| {
            let length = text.len() as isize;
            // SAFETY: `env` belongs to the running call; `text` has that length.
            unsafe { sys::napi_create_string_utf8(env, text.as_ptr().cast(), length, found) }
        })
    }

    pub(super) fn number(&self, number: f64) -> Result<Value<'s>> {
        self.create("napi_create_double", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_create_double(env, number, found) }
        })
    }

    /// Cheaper than [`number`](Scope::number).
    #[inline(always)]
    pub(super) fn integer(&self, integer: impl Into<u32>) -> Result<Value<'s>> {
        self.create("napi_create_uint32", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_create_uint32(env, integer.into(), found) }
        })
    }

    pub(super) fn boolean(&self, boolean: bool) -> Result<Value<'s>> {
        self.create("napi_get_boolean", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_get_boolean(env, boolean, found) }
        })
    }

    pub(super) fn undefined(&self) -> Result<Value<'s>> {
        self.create("napi_get_undefined", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_get_undefined(env, found) }
        })
    }

    pub(super) fn null(&self) -> Result<Value<'s>> {
        self.create("napi_get_null", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_get_null(env, found) }
        })
    }

    pub(super) fn global(&self) -> Result<Value<'s>> {
        self.create("napi_get_global", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_get_global(env, found) }
        })
    }

    pub(super) fn array<T>(
        &self,
        items: impl IntoIterator<Item = T>,
        element: impl Fn(T) -> Result<Value<'s>>,
    ) -> Result<Value<'s>> {
        let array = self.create("napi_create_array", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_create_array(env, found) }
        })?;
        for (index, item) in items.into_iter().enumerate() {
            self.define(array, &index.to_string(), element(item)?)?;
        }
        Ok(array)
    }

    /// An object with these data properties, in this order.
    pub(super) fn object(&self, properties: &[(&str, Value<'s>)]) -> Result<Value<'s>> {
        let object = self.create("napi_create_object", |env, found| {
            // SAFETY: `env` belongs to the running call; `found` can be written.
            unsafe { sys::napi_create_object(env, found) }
        })?;
        for &(name, value) in properties {
            self.define(object, name, value)?;
        }
        Ok(object)
    }

    /// Defines a property as an assignment would, but calls no setter of `Object.prototype`.
    pub(super) fn define(&self, object: Value<'s>, name: &str, value: Value<'s>) -> Result<()> {
        use sys::PropertyAttributes::{configurable, enumerable, writable};
        self.define_as(object, name, value, writable | enumerable | configurable)
    }

    /// Adds a function of the addon to an object.
    pub(super) fn define_function<const N: usize, F: Native<N>>(
        &self,
        object: Value<'s>,
        name: &str,
        data: &'static F::Data,
    ) -> Result<()> {
        self.define(object, name, self.function::<N, F>(name, data)?)
    }

    fn define_as(
        &self,
        object: Value<'s>,
        name: &str,
        value: Value<'s>,
        attributes: sys::napi_property_attributes,
    ) -> Result<()> {
        let descriptor = sys::napi_property_descriptor {
            utf8name: ptr::null(),
            name: self.text(name)?.raw,
            method: None,
            getter: None,
            setter: None,
            value: value.raw,
            attributes,
            data: ptr::null_mut(),
        };
        // SAFETY: `env`, `object`, the name and the value belong to the running call.
        let status = unsafe { sys::napi_define_properties(self.env, object.raw, 1, &descriptor) };
        self.check("napi_define_properties", status)
    }

    /// A function of the addon, with the `name` and `length` that a method has; `data` is passed to
    /// each of its calls.
    pub(super) fn function<const N: usize, F: Native<N>>(
        &self,
        name: &str,
        data: &'static F::Data,
    ) -> Result<Value<'s>> {
        let (start, length) = (name.as_ptr().cast(), name.len() as isize);
        let data = ptr::from_ref(data).cast::<c_void>().cast_mut();
        let callback = Some(trampoline::<N, F> as _);
        let function = self.create("napi_create_function", |env, found| {
            // SAFETY: `env` belongs to the running call; `name` has that length; `data` is what the
            // trampoline of `F` expects.
            unsafe { sys::napi_create_function(env, start, length, callback, data, found) }
        })?;
        self.set_method_property(function, "length", self.integer(N as u32)?)?;
        Ok(function)
    }

    /// Replaces the `name` or `length` of a function.
    pub(super) fn set_method_property(
        &self,
        function: Value<'s>,
        key: &str,
        value: Value<'s>,
    ) -> Result<()> {
        self.define_as(function, key, value, sys::PropertyAttributes::configurable)
    }

    /// Calls a JavaScript function.
    #[inline(always)]
    pub(super) fn call(
        &self,
        function: Value<'s>,
        this: Value<'s>,
        arguments: &[Value<'s>],
    ) -> Result<Value<'s>> {
        self.create("napi_call_function", |env, found| {
            let (count, first) = (arguments.len(), arguments.as_ptr().cast());
            // SAFETY: `env` and all values belong to the running call; `Value` is transparent, so
            // `arguments` is an array of `napi_value`.
            unsafe { sys::napi_call_function(env, this.raw, function.raw, count, first, found) }
        })
    }

    // Failing

    #[inline(always)]
    fn create(
        &self,
        function: &'static str,
        create: impl FnOnce(sys::napi_env, *mut sys::napi_value) -> sys::napi_status,
    ) -> Result<Value<'s>> {
        let mut raw = ptr::null_mut();
        self.check(function, create(self.env, &mut raw))?;
        Ok(Value { raw, lifetime: PhantomData })
    }

    #[inline(always)]
    fn check(&self, function: &'static str, status: sys::napi_status) -> Result<()> {
        match status {
            sys::Status::napi_ok => Ok(()),
            sys::Status::napi_pending_exception => Err(Failure::Pending),
            status => {
                self.refusal.set((function, status));
                Err(Failure::Refused)
            }
        }
    }

    /// The function of Node-API that failed last, and its status.
    pub(super) fn refusal(&self) -> String {
        let (function, status) = self.refusal.get();
        format!("{function} failed with status {status} of Node-API")
    }

    #[cold]
    #[inline(never)]
    fn throw(&self, failure: Failure) {
        match failure {
            Failure::Pending => {}
            Failure::Refused if !self.is_construction() => self.throw_error(&self.refusal()),
            Failure::Refused | Failure::Constructed => {
                self.throw_type_error("A helper of DSN is not a constructor");
            }
            Failure::NeedsClass => self.throw_type_error(
                "Only the class DSN converts this value as haraka-dsn does: use index.js",
            ),
            Failure::TooLong => self.throw_range_error("Invalid string length"),
            Failure::OutOfMemory => self.throw_range_error("Out of memory"),
        }
    }

    /// haraka-dsn's statics are methods, which `new` refuses.
    pub(super) fn refuse_construction(&self) -> Result<()> {
        if self.is_construction() { Err(Failure::Constructed) } else { Ok(()) }
    }

    /// Whether JavaScript called with `new`.
    fn is_construction(&self) -> bool {
        let target = self.create("napi_get_new_target", |env, found| {
            // SAFETY: `env` and `info` belong to the running call; `found` can be written.
            unsafe { sys::napi_get_new_target(env, self.info, found) }
        });
        // Without `new` Node.js gives NULL, Deno `undefined`.
        let is_function =
            |target| matches!(self.type_of(target), Ok(sys::ValueType::napi_function));
        target.is_ok_and(|target| !target.raw.is_null() && is_function(target))
    }

    fn throw_error(&self, message: &str) {
        let message = CString::new(message).unwrap_or_default();
        // SAFETY: `env` belongs to the running call; `message` ends with a NUL.
        let _ = unsafe { sys::napi_throw_error(self.env, ptr::null(), message.as_ptr()) };
    }

    fn throw_type_error(&self, message: &str) {
        let message = CString::new(message).unwrap_or_default();
        // SAFETY: `env` belongs to the running call; `message` ends with a NUL.
        let _ = unsafe { sys::napi_throw_type_error(self.env, ptr::null(), message.as_ptr()) };
    }

    fn throw_range_error(&self, message: &str) {
        let message = CString::new(message).unwrap_or_default();
        // SAFETY: `env` belongs to the running call; `message` ends with a NUL.
        let _ = unsafe { sys::napi_throw_range_error(self.env, ptr::null(), message.as_ptr()) };
    }
}

/// The callback that Node-API calls for `F`.
///
/// # Safety
///
/// Only for Node-API to call, as the callback of a function made by [`Scope::function`].
unsafe extern "C" fn trampoline<const N: usize, F: Native<N>>(
    env: sys::napi_env,
    info: sys::napi_callback_info,
) -> sys::napi_value {
    let scope = Scope::new(env, info);
    let call = || {
        let mut count = N;
        let mut this = Value { raw: ptr::null_mut(), lifetime: PhantomData };
        let mut values = [this; N];
        let mut data = ptr::null_mut();
        // SAFETY: `env` and `info` belong to the running call; Node-API writes `N` values.
        let status = unsafe {
            let first = values.as_mut_ptr().cast();
            sys::napi_get_cb_info(env, info, &mut count, first, &mut this.raw, &mut data)
        };
        scope.check("napi_get_cb_info", status)?;
        // SAFETY: `Scope::function` passed a `'static` reference to this type.
        let data = unsafe { &*data.cast::<F::Data>() };
        F::call(&scope, data, Arguments { this, count, values })
    };
    // A panic that unwinds into Node.js would abort the process.
    match catch_unwind(AssertUnwindSafe(call)) {
        Ok(Ok(value)) => return value.raw,
        Ok(Err(failure)) => scope.throw(failure),
        Err(_) => scope.throw_error("haraka-dsn-rs panicked: please report it"),
    }
    ptr::null_mut()
}

/// An empty buffer; JavaScript strings can take a gigabyte, so lack of memory must not abort.
pub(super) fn reserve<T>(capacity: usize) -> Result<Vec<T>> {
    let mut buffer = Vec::new();
    buffer.try_reserve_exact(capacity).map_err(|_| Failure::OutOfMemory)?;
    Ok(buffer)
}
