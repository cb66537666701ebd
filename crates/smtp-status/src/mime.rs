//! The subset of MIME (RFC 2045, RFC 2046) that finds the parts of one type in a message.
//!
//! Bodies are slices of the message; only a part that is asked for is decoded. The nesting depth is
//! limited, so the time is linear in the length of the message.

mod encoding;
pub(crate) mod fields;
mod parameters;
pub(crate) mod write;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::iter;

use encoding::{base64, quoted_printable};
use fields::{Line, Lines};
use parameters::{content_type, first_token};

/// The maximum depth of nested parts. Reports are at depth 1, forwarded ones at 3 to 5.
const MAX_DEPTH: usize = 12;

/// The maximum length that is read of a header field; MIME needs a few hundred octets.
const MAX_FIELD: usize = 16_384;

/// Which parts [`each_part`] searches, in addition to multiparts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The message itself.
    Message,
    /// Also attached messages, `message/rfc822` and `message/global`.
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

/// The message after leading blank lines and an mbox's separator line.
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

/// A message or a part of one: the relevant header fields, and the body.
struct Entity<'m> {
    /// In lower case; empty if the header has none.
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

/// The two relevant fields, unfolded. The first of a repeated field counts.
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
        let room = MAX_FIELD.saturating_sub(value.len());
        value.extend(iter::once(&b' ').chain(text).take(room));
    }
}

/// Calls `visit` with each body part between the boundary lines of RFC 2046 §5.1.1. The last part
/// of a truncated message ends where the message ends.
fn each_body_part<'m>(body: &'m [u8], boundary: &[u8], mut visit: impl FnMut(&'m [u8])) {
    let mut lines = Lines::new(body);
    let mut start = None;
    let position = |lines: &Lines| body.len() - lines.rest().len();
    loop {
        let end = position(&lines);
        let Some(line) = lines.next() else { break };
        let Some(delimiter) = delimiter(line, boundary) else { continue };
        if let Some(start) = start.take() {
            visit(&body[start..end]);
        }
        match delimiter {
            Delimiter::Part => start = Some(position(&lines)),
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

/// A content transfer encoding (RFC 2045 §6); an unknown one counts as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Identity,
    Base64,
    QuotedPrintable,
}

impl Encoding {
    fn of(value: &[u8]) -> Encoding {
        let token = first_token(value);
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

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Content-Type: multipart/mixed; boundary=b\n";
    const PART: &str = "--b\nContent-Type: text/x\n\na\n";

    /// The parts of the type `text/x`.
    fn parts(message: &str, scope: Scope) -> Vec<String> {
        let mut found = Vec::new();
        each_part(message.as_bytes(), &["text/x"], scope, &mut |part| {
            found.push(String::from_utf8_lossy(part).into_owned());
        });
        found
    }

    fn assert_found(message: &str) {
        assert_eq!(parts(message, Scope::Message), ["a\n"], "{message:?}");
    }

    #[test]
    fn what_precedes_the_header_is_skipped() {
        for preamble in
            ["", "\n", " \n\n", "From anna@example.com\n", "\nFrom x\n\n", "From x\n\n\n"]
        {
            assert_found(&format!("{preamble}{HEADER}\n{PART}"));
        }
        assert_eq!(parts(&format!("To: x\n\n{HEADER}\n{PART}"), Scope::Message), [""; 0]);
    }

    #[test]
    fn a_header_ends_at_an_empty_line_or_at_a_boundary() {
        for header in [
            "To: x\nContent-Type: multipart/mixed;\n boundary=b\n",
            "content-type : multipart/mixed;\n\tboundary=b\nTo: x\n",
            "Content-Type: multipart/mixed;\n \n boundary=b\n",
            "no field\nContent-Type: multipart/mixed; boundary=b\nneither\n",
            "Content-Type: multipart/mixed; boundary=b\nContent-Type: text/x\n",
            "Content-Type: multipart/mixed;\nTo: x\n y\nContent-Type: x\n ;boundary=c\nTo: x\n",
        ] {
            let found = parts(&format!("{header}\n{PART}"), Scope::Message);
            let expected: &[&str] = if header.contains("boundary=c") { &[] } else { &["a\n"] };
            assert_eq!(found, expected, "{header:?}");
        }
        assert_found(&format!("{HEADER}{PART}"));
        assert_found("Content-Type: text/x\n\na\n");
        // The body of an entity that is nothing but a header is empty.
        assert_eq!(parts("Content-Type: text/x\n", Scope::Message), [""]);
        assert_eq!(parts("Content-Type: text/x\nno field\n", Scope::Message), [""]);
    }

    #[test]
    fn a_field_is_read_up_to_a_limit() {
        let message = |filler: usize| {
            let filler = "x".repeat(filler);
            format!("Content-Type: multipart/mixed;\n a={filler};\n boundary=b\n\n{PART}")
        };
        let others = " multipart/mixed; a=; boundary=b".len();
        assert_found(&message(1_000));
        assert_found(&message(MAX_FIELD - others));
        assert_eq!(parts(&message(MAX_FIELD - others + 1), Scope::Message), [""; 0]);
    }

    #[test]
    fn parts_are_between_the_lines_of_their_boundary() {
        let part = "Content-Type: text/x\n\na\n";
        for (body, count) in [
            (format!("--b\n{part}"), 1),
            (format!("--b\n{part}--b\n{part}--b--\n"), 2),
            (format!("--b\n{part}--b--\n--b\n{part}"), 1),
            (format!("{part}--b\n{part}--b--\n{part}"), 1),
            (format!("  --b \n{part}\t--b-- \n{part}"), 1),
            (format!("--bb\n{part}--b-\n{part}"), 0),
            (format!("--b--\n{part}"), 0),
            (format!("--b\n--b\n{part}--b\n"), 1),
        ] {
            let found = parts(&format!("{HEADER}\n{body}"), Scope::Message);
            assert_eq!(found, vec!["a\n"; count], "{body:?}");
        }
    }

    #[test]
    fn attached_messages_are_looked_into_if_asked_for() {
        for media_type in ["message/rfc822", "Message/Global"] {
            let attached = format!("Content-Type: {media_type}\n\n\n{HEADER}\n{PART}");
            assert_eq!(parts(&attached, Scope::Message), [""; 0], "{media_type}");
            assert_eq!(parts(&attached, Scope::Attached), ["a\n"], "{media_type}");
        }
        let other = format!("Content-Type: text/plain\n\n{HEADER}\n{PART}");
        assert_eq!(parts(&other, Scope::Attached), [""; 0]);
    }

    #[test]
    fn a_part_is_decoded() {
        for (encoding, body) in [
            ("base64", "YQo="),
            ("BASE64 (comment)", "YQo="),
            ("quoted-printable", "=61"),
            (" Quoted-Printable;", "=61"),
            ("8bit", "a\n"),
            ("base64x", "a\n"),
        ] {
            let header = format!("Content-Type: text/x\nContent-Transfer-Encoding: {encoding}\n");
            assert_found(&format!("{header}\n{body}"));
            assert_found(&format!("MIME-Version: 1.0\n{header}To: x\n\n{body}"));
            let first = format!("{header}Content-Transfer-Encoding: x-unknown\n");
            assert_found(&format!("{first}\n{body}"));
        }
    }
}
