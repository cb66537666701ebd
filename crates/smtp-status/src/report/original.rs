//! The message that a report is about, as it is returned with the report.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::mime::fields::Lines;
use crate::mime::header_of;
use crate::mime::write::{MAX_LINE, folded};

/// A message, or the header of one, that RFC 5322 allows.
pub(super) struct Original<'m> {
    pub(super) media_type: &'static str,
    /// With the blank line after it if the whole message is returned; empty if nothing is.
    pub(super) header: String,
    /// Without NUL and long lines; the ends of its lines are as they were.
    pub(super) body: &'m [u8],
}

impl<'m> Original<'m> {
    /// What is returned of a message: its header alone if the message is longer than `limit` octets
    /// or its body cannot be sent; of a header over the limit, the first fields.
    pub(super) fn of(message: &'m [u8], headers_only: bool, limit: usize) -> Original<'m> {
        let header = header_of(message);
        let mut lines = Lines::new(&message[header.len()..]);
        lines.next();
        let body = lines.rest();
        let is_legal = |line: &[u8]| line.len() <= MAX_LINE && !line.contains(&0);
        let is_whole = !(headers_only || message.is_empty() || message.len() > limit)
            && Lines::new(body).all(is_legal);
        let mut header: String = Lines::new(cut(header, limit)).map(mended).collect();
        // RFC 3464 §2, RFC 6522 §4; with an internationalized header RFC 6533 §4.2, §4.3.
        let media_type = match (header.is_ascii(), is_whole) {
            (true, true) => "message/rfc822",
            (true, false) => "text/rfc822-headers",
            (false, true) => "message/global",
            (false, false) => "message/global-headers",
        };
        if is_whole {
            header.push_str("\r\n");
        }
        Original { media_type, header, body: if is_whole { body } else { b"" } }
    }
}

/// The first fields of a header, up to `limit` octets.
fn cut(header: &[u8], limit: usize) -> &[u8] {
    let Some(start) = header.get(..=limit) else { return header };
    let begins_field =
        |pair: &[u8]| matches!(*pair, [b'\r' | b'\n', next] if !b" \t\r\n".contains(&next));
    &header[..start.windows(2).rposition(begins_field).map_or(0, |end| end + 1)]
}

/// A line of a header without NUL, on several lines if it is too long.
fn mended(line: &[u8]) -> String {
    let line = text_of(line).replace('\0', "?");
    if line.len() <= MAX_LINE {
        return line + "\r\n";
    }
    let (indent, text) = line.split_at(usize::from(line.starts_with([' ', '\t'])));
    indent.to_owned() + &folded(text.trim()) + "\r\n"
}

/// A text in which invalid UTF-8 is replaced, by a character that makes no line longer.
pub(super) fn text_of(line: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(line) {
        Cow::Owned(text) => text.replace('\u{fffd}', "?").into(),
        valid @ Cow::Borrowed(_) => valid,
    }
}
