//! Limits how many fields of a text are kept, because a stranger may have sent it.

use alloc::vec::Vec;

use crate::mime::fields::{Field, fields};

/// How much was kept.
#[derive(Default)]
pub(super) struct Kept {
    fields: usize,
    /// The length of their names and values.
    text: usize,
    /// Whether something was left out.
    pub(super) is_exceeded: bool,
}

impl Kept {
    /// The first fields of a text, up to a maximum number of them and a maximum length.
    pub(super) fn keep_fields<'t>(
        &mut self,
        text: &'t [u8],
        max: (usize, usize),
    ) -> Vec<Field<'t>> {
        let (max_fields, max_text) = max;
        let kept = fields(text).map_while(|field| {
            self.fields += 1;
            self.text += field.name.len() + field.value.len();
            let fits = self.fields <= max_fields && self.text <= max_text;
            self.is_exceeded |= field.is_cut || !fits;
            fits.then_some(field)
        });
        kept.collect()
    }
}
