//! The returned message.

use super::limits::Limits;
use super::value::clean;
use super::{Report, Returned};
use crate::mime::fields::Field;
use crate::mime::{split_header, without_preamble};

impl Returned {
    /// Reads the header of a message, and whether it has more than is kept.
    pub(super) fn read(message: &[u8], is_whole: bool) -> (Returned, bool) {
        let mut limits = Limits::new(Report::MAX_ENTRIES, Report::MAX_HEADER);
        let fields = limits.fields(split_header(without_preamble(message)).0).into_iter();
        let field = |Field { name, value, .. }| (clean(name), clean(&value).trim().into());
        let mut returned = Returned { header: fields.map(field).collect(), ..Returned::default() };
        let mut header = returned.header.iter();
        let id = header.find(|(name, _)| name.eq_ignore_ascii_case("Message-ID"));
        returned.message_id = id.map(|(_, id)| bracketed(id).into());
        returned.is_whole = is_whole;
        (returned, limits.is_exceeded)
    }
}

/// The identifier without comments around it (RFC 5322 §3.6.4).
fn bracketed(id: &str) -> &str {
    let end = id.find('>').map_or(id.len(), |end| end + 1);
    let start = id[..end].find('<').unwrap_or(0);
    &id[start..end]
}
