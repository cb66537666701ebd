//! The returned message.

use alloc::string::String;
use alloc::vec::Vec;

use super::Returned;
use super::limits::{Field, Limits};
use super::value::clean;
use crate::mime::fields::{Line, Lines};
use crate::mime::without_bom;

impl Returned {
    /// Reads the header at the start of a message, and whether it has more fields than are kept.
    pub(super) fn read(message: &[u8], is_whole: bool) -> (Returned, bool) {
        let mut limits = Limits::of_header();
        let mut fields = Vec::<Field<'_>>::new();
        let lines = Lines::new(without_bom(message));
        let is_before = |line: &&[u8]| line.trim_ascii().is_empty() || line.starts_with(b"From ");
        for line in lines.skip_while(is_before) {
            match Line::of(line) {
                Line::Field { name, value } => match limits.field(name, value) {
                    Some(field) => fields.push(field),
                    None => break,
                },
                Line::Continued(text) => {
                    if let Some(field) = fields.last_mut() {
                        limits.extend(field, b" ");
                        limits.extend(field, text);
                    }
                }
                Line::Blank => break,
                Line::Other => {}
            }
        }
        let field = |Field { name, value }| (clean(name), clean(&value).trim().into());
        let header: Vec<(_, String)> = fields.into_iter().map(field).collect();
        let id = header.iter().find(|(name, _)| name.eq_ignore_ascii_case("Message-ID"));
        let message_id = id.map(|(_, id)| bracketed(id).into());
        (Returned { message_id, header, is_whole }, limits.is_exceeded)
    }
}

/// The identifier without comments around it (RFC 5322 §3.6.4).
fn bracketed(id: &str) -> &str {
    let end = id.find('>').map_or(id.len(), |end| end + 1);
    let start = id[..end].find('<').unwrap_or(0);
    &id[start..end]
}
