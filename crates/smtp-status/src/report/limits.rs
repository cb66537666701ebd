//! The fields that are kept of a text, whoever sent it.

use alloc::vec::Vec;

use crate::mime::fields::{Field, fields};

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

    /// The first fields of a text, as many as may be kept.
    pub(super) fn fields<'t>(&mut self, text: &'t [u8]) -> Vec<Field<'t>> {
        let kept = fields(text).map_while(|field| {
            let length = field.name.len() + field.value.len();
            let left = self.fields.checked_sub(1).zip(self.text.checked_sub(length));
            self.is_exceeded |= field.is_cut || left.is_none();
            (self.fields, self.text) = left?;
            Some(field)
        });
        kept.collect()
    }
}
