//! The WebAssembly module: the functions of this crate as functions of numbers.
//!
//! JavaScript writes texts into one of two buffers, UTF-16 or bytes, and passes their lengths; it
//! reads what a function returns from the output. `lib/wasm.js` is the JavaScript side.

// `no_mangle` is unsafe because it can replace a function of the same name elsewhere; a module
// without imports links nothing else.
#![allow(unsafe_code)]

use std::cell::{Cell, RefCell};

use smtp_status::{BasicCode, find_control};

use crate::dsn::Dsn;
use crate::{json, names, rules};

thread_local! {
    static UNITS: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    static BYTES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static SEARCH: Cell<Search> = const { Cell::new(Search { length: 0, searched: 0, units: 0 }) };
    /// What the last call wrote: UTF-8, the bytes of a message, or UTF-16 in the byte order of the machine.
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The address of a buffer of this many items; 0 if there is no memory for it.
fn reserve<T: Clone + Default>(buffer: &RefCell<Vec<T>>, length: usize) -> *mut T {
    let mut items = buffer.borrow_mut();
    let length = length.max(items.len());
    let missing = length - items.len();
    if items.try_reserve_exact(missing).is_err() {
        return std::ptr::null_mut();
    }
    items.resize(length, T::default());
    items.as_mut_ptr()
}

/// A buffer for a text in UTF-16. It moves only if it grows.
#[unsafe(no_mangle)]
extern "C" fn reserve_units(length: usize) -> *mut u16 {
    UNITS.with(|buffer| reserve(buffer, length))
}

/// A buffer for a text in UTF-8, or for bytes.
#[unsafe(no_mangle)]
extern "C" fn reserve_bytes(length: usize) -> *mut u8 {
    BYTES.with(|buffer| reserve(buffer, length))
}

/// The address of what the last call wrote.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|output| output.as_ptr())
}

/// Keeps the output of a call and returns its length.
fn write(output: impl Into<Vec<u8>>) -> usize {
    OUTPUT.set(output.into());
    OUTPUT.with_borrow(Vec::len)
}

// The registry and its constants

#[unsafe(no_mangle)]
extern "C" fn version() -> usize {
    write(env!("CARGO_PKG_VERSION"))
}

#[unsafe(no_mangle)]
extern "C" fn constants() -> usize {
    write(json::constants())
}

#[unsafe(no_mangle)]
extern "C" fn statuses() -> usize {
    write(json::statuses())
}

/// The index of the status that a text in UTF-8 names, -1 if it is not registered.
#[unsafe(no_mangle)]
extern "C" fn lookup_name(length: usize) -> i32 {
    let index = |bytes: &[u8]| rules::lookup_name(std::str::from_utf8(bytes).ok()?);
    BYTES.with_borrow(|bytes| index(&bytes[..length])).map_or(-1, |index| index as i32)
}

/// The index of the status with these numbers, -1 if it is not registered.
#[unsafe(no_mangle)]
extern "C" fn lookup_numbers(subject: f64, detail: f64) -> i32 {
    rules::lookup_numbers(subject, detail).map_or(-1, |index| index as i32)
}

// The rules

/// Where a search for control characters in a text in UTF-8 has arrived.
#[derive(Clone, Copy)]
struct Search {
    /// The length of the text, and of what was searched, in bytes.
    length: usize,
    searched: usize,
    /// What was searched, in UTF-16 units, as JavaScript counts.
    units: i32,
}

/// The position of the first control character in a text in UTF-8, in UTF-16 units; -1 if there is
/// none.
#[unsafe(no_mangle)]
extern "C" fn first_control(length: usize) -> i32 {
    SEARCH.set(Search { length, searched: 0, units: 0 });
    next_control()
}

/// The position of the next control character in the same text; -1 if there is no other.
#[unsafe(no_mangle)]
extern "C" fn next_control() -> i32 {
    let Search { length, searched, units } = SEARCH.get();
    BYTES.with_borrow(|bytes| {
        let rest = &bytes[searched..length];
        let Some(found) = find_control(rest) else { return -1 };
        let position = units + utf16_length(&rest[..found]);
        SEARCH.set(Search { length, searched: searched + found + 1, units: position + 1 });
        position
    })
}

/// The number of UTF-16 units: two for a character of four bytes, else one.
fn utf16_length(text: &[u8]) -> i32 {
    let units = |&byte: &u8| match byte {
        0x80..=0xbf => 0, // the rest of a character
        0xf0.. => 2,
        _ => 1,
    };
    text.iter().map(units).sum()
}

fn with_units<R>(length: usize, read: impl FnOnce(&[u16]) -> R) -> R {
    UNITS.with_borrow(|units| read(&units[..length]))
}

/// The basic code that a text in UTF-16 begins with, 0 if it is not one.
#[unsafe(no_mangle)]
extern "C" fn basic_code(length: usize) -> u32 {
    with_units(length, rules::basic_code).map_or(0, |code| code.get().into())
}

#[unsafe(no_mangle)]
extern "C" fn class_of(length: usize) -> f64 {
    with_units(length, rules::class_of)
}

/// Writes an enhanced status code of three consecutive texts, with the space before a text if
/// `is_prefix`, and returns its length in bytes; 0 if there is no memory for it.
#[unsafe(no_mangle)]
extern "C" fn dotted(class: usize, subject: usize, detail: usize, is_prefix: bool) -> usize {
    let end = if is_prefix { " " } else { "" };
    let texts = [0, class, class + subject, class + subject + detail];
    let code = UNITS.with_borrow(|units| {
        let text = |index: usize| &units[texts[index]..texts[index + 1]];
        rules::dotted([text(0), text(1), text(2)], end)
    });
    let Ok(code) = code else { return 0 };
    let mut bytes = Vec::new();
    if bytes.try_reserve_exact(code.len() * 2).is_err() {
        return 0;
    }
    bytes.extend(code.into_iter().flat_map(u16::to_ne_bytes));
    write(bytes)
}

// Replies without a message, as JSON

/// The reply of the helper with this index; `code` is 0 for the helper's own.
#[unsafe(no_mangle)]
extern "C" fn helper(index: usize, code: u32) -> usize {
    let Some((_, helper)) = names::helpers().nth(index) else { return 0 };
    let reply = helper.reply().with_code(basic_code_of(code).unwrap_or(helper.code()));
    write_dsn(Dsn::of(&reply, helper.own_message()))
}

/// The reply of `create`; 0 if subject or detail is not legal.
#[unsafe(no_mangle)]
extern "C" fn create(code: u32, subject: f64, detail: f64) -> usize {
    let code = basic_code_of(code).unwrap_or(rules::FALLBACK_CODE);
    let numbers = rules::integer(subject).zip(rules::integer(detail));
    let reply = numbers.and_then(|(sub, det)| rules::reply_of_status(code, sub, det));
    write_dsn(reply.as_ref().and_then(|reply| Dsn::of(reply, None)))
}

fn basic_code_of(code: u32) -> Option<BasicCode> {
    BasicCode::new(u16::try_from(code).ok()?)
}

fn write_dsn(dsn: Option<Dsn>) -> usize {
    dsn.map_or(0, |dsn| write(json::text(&dsn)))
}

// Parsers, of texts in UTF-8 or of bytes

/// Writes the reply as JSON; 0 if the text is not one.
#[unsafe(no_mangle)]
extern "C" fn parse(length: usize) -> usize {
    BYTES.with_borrow(|bytes| json::parse(&bytes[..length])).map_or(0, write)
}

/// Writes the report as JSON; 0 if there is none in the text.
#[unsafe(no_mangle)]
extern "C" fn parse_report(length: usize) -> usize {
    BYTES.with_borrow(|bytes| json::parse_report(&bytes[..length])).map_or(0, write)
}

/// Writes the message for the JSON in the first bytes, and for the returned message in the others.
/// Less than 0 if that failed: what is wrong has that many bytes.
#[unsafe(no_mangle)]
extern "C" fn write_report(json: usize, length: usize) -> isize {
    let message = BYTES.with_borrow(|bytes| {
        let (json, returned) = bytes[..length].split_at(json);
        crate::write_report::write_report(json, returned)
    });
    match message {
        Ok(message) => write(message) as isize,
        Err(problem) => -(write(problem.to_string()) as isize),
    }
}
