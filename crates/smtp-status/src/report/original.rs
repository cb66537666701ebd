//! The message that a report is about, as it is returned with the report.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::mime::fields::Lines;
use crate::mime::write::{MAX_LINE, floor_char_boundary};

/// A message, or the header of one, that RFC 5322 allows: with CR LF, short lines, and without NUL.
#[derive(Clone, Debug)]
pub(super) struct Original<'m> {
    header: &'m [u8],
    /// `None` if the header alone is returned.
    body: Option<&'m [u8]>,
}

impl<'m> Original<'m> {
    /// What is returned of a message. Its header alone if the message is longer than `limit` octets
    /// or its body has lines that are too long; of a header over the limit, the first fields.
    pub(super) fn of(message: &'m [u8], headers_only: bool, limit: usize) -> Original<'m> {
        let (header, body) = split(message);
        let is_whole = !headers_only
            && message.len() <= limit
            && Lines::new(body).all(|line| line.len() <= MAX_LINE);
        Original { header: cut(header, limit), body: is_whole.then_some(body) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.header.is_empty() && self.body.is_none_or(<[_]>::is_empty)
    }

    /// RFC 3464 §2, RFC 6522 §4; with an internationalized header RFC 6533 §4.2, §4.3.
    pub(super) fn media_type(&self) -> &'static str {
        match (self.header_lines().all(|line| line.is_ascii()), self.body.is_some()) {
            (true, true) => "message/rfc822",
            (true, false) => "text/rfc822-headers",
            (false, true) => "message/global",
            (false, false) => "message/global-headers",
        }
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.lines().all(|line| line.is_ascii())
    }

    /// The bytes of the message that are returned, before they are mended.
    pub(super) fn contents(&self) -> [&'m [u8]; 2] {
        [self.header, self.body.unwrap_or_default()]
    }

    /// The lines, without their ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = Cow<'m, [u8]>> {
        let blank = self.body.map(|_| Cow::Borrowed(&[][..]));
        let body = Lines::new(self.body.unwrap_or_default()).map(without_nul);
        self.header_lines().chain(blank).chain(body)
    }

    fn header_lines(&self) -> impl Iterator<Item = Cow<'m, [u8]>> {
        Lines::new(self.header).map(|line| match text_of(line) {
            Cow::Borrowed(line) if line.len() <= MAX_LINE => without_nul(line.as_bytes()),
            line => without_nul(folded(&line).as_bytes()).into_owned().into(),
        })
    }
}

/// A text in which invalid UTF-8 is replaced, by a character that makes no line longer.
pub(super) fn text_of(line: &[u8]) -> Cow<'_, str> {
    match String::from_utf8_lossy(line) {
        Cow::Owned(text) => text.replace('\u{fffd}', "?").into(),
        valid @ Cow::Borrowed(_) => valid,
    }
}

/// The header and the body, which the first blank line separates.
fn split(message: &[u8]) -> (&[u8], &[u8]) {
    let mut lines = Lines::new(message);
    loop {
        let header = &message[..message.len() - lines.rest().len()];
        if lines.next().is_none_or(<[_]>::is_empty) {
            return (header, lines.rest());
        }
    }
}

/// The first fields of a header, up to `limit` octets.
fn cut(header: &[u8], limit: usize) -> &[u8] {
    let mut lines = Lines::new(header);
    let mut end = 0;
    while !lines.rest().is_empty() {
        let start = header.len() - lines.rest().len();
        if start > limit {
            return &header[..end];
        }
        if !matches!(lines.rest(), [b' ' | b'\t', ..]) {
            end = start;
        }
        lines.next();
    }
    if header.len() > limit { &header[..end] } else { header }
}

fn without_nul(line: &[u8]) -> Cow<'_, [u8]> {
    if !line.contains(&0) {
        return line.into();
    }
    line.iter().map(|&byte| if byte == 0 { b'?' } else { byte }).collect()
}

/// A line of a header on several lines, at a space if it has one.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut line = line.trim_ascii_end();
    // A continuation begins with a space.
    while line.len() >= MAX_LINE {
        let max = floor_char_boundary(line, MAX_LINE - 1);
        let space = line[..max].rfind(' ').filter(|&at| at > 1);
        let (piece, rest) = line.split_at(space.unwrap_or(max));
        out.extend([piece, "\r\n "]);
        line = rest.trim_ascii_start();
    }
    out + line
}
