//! Reading the header of the returned message.

use alloc::string::String;
use alloc::vec::Vec;

use super::limits::Kept;
use super::value::strip_and_trim;
use super::{Report, Returned};
use crate::mime::{split_header, without_preamble};

impl Returned {
    /// Reads the header of a message, and whether it has more than is kept.
    pub(super) fn read(message: &[u8], is_whole: bool) -> (Returned, bool) {
        let (header, _) = split_header(without_preamble(message));
        let mut kept = Kept::default();
        let fields =
            kept.keep_fields(header, (Report::MAX_ENTRIES, Report::MAX_HEADER)).into_iter();
        let header: Vec<_> =
            fields.map(|field| (field.name.into(), strip_and_trim(&field.value))).collect();
        let is_id = |(name, _): &&(String, _)| name.eq_ignore_ascii_case("Message-ID");
        let message_id = header.iter().find(is_id).map(|(_, id)| bracketed(id).into());
        (Returned { message_id, header, is_whole }, kept.is_exceeded)
    }
}

/// The identifier without comments around it (RFC 5322 §3.6.4).
fn bracketed(id: &str) -> &str {
    let end = id.find('>').map_or(id.len(), |end| end + 1);
    let start = id[..end].find('<').unwrap_or(0);
    &id[start..end]
}
