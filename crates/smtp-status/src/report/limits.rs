//! The fields that are kept of a text, whoever sent it.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::Report;
use crate::mime::fields::{Line, Lines};

/// A field as it arrived, unfolded.
pub(super) struct Field<'t> {
    pub(super) name: &'t [u8],
    pub(super) value: Cow<'t, [u8]>,
    /// Whether a blank line parts it from the field before it.
    pub(super) is_parted: bool,
}

/// How much may still be kept.
pub(super) struct Limits {
    fields: usize,
    text: usize,
    /// Whether something was left out.
    pub(super) is_exceeded: bool,
}

impl Limits {
    pub(super) fn new(fields: usize, text: usize) -> Limits {
        Limits { fields, text, is_exceeded: false }
    }

    /// The fields of a text. A line that is none continues the field before it; behind a blank line
    /// only if it is indented.
    pub(super) fn fields<'t>(&mut self, text: &'t [u8]) -> Vec<Field<'t>> {
        let mut fields: Vec<Field<'_>> = Vec::new();
        let mut is_parted = false;
        for line in Lines::new(text) {
            match Line::of(line) {
                Line::Field { name, value } => {
                    let counts = self.fields.checked_sub(1).zip(self.text.checked_sub(name.len()));
                    let Some(counts) = counts else {
                        self.close();
                        break;
                    };
                    (self.fields, self.text) = counts;
                    let mut field = Field { name, value: Cow::default(), is_parted };
                    self.extend(&mut field.value, value);
                    fields.push(field);
                    is_parted = false;
                }
                Line::Blank => is_parted = true,
                Line::Other if is_parted => {}
                Line::Continued(_) | Line::Other => {
                    if let Some(Field { value, .. }) = fields.last_mut() {
                        self.extend(value, b" ");
                        self.extend(value, line.trim_ascii());
                    }
                }
            }
        }
        fields
    }

    fn extend<'t>(&mut self, value: &mut Cow<'t, [u8]>, text: &'t [u8]) {
        let room = Report::MAX_VALUE.saturating_sub(value.len()).min(self.text);
        self.is_exceeded |= text.len() > room;
        let text = &text[..text.len().min(room)];
        self.text -= text.len();
        if value.is_empty() {
            *value = Cow::Borrowed(text); // Nearly every field has one line.
        } else {
            value.to_mut().extend_from_slice(text);
        }
    }

    /// Keeps no more.
    pub(super) fn close(&mut self) {
        (self.fields, self.is_exceeded) = (0, true);
    }
}
