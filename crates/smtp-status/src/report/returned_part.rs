//! The part of a report that returns the message that it is about.

use alloc::string::String;

use crate::mime::fields::Lines;
use crate::mime::write::{MAX_LINE, folded};

/// The media type, the header and the body of the part; the body's lines end as they did. If the whole
/// message is returned, the header has the blank line after it.
///
/// Only the header is returned if the message is longer than `limit` octets, or if its body has what
/// RFC 5322 forbids: NUL or lines that are too long. Of a header over the limit, only the first fields are.
pub(super) fn part(message: &[u8], headers_only: bool, limit: usize) -> (&str, String, &[u8]) {
    let mut lines = Lines::new(message);
    // Some readers end a header at a line of spaces.
    lines.find(|line| line.trim_ascii().is_empty());
    let (header, body) = message.split_at(message.len() - lines.rest().len());
    // Invalid UTF-8 can become longer in a text.
    let is_short = |line: &[u8]| String::from_utf8_lossy(line).len() <= MAX_LINE;
    let is_wanted = !headers_only && (1..=limit).contains(&message.len());
    let is_whole = is_wanted && !body.contains(&0) && Lines::new(body).all(is_short);
    let lines = Lines::new(cut(header, limit)).filter(|line| !line.trim_ascii().is_empty());
    let header: String = lines.map(mended).collect();
    // RFC 3464 §2, RFC 6522 §4; with an internationalized header RFC 6533 §4.2, §4.3.
    match (is_whole, header.is_ascii()) {
        (true, true) => ("message/rfc822", header + "\r\n", body),
        (true, false) => ("message/global", header + "\r\n", body),
        (false, true) => ("text/rfc822-headers", header, b""),
        (false, false) => ("message/global-headers", header, b""),
    }
}

/// The first fields of a header, up to `limit` octets.
fn cut(header: &[u8], limit: usize) -> &[u8] {
    let Some(start) = header.get(..=limit) else { return header };
    let begins_field = |pair: &[u8]| {
        b"\r\n".contains(&pair[0]) && !matches!(pair, b"\r\r" | b"\r\n" | [_, b' ' | b'\t'])
    };
    &header[..start.windows(2).rposition(begins_field).unwrap_or_default()]
}

/// A line of a header without NUL and invalid UTF-8, on several lines if it is too long.
fn mended(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line).replace(['\0', '\u{fffd}'], "?");
    let indent = if line.starts_with([' ', '\t']) { " " } else { "" };
    let is_long = line.len() > MAX_LINE;
    if is_long { format!("{indent}{}\r\n", folded(line.trim())) } else { line + "\r\n" }
}
