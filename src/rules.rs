//! How haraka-dsn reads codes, and the registry by name or number.

use std::collections::TryReserveError;

use smtp_status::{BasicCode, EnhancedCode, Reply, Status, find_control};

/// The code where neither the caller nor the helper has one: a transient failure, so that a mistake
/// loses no mail.
pub(crate) const FALLBACK_CODE: BasicCode = BasicCode::MAILBOX_BUSY;

/// The longest text to which the class joins the lines of a reply, so that one call strips them all.
pub(crate) const MAX_JOINED: usize = 2046;

/// The basic code that a text begins with, if it is one of haraka-dsn's classes.
///
/// haraka-dsn does not look at the end: `5501` and `450 x` pass as codes, and plugins may rely on
/// it.
pub(crate) fn basic_code(text: &[u16]) -> Option<BasicCode> {
    let digits: Vec<_> = text.iter().take(3).map_while(|&unit| u8::try_from(unit).ok()).collect();
    BasicCode::from_bytes(&digits).ok().filter(|code| code.class().is_some())
}

/// The first character of a code as a number: haraka-dsn takes any default code. NaN if it is not a
/// digit.
pub(crate) fn class_of(text: &[u16]) -> f64 {
    let character = text.first().and_then(|&unit| char::from_u32(unit.into()));
    character.and_then(|c| c.to_digit(10)).map_or(f64::NAN, f64::from)
}

/// An enhanced status code of three texts, which haraka-dsn takes as they are, without control
/// characters; followed by `end`.
pub(crate) fn dotted(texts: [&[u16]; 3], end: &str) -> Result<Vec<u16>, TryReserveError> {
    let length: usize = texts.iter().map(|text| text.len()).sum();
    let mut code = Vec::new();
    code.try_reserve_exact(length + "..".len() + end.len())?;
    for (index, text) in texts.into_iter().enumerate() {
        if index > 0 {
            code.push('.' as u16);
        }
        push_stripped(&mut code, text);
    }
    code.extend(end.encode_utf16());
    Ok(code)
}

/// Appends a text without control characters.
pub(crate) fn push_stripped(kept: &mut Vec<u16>, mut text: &[u16]) {
    while let Some(at) = find_control(text) {
        kept.extend_from_slice(&text[..at]);
        text = &text[at + 1..];
    }
    kept.extend_from_slice(text);
}

/// The reply of `create` without a message; `None` if a number is above 999 or the code is 3yz.
pub(crate) fn reply_of_status(code: BasicCode, subject: u16, detail: u16) -> Option<Reply> {
    let status = EnhancedCode::new(code.class()?, subject, detail)?;
    Some(Reply::enhanced(status).with_code(code))
}

/// The index of the status that a text names.
pub(crate) fn lookup_name(name: &str) -> Option<usize> {
    Status::lookup(name).map(Status::index)
}

/// The index of the status with these numbers.
pub(crate) fn lookup_numbers(subject: f64, detail: f64) -> Option<usize> {
    Some(Status::get(integer(subject)?, integer(detail)?)?.index())
}

/// The number, if it is an integer from 0 to 65,535.
pub(crate) fn integer(number: f64) -> Option<u16> {
    // The cast saturates and truncates: a number that it changes is not such an integer.
    let integer = number as u16;
    (f64::from(integer) == number).then_some(integer)
}
