//! The WebAssembly layer: the core as functions that take and return numbers.
//!
//! JavaScript writes texts into one buffer as UTF-16 and passes their lengths; it reads texts from
//! this buffer, and JSON from [`output`]. `lib/wasm.js` is the JavaScript side; `docs/design.md`
//! describes the backend that the two implement.

// `no_mangle` is unsafe because it can replace a function of the same name elsewhere; a module
// without imports links nothing else.
#![allow(unsafe_code)]

mod json;

use std::cell::RefCell;
use std::fmt;

use crate::codes::{BasicCode, Class, EnhancedCode, leading_digit};
use crate::javascript::{self, integer, key_of, push_number, row_index_of};
use crate::parse::{Parsed, parse};
use crate::reply::Reply;
use crate::report::Report;
use crate::table::{Helper, STATUSES, Status};
use crate::text::{is_clean, strip_in_place};

thread_local! {
    /// Input from JavaScript, or output for it.
    static UNITS: RefCell<Vec<u16>> = const { RefCell::new(Vec::new()) };
    static OUTPUT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// A buffer for this many units; 0 if there is no memory for it.
#[unsafe(no_mangle)]
extern "C" fn input(length: usize) -> *mut u16 {
    UNITS.with_borrow_mut(|units| {
        let missing = length.saturating_sub(units.len());
        if units.try_reserve(missing).is_err() {
            return std::ptr::null_mut();
        }
        units.resize(units.len() + missing, 0);
        units.as_mut_ptr()
    })
}

fn with_text<R>(length: usize, read: impl FnOnce(&mut [u16]) -> R) -> R {
    UNITS.with_borrow_mut(|units| read(&mut units[..length]))
}

/// The address of the JSON of the last call.
#[unsafe(no_mangle)]
extern "C" fn output() -> *const u8 {
    OUTPUT.with_borrow(|json| json.as_ptr())
}

/// Stores JSON for JavaScript to read, and returns its length.
fn write_json(write: impl FnOnce(&mut String) -> fmt::Result) -> usize {
    OUTPUT.with_borrow_mut(|json| {
        json.clear();
        write(json).expect("a String takes everything");
        json.len()
    })
}

// Constants and the table

/// Version, rules that are constants, and the names of the helpers, each followed by its old name,
/// with the index for [`helper_row`].
#[unsafe(no_mangle)]
extern "C" fn about() -> usize {
    let named = helpers().enumerate().flat_map(|(index, helper)| {
        let names = [Some(helper.name()), helper.old_name()];
        names.into_iter().flatten().map(move |name| (name, index))
    });
    let named: Vec<_> = named.collect();
    write_json(|json| json::about(json, &named))
}

fn helpers() -> impl Iterator<Item = &'static Helper> {
    STATUSES.iter().flat_map(Status::helpers)
}

/// The records of all registered statuses.
#[unsafe(no_mangle)]
extern "C" fn statuses() -> usize {
    write_json(json::statuses)
}

/// The record of the status with this index.
#[unsafe(no_mangle)]
extern "C" fn status(index: usize) -> usize {
    write_json(|json| {
        let status = STATUSES.get(index).ok_or(fmt::Error)?;
        fmt::write(json, format_args!("{}", json::Record(status)))
    })
}

/// The index of the status that a text names, -1 if it is not registered.
#[unsafe(no_mangle)]
extern "C" fn lookup(length: usize) -> i32 {
    index_of(with_text(length, |text| Status::lookup_units(text)))
}

/// The index of the status with these numbers, -1 if it is not registered.
#[unsafe(no_mangle)]
extern "C" fn get(subject: f64, detail: f64) -> i32 {
    let (subject, detail) = (integer(subject), integer(detail));
    index_of(subject.zip(detail).and_then(|(subject, detail)| Status::get(subject, detail)))
}

fn index_of(status: Option<&Status>) -> i32 {
    status.map_or(-1, |status| status.index() as i32)
}

// Rules

/// The length of a text without its control characters, which are removed in place.
#[unsafe(no_mangle)]
extern "C" fn strip(length: usize) -> usize {
    with_text(length, |text| if is_clean(text) { length } else { strip_in_place(text) })
}

/// The basic code with a class at the start of a text, 0 if there is none.
#[unsafe(no_mangle)]
extern "C" fn basic_code(length: usize) -> u32 {
    let code = with_text(length, |text| BasicCode::with_class_at_start_of(text));
    code.map_or(0, |(code, _)| code.get().into())
}

/// The class of a number that is a basic code, 0 if it is not one or has none.
#[unsafe(no_mangle)]
extern "C" fn class_of_number(number: f64) -> u32 {
    javascript::class_of_number(number).map_or(0, |class| class.digit().into())
}

/// The first character as a number, NaN if it is not a digit.
#[unsafe(no_mangle)]
extern "C" fn class_of(length: usize) -> f64 {
    with_text(length, |text| leading_digit(text)).map_or(f64::NAN, f64::from)
}

/// Makes an enhanced status code from three consecutive texts in the buffer, without control
/// characters, and returns its length; `is_prefix` adds the space before a text.
#[unsafe(no_mangle)]
extern "C" fn dotted(class: usize, subject: usize, detail: usize, is_prefix: bool) -> usize {
    let lengths = [class, subject, detail];
    let code = with_text(lengths.iter().sum(), |mut texts| {
        let mut code = Vec::new();
        for length in lengths {
            let (text, rest) = texts.split_at_mut(length);
            push_number(&mut code, text).ok()?;
            texts = rest;
        }
        code.pop();
        code.extend(is_prefix.then_some(' ' as u16));
        Some(code)
    });
    let code = code.expect("memory for three short texts");
    let length = code.len();
    UNITS.set(code);
    length
}

fn enhanced_code(class: u32, subject: f64, detail: f64) -> Option<EnhancedCode> {
    EnhancedCode::new(Class::new(class as u16)?, integer(subject)?, integer(detail)?)
}

/// The index that each registered status has in each class; -1 if it is not registered, -2 if there
/// is no such enhanced status code.
#[unsafe(no_mangle)]
extern "C" fn row_index(class: u32, subject: f64, detail: f64) -> i32 {
    enhanced_code(class, subject, detail)
        .map_or(-2, |code| row_index_of(code).map_or(-1, |index| index as i32))
}

/// The key that each enhanced status code has, 0 if there is no such code.
#[unsafe(no_mangle)]
extern "C" fn key(class: u32, subject: f64, detail: f64) -> u32 {
    enhanced_code(class, subject, detail).map_or(0, key_of)
}

// Replies

/// The reply of a helper without a message; `code` is 0 for the helper's own.
#[unsafe(no_mangle)]
extern "C" fn helper_row(index: usize, code: u32) -> usize {
    write_json(|json| {
        let helper = helpers().nth(index).ok_or(fmt::Error)?;
        let reply = helper.reply().with_code(basic_code_of(code).unwrap_or(helper.code()));
        json::row(json, &reply, helper.own_message())
    })
}

/// The reply of `create` without a message; `code` has a class, subject and detail are legal.
#[unsafe(no_mangle)]
extern "C" fn status_row(code: u32, subject: f64, detail: f64) -> usize {
    write_json(|json| {
        let basic = basic_code_of(code).ok_or(fmt::Error)?;
        let class = basic.class().ok_or(fmt::Error)?;
        let status = enhanced_code(class.digit().into(), subject, detail).ok_or(fmt::Error)?;
        json::row(json, &Reply::of_enhanced(status).with_code(basic), None)
    })
}

fn basic_code_of(code: u32) -> Option<BasicCode> {
    BasicCode::new(u16::try_from(code).ok()?)
}

/// Parses the reply of a server; 0 if the text is not a reply with a class.
#[unsafe(no_mangle)]
extern "C" fn received(length: usize) -> usize {
    with_text(length, |text| {
        let start = text.as_ptr().addr();
        let Some(Parsed { code, status, lines }) = parse(text) else { return 0 };
        let Some(class) = code.class() else { return 0 };
        let position = |line: &[u16]| (line.as_ptr().addr() - start) / size_of::<u16>();
        let lines: Vec<_> = lines.iter().map(|line| (position(line), line.len())).collect();
        let applied = status.unwrap_or(EnhancedCode::SUCCESS.with_class(class));
        write_json(|json| json::received(json, code, applied, status.is_some(), &lines))
    })
}

/// Parses a delivery report; 0 if there is none in the text.
#[unsafe(no_mangle)]
extern "C" fn report(length: usize) -> usize {
    // As JavaScript does, lone surrogates become U+FFFD.
    let text = with_text(length, |text| String::from_utf16_lossy(text));
    Report::parse(text).map_or(0, |report| write_json(|json| json::report(json, &report)))
}
