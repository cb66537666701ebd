//! What is kept of a report, whoever sent it.

use alloc::vec::Vec;

use super::Report;

/// Counts the fields and their text that may still be kept.
pub(super) struct Limits {
    fields: usize,
    text: usize,
    /// Whether something was left out.
    pub(super) is_exceeded: bool,
}

impl Limits {
    /// Of all fields about the message and its recipients.
    pub(super) fn of_report() -> Limits {
        // A recipient has fewer than ten fields.
        Limits { fields: 10 * Report::MAX_ENTRIES, text: Report::MAX_TEXT, is_exceeded: false }
    }

    /// Of the header of the returned message.
    pub(super) fn of_header() -> Limits {
        Limits { fields: Report::MAX_ENTRIES, text: Report::MAX_HEADER, is_exceeded: false }
    }

    /// A new field; `None` if no more are kept.
    pub(super) fn field<'t>(&mut self, name: &'t [u8], value: &[u8]) -> Option<Field<'t>> {
        let fields = self.fields.checked_sub(1);
        let text = self.text.checked_sub(name.len());
        let (Some(fields), Some(text)) = (fields, text) else {
            self.close();
            return None;
        };
        (self.fields, self.text) = (fields, text);
        let mut field = Field { name, value: Vec::new() };
        self.extend(&mut field, value);
        Some(field)
    }

    /// Keeps no more.
    pub(super) fn close(&mut self) {
        (self.fields, self.is_exceeded) = (0, true);
    }

    /// Adds to the value of a field.
    pub(super) fn extend(&mut self, field: &mut Field<'_>, text: &[u8]) {
        let room = Report::MAX_VALUE.saturating_sub(field.value.len()).min(self.text);
        self.is_exceeded |= text.len() > room;
        let text = &text[..text.len().min(room)];
        self.text -= text.len();
        field.value.extend_from_slice(text);
    }
}

/// A field as it arrived.
pub(super) struct Field<'t> {
    pub(super) name: &'t [u8],
    pub(super) value: Vec<u8>,
}
