//! As much of MIME (RFC 2045, RFC 2046) as it takes to find the parts of one type in a message.
//!
//! Bodies are slices of the message; only a part that is asked for is decoded. The nesting that is
//! followed is bounded, so the time is linear in the length of the message.

pub(crate) mod encoding;
pub(crate) mod fields;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use encoding::{base64, quoted_printable};
use fields::{Line, Lines};

/// How deep parts are looked for. Reports lie at depth 1, forwarded ones at 3 to 5.
const MAX_DEPTH: usize = 12;

/// The longest header field that is read; MIME needs a few hundred octets.
const MAX_FIELD: usize = 16_384;

/// Which parts [`each_part`] looks into, besides multiparts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The message itself.
    Message,
    /// Also messages that are attached to it, `message/rfc822` and `message/global`.
    Attached,
}

/// Calls `visit` with the decoded content of each part that has one of the media types, in the
/// order of the message.
pub(crate) fn each_part(
    message: &[u8],
    types: &[&str],
    scope: Scope,
    visit: &mut dyn FnMut(&[u8]),
) {
    walk(without_preamble(message), types, scope, MAX_DEPTH, visit);
}

fn walk(entity: &[u8], types: &[&str], scope: Scope, depth: usize, visit: &mut dyn FnMut(&[u8])) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let Entity { media_type, boundary, encoding, body } = Entity::read(entity);
    if let (true, Some(boundary)) = (media_type.starts_with("multipart/"), &boundary) {
        each_body_part(body, boundary, |part| walk(part, types, scope, depth, visit));
    } else if types.contains(&media_type.as_str()) {
        visit(&encoding.decode(body));
    } else if scope == Scope::Attached && ATTACHED.contains(&media_type.as_str()) {
        walk(without_preamble(&encoding.decode(body)), types, scope, depth, visit);
    }
}

/// The message behind blank lines and the line that an mbox has before it.
fn without_preamble(message: &[u8]) -> &[u8] {
    let mut lines = Lines::new(message);
    loop {
        let rest = lines.rest();
        let skipped = |line: &[u8]| line.trim_ascii().is_empty() || line.starts_with(b"From ");
        if !lines.next().is_some_and(skipped) {
            return rest;
        }
    }
}

/// RFC 2046 §5.2.1, RFC 6532 §3.7.
const ATTACHED: [&str; 2] = ["message/rfc822", "message/global"];

/// A message or a part of one: what its header says, and its body.
struct Entity<'m> {
    /// In lower case; empty where the header names none.
    media_type: String,
    boundary: Option<Vec<u8>>,
    encoding: Encoding,
    body: &'m [u8],
}

impl<'m> Entity<'m> {
    fn read(entity: &'m [u8]) -> Entity<'m> {
        let mut header = Header::default();
        let mut lines = Lines::new(entity);
        let mut body = entity;
        while let Some(line) = lines.next() {
            match Line::of(line) {
                Line::Field { name, value } => header.field(name, value),
                Line::Continued(text) => header.continued(text),
                // A header without a blank line after it.
                Line::Other if line.starts_with(b"--") => break,
                Line::Blank if line.is_empty() => {
                    body = lines.rest();
                    break;
                }
                Line::Blank | Line::Other => {}
            }
            body = lines.rest();
        }
        let (media_type, boundary) = content_type(&header.content_type);
        let encoding = Encoding::of(&header.transfer_encoding);
        Entity { media_type, boundary, encoding, body }
    }
}

/// The two fields that matter here, unfolded. Of a repeated field the first counts.
#[derive(Default)]
struct Header {
    content_type: Vec<u8>,
    transfer_encoding: Vec<u8>,
    current: Current,
}

#[derive(Default, Clone, Copy)]
enum Current {
    #[default]
    Ignored,
    ContentType,
    TransferEncoding,
}

impl Header {
    fn field(&mut self, name: &[u8], value: &[u8]) {
        let is = |expected: &str| name.eq_ignore_ascii_case(expected.as_bytes());
        self.current = if is("Content-Type") && self.content_type.is_empty() {
            Current::ContentType
        } else if is("Content-Transfer-Encoding") && self.transfer_encoding.is_empty() {
            Current::TransferEncoding
        } else {
            Current::Ignored
        };
        self.continued(value);
    }

    fn continued(&mut self, text: &[u8]) {
        let value = match self.current {
            Current::Ignored => return,
            Current::ContentType => &mut self.content_type,
            Current::TransferEncoding => &mut self.transfer_encoding,
        };
        if value.len() + text.len() < MAX_FIELD {
            value.push(b' ');
            value.extend_from_slice(text);
        }
    }
}

/// The media type in lower case and the boundary of `multipart/report; boundary="x"` (RFC 2045
/// §5.1). A boundary in several pieces, `boundary*0=…; boundary*1=…`, is joined (RFC 2231 §3).
fn content_type(value: &[u8]) -> (String, Option<Vec<u8>>) {
    let mut rest = Parameters { rest: value };
    let media_type = rest.token().to_ascii_lowercase();
    let media_type = String::from_utf8_lossy(&media_type).into_owned();
    let mut boundary = None;
    for (name, value) in rest {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix(b"boundary") {
            Some(b"" | b"*0") if boundary.is_none() => boundary = Some(value),
            Some([b'*', digits @ ..]) if digits.iter().all(u8::is_ascii_digit) => {
                boundary.get_or_insert_default().extend_from_slice(&value);
            }
            _ => {}
        }
    }
    // Trailing space of a boundary is none of it (RFC 2046 §5.1.1).
    let boundary = boundary.map(|boundary| boundary.trim_ascii_end().to_vec());
    (media_type, boundary.filter(|boundary| !boundary.is_empty()))
}

/// What follows a media type: `; name=value; name="quoted value"`, with comments in parentheses.
struct Parameters<'v> {
    rest: &'v [u8],
}

impl Parameters<'_> {
    /// The text before the next space, `;`, `=` or comment.
    fn token(&mut self) -> Vec<u8> {
        self.skip_space();
        let end = self.rest.iter().position(|byte| b" \t;=(".contains(byte));
        self.take(end.unwrap_or(self.rest.len())).to_vec()
    }

    fn value(&mut self) -> Vec<u8> {
        self.skip_space();
        let Some(quoted) = self.rest.strip_prefix(b"\"") else {
            // Many programs leave a value unquoted that has `=` or `(` in it.
            let end = self.rest.iter().position(|byte| b" \t;".contains(byte));
            return self.take(end.unwrap_or(self.rest.len())).to_vec();
        };
        let mut value = Vec::new();
        let mut bytes = quoted.iter();
        while let Some(&byte) = bytes.next() {
            match byte {
                b'"' => break,
                b'\\' => value.extend(bytes.next()),
                _ => value.push(byte),
            }
        }
        self.rest = bytes.as_slice();
        value
    }

    fn skip_space(&mut self) {
        self.rest = self.rest.trim_ascii_start();
        while let Some(comment) = self.rest.strip_prefix(b"(") {
            let end = comment.iter().position(|&byte| byte == b')');
            self.rest = end.map_or(&[][..], |end| &comment[end + 1..]).trim_ascii_start();
        }
    }

    fn take(&mut self, length: usize) -> &[u8] {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

impl Iterator for Parameters<'_> {
    type Item = (Vec<u8>, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.rest.iter().position(|&byte| byte == b';')?;
            self.take(start + 1);
            let name = self.token();
            self.skip_space();
            if let Some(value) = self.rest.strip_prefix(b"=") {
                self.rest = value;
                return Some((name, self.value()));
            }
        }
    }
}

/// Calls `visit` with each body part between the boundary lines of RFC 2046 §5.1.1. The last part
/// of a message that was cut off ends with the message.
fn each_body_part<'m>(body: &'m [u8], boundary: &[u8], mut visit: impl FnMut(&'m [u8])) {
    let mut lines = Lines::new(body);
    let mut start = None;
    let at = |lines: &Lines| body.len() - lines.rest().len();
    loop {
        let end = at(&lines);
        let Some(line) = lines.next() else { break };
        let Some(delimiter) = delimiter(line, boundary) else { continue };
        if let Some(start) = start.take() {
            visit(&body[start..end]);
        }
        match delimiter {
            Delimiter::Part => start = Some(at(&lines)),
            Delimiter::Close => return,
        }
    }
    if let Some(start) = start {
        visit(&body[start..]);
    }
}

enum Delimiter {
    Part,
    Close,
}

/// Space before the hyphens is allowed: programs that indent a message indent its boundaries.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<Delimiter> {
    let rest = line.trim_ascii_start().strip_prefix(b"--")?.strip_prefix(boundary)?;
    match rest.trim_ascii_end() {
        b"" => Some(Delimiter::Part),
        b"--" => Some(Delimiter::Close),
        _ => None,
    }
}

/// A content transfer encoding (RFC 2045 §6); one that nobody knows is read as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Identity,
    Base64,
    QuotedPrintable,
}

impl Encoding {
    fn of(value: &[u8]) -> Encoding {
        let token = Parameters { rest: value }.token();
        if token.eq_ignore_ascii_case(b"base64") {
            Encoding::Base64
        } else if token.eq_ignore_ascii_case(b"quoted-printable") {
            Encoding::QuotedPrintable
        } else {
            Encoding::Identity
        }
    }

    fn decode(self, body: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Encoding::Identity => Cow::Borrowed(body),
            Encoding::Base64 => Cow::Owned(base64(body)),
            Encoding::QuotedPrintable => Cow::Owned(quoted_printable(body)),
        }
    }
}
