//! How the core interprets JavaScript values, for the N-API and the WebAssembly layer.

use std::collections::TryReserveError;

use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::text::strip_in_place;

/// A number that is an integer of this range.
pub(crate) fn integer(number: f64) -> Option<u16> {
    // The cast saturates and truncates: a number that it changes is not such an integer.
    let integer = number as u16;
    (f64::from(integer) == number).then_some(integer)
}

/// The class of a number that is a basic code.
pub(crate) fn class_of_number(number: f64) -> Option<Class> {
    BasicCode::new(integer(number)?)?.class()
}

/// The index of a registered status in one class, among all statuses in all classes.
pub(crate) fn row_index_of(status: EnhancedCode) -> Option<u32> {
    let row = status.status()?.index() * Class::ALL.len() + status.class().index();
    Some(row as u32)
}

/// A number for each enhanced status code: 5001099 for 5.1.99.
pub(crate) fn key_of(status: EnhancedCode) -> u32 {
    let [class, subject, detail] =
        [status.class().digit(), status.subject(), status.detail()].map(u32::from);
    (class * 1000 + subject) * 1000 + detail
}

/// Appends a part of an enhanced status code, which may be any text, without control characters,
/// and a period.
pub(crate) fn push_number(code: &mut Vec<u16>, text: &mut [u16]) -> Result<(), TryReserveError> {
    let kept = strip_in_place(text);
    code.try_reserve(kept + 1)?;
    code.extend_from_slice(&text[..kept]);
    code.push('.' as u16);
    Ok(())
}

/// The values of each name, in the order of the names.
pub(crate) fn by_name(fields: &[(String, String)]) -> Vec<(&str, Vec<&str>)> {
    let mut fields: Vec<_> = fields.iter().collect();
    // Stable: the values of a name keep their order.
    fields.sort_by_key(|(name, _)| name);
    let groups = fields.chunk_by(|(a, _), (b, _)| a == b);
    groups
        .map(|fields| {
            let values = fields.iter().map(|(_, value)| value.as_str());
            (fields[0].0.as_str(), values.collect())
        })
        .collect()
}
