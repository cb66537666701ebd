//! The subset of MIME (RFC 2045, RFC 2046) that finds the parts of a message.
//!
//! Bodies are slices of the message; only a part that is asked for is decoded. The nesting depth is
//! limited, so the time is linear in the length of the message.

mod encoding;
pub(crate) mod fields;
mod parameters;
mod words;
pub(crate) mod write;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use encoding::{Decoder, decoder};
use fields::{Lines, begins_with_field, fields};
use parameters::{boundary, value_and_parameters};

pub(crate) use encoding::base64;
pub(crate) use words::decode_words;

/// The maximum depth of nested parts. Reports are at depth 1, forwarded ones at 3 to 5.
const MAX_DEPTH: usize = 12;

/// RFC 2046 §5.2.1, RFC 6532 §3.7.
const ATTACHED: [&str; 2] = ["message/rfc822", "message/global"];

/// The fields that are read (RFC 2045 §5, §6; RFC 2183 §2).
const FIELDS: [&str; 3] = ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"];

/// A message, or a part of one.
pub(crate) struct Part<'m> {
    /// In lower case; empty if the header has none.
    pub(crate) media_type: String,
    /// The parameter `report-type` of a multipart (RFC 6522 §3), in lower case; empty if there is none.
    pub(crate) report_type: String,
    /// Whether it is a file of no known type with the extension `.dat`.
    pub(crate) is_data_file: bool,
    /// In how many attached messages the part is.
    pub(crate) level: usize,
    /// Only of a multipart.
    boundary: Option<Vec<u8>>,
    decoder: Option<Decoder>,
    body: &'m [u8],
}

/// Calls `visit` with each part; with a multipart or an attached message before its parts.
///
/// A boundary that is missing or wrong in the message's header, which may also have lost all fields of
/// MIME, is taken from the body.
pub(crate) fn each_part(message: &[u8], visit: &mut dyn FnMut(&Part<'_>)) {
    let mut message = Part::read(without_preamble(message), 0, false);
    let body = message.body;
    let occurs = |b: &Vec<u8>| Lines::new(body).any(|line| delimiter(line, b).is_some());
    let paragraphs = match &*message.media_type {
        // More than one paragraph before the first part would be a letter.
        "" => Some(1),
        media_type => media_type.starts_with("multipart/").then_some(usize::MAX),
    };
    let boundary = message.boundary.filter(occurs);
    message.boundary = boundary.or_else(|| evident_boundary(body, paragraphs?));
    message.walk(MAX_DEPTH, false, visit);
}

impl<'m> Part<'m> {
    /// Reads the header. That of a part within a multipart can have blank lines before its type.
    fn read(entity: &'m [u8], level: usize, is_within: bool) -> Part<'m> {
        let mut values = [const { None }; FIELDS.len()];
        let (mut header, mut body) = split_header(entity);
        loop {
            for field in fields(header) {
                let is_name = |name: &&str| field.name.eq_ignore_ascii_case(name);
                if let Some(index) = FIELDS.iter().position(is_name) {
                    values[index].get_or_insert(field.value);
                }
            }
            if !is_within || values[0].is_some() || !begins_with_field(body, "content-") {
                break;
            }
            (header, body) = split_header(body);
        }
        let values = values.map(Option::unwrap_or_default);
        let [(media_type, parameters), (encoding, _), (_, names)] =
            values.each_ref().map(|value| value_and_parameters(value));
        let multipart = media_type.starts_with("multipart/").then(|| parameters.clone());
        let boundary = multipart.clone().map(boundary).filter(|boundary| !boundary.is_empty());
        let report_type = multipart.and_then(|mut all| all.find(|(name, _)| name == "report-type"));
        let report_type =
            report_type.map(|(_, value)| String::from_utf8_lossy(&value).to_ascii_lowercase());
        let is_data_file = media_type == "application/octet-stream"
            && names.chain(parameters).any(|(name, value)| {
                name.ends_with("name") && value.to_ascii_lowercase().ends_with(b".dat")
            });
        Part {
            media_type,
            report_type: report_type.unwrap_or_default(),
            is_data_file,
            level,
            boundary,
            decoder: decoder(&encoding),
            body,
        }
    }

    /// `is_decoded`: whether an attached message around this part was decoded; another one is not,
    /// to limit the memory.
    fn walk(&self, depth: usize, is_decoded: bool, visit: &mut dyn FnMut(&Part<'_>)) {
        let Some(depth) = depth.checked_sub(1) else { return };
        visit(self);
        if let Some(boundary) = &self.boundary {
            return each_body_part(self.body, boundary, |part| {
                Part::read(part, self.level, true).walk(depth, is_decoded, visit);
            });
        }
        let is_encoded = self.decoder.is_some();
        if ATTACHED.contains(&&*self.media_type) && !(is_encoded && is_decoded) {
            let content = self.content();
            let attached = Part::read(without_preamble(&content), self.level + 1, false);
            attached.walk(depth, is_decoded || is_encoded, visit);
        }
    }

    /// The decoded body.
    pub(crate) fn content(&self) -> Cow<'_, [u8]> {
        self.start(self.body.len())
    }

    /// The decoded start of the body.
    pub(crate) fn start(&self, length: usize) -> Cow<'_, [u8]> {
        let start = &self.body[..length.min(self.body.len())];
        self.decoder.map_or(Cow::Borrowed(start), |decode| Cow::Owned(decode(start)))
    }
}

/// The message after leading blank lines, an mbox's separator line and a byte order mark.
pub(crate) fn without_preamble(message: &[u8]) -> &[u8] {
    let mut lines = Lines::new(message);
    let is_skipped = |line: &[u8]| line.trim_ascii().is_empty() || line.starts_with(b"From ");
    while lines.clone().next().is_some_and(is_skipped) {
        lines.next();
    }
    without_bom(lines.rest())
}

/// The text before the first empty line, and after it. A boundary ends a header too.
pub(crate) fn split_header(text: &[u8]) -> (&[u8], &[u8]) {
    let mut lines = Lines::new(text);
    let mut end = text;
    while let Some(line) = lines.next().filter(|line| !line.starts_with(b"--")) {
        if line.is_empty() {
            return (&text[..text.len() - end.len()], lines.rest());
        }
        end = lines.rest();
    }
    (&text[..text.len() - end.len()], end)
}

/// The text without the byte order mark at its start.
pub(crate) fn without_bom(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

/// The boundary of the first line that looks like one and is followed by a field of MIME, after at
/// most so many paragraphs; or of one like it that parts without a header follow.
fn evident_boundary(body: &[u8], mut paragraphs: usize) -> Option<Vec<u8>> {
    let mut lines = Lines::new(body);
    let (mut is_blank, mut first) = (true, None);
    while let Some(line) = lines.next() {
        let boundary = line.strip_prefix(b"--").unwrap_or_default().trim_ascii_end();
        let is_like = !boundary.is_empty() && first.is_none_or(|first| first == boundary);
        if is_like && begins_with_field(lines.rest(), "content-") {
            return Some(boundary.into());
        }
        let is_word = !boundary.contains(&b' ') && boundary.iter().any(u8::is_ascii_alphanumeric);
        if is_like && is_blank && is_word {
            first = Some(boundary);
        } else if is_blank && !line.is_empty() && first.is_none() {
            paragraphs = paragraphs.checked_sub(1)?;
        }
        is_blank = line.is_empty();
    }
    None
}

/// Calls `visit` with each body part between the boundary lines of RFC 2046 §5.1.1. The last part
/// of a truncated message ends where the message ends.
fn each_body_part<'m>(body: &'m [u8], boundary: &[u8], mut visit: impl FnMut(&'m [u8])) {
    let mut lines = Lines::new(body);
    let mut part: Option<&[u8]> = None;
    loop {
        let end = lines.rest();
        let is_close = lines.next().map_or(Some(true), |line| delimiter(line, boundary));
        let Some(is_close) = is_close else { continue };
        if let Some(start) = part.replace(lines.rest()) {
            visit(&start[..start.len() - end.len()]);
        }
        if is_close {
            return;
        }
    }
}

/// Whether a line with a boundary closes the multipart; `None` if it has another boundary. Space
/// before the hyphens is allowed: programs that indent a message indent its boundaries.
fn delimiter(line: &[u8], boundary: &[u8]) -> Option<bool> {
    match line.trim_ascii_start().strip_prefix(b"--")?.strip_prefix(boundary)?.trim_ascii_end() {
        b"" => Some(false),
        b"--" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::fields::MAX_VALUE;
    use super::*;

    const HEADER: &str = "Content-Type: multipart/mixed; boundary=b\n";
    const PART: &str = "--b\nContent-Type: text/x\n\na\n";

    /// The parts of the type `text/x` at a level.
    fn parts(message: &str, level: usize) -> Vec<String> {
        let mut found = Vec::new();
        each_part(message.as_bytes(), &mut |part| {
            if part.media_type == "text/x" && part.level == level {
                found.push(String::from_utf8_lossy(&part.content()).into_owned());
            }
        });
        found
    }

    /// The message as a part of another one: its boundary must be that in its header.
    fn as_part(message: &str) -> String {
        format!("Content-Type: multipart/mixed; boundary=outer\n\n--outer\n{message}")
    }

    fn assert_found(message: &str) {
        assert_eq!(parts(message, 0), ["a\n"], "{message:?}");
    }

    #[test]
    fn what_precedes_the_header_is_skipped() {
        for preamble in
            ["", "\n", " \n\n", "From anna@example.com\n", "\nFrom x\n\n", "From x\n\n\n"]
        {
            assert_found(&format!("{preamble}{HEADER}\n{PART}"));
        }
        assert_eq!(parts(&format!("To: x\n\nHello\n\n{HEADER}\n{PART}"), 0), [""; 0]);
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
            let found = parts(&as_part(&format!("{header}\n{PART}")), 0);
            let expected: &[&str] = if header.contains("boundary=c") { &[] } else { &["a\n"] };
            assert_eq!(found, expected, "{header:?}");
        }
        assert_found(&format!("{HEADER}{PART}"));
        assert_found("Content-Type: text/x\n\na\n");
        // The body of an entity that is nothing but a header is empty.
        assert_eq!(parts("Content-Type: text/x\n", 0), [""]);
        assert_eq!(parts("Content-Type: text/x\nno field\n", 0), [""]);
    }

    #[test]
    fn a_field_is_read_up_to_a_limit() {
        let message = |filler: usize| {
            let filler = "x".repeat(filler);
            format!("Content-Type: multipart/mixed;\n a={filler};\n boundary=b\n\n{PART}")
        };
        let others = "multipart/mixed; a=; boundary=b".len();
        assert_found(&message(1_000));
        assert_found(&message(MAX_VALUE - others));
        assert_eq!(parts(&as_part(&message(MAX_VALUE - others + 1)), 0), [""; 0]);
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
            let found = parts(&as_part(&format!("{HEADER}\n{body}")), 0);
            assert_eq!(found, vec!["a\n"; count], "{body:?}");
        }
    }

    #[test]
    fn a_boundary_that_is_missing_or_wrong_in_the_header_is_taken_from_the_body() {
        for header in [
            "Content-Type: multipart/mixed\n",
            "Content-Type: multipart/mixed; boundary=c\n",
            "To: x\n",
            "",
        ] {
            for preamble in [
                "",
                "One paragraph\nof several\nlines\nof text.\n\n",
                "No boundary before\nContent-Id: x\n\n",
                "\n--b\n\nNo header.\n\nx\n\n",
            ] {
                assert_found(&format!("{header}\n{preamble}{PART}--b--\n"));
            }
        }
        let lost = |preamble: &str| parts(&format!("To: x\n\n{preamble}{PART}"), 0);
        for preamble in ["Two\n\nparagraphs\n\n", "x\n\n--c\nx\n\n", "--c\n\nx\n"] {
            assert_eq!(lost(preamble), [""; 0], "{preamble:?}");
        }
        let plain = format!("Content-Type: text/plain\n\n{PART}");
        assert_eq!(parts(&plain, 0), [""; 0]);
    }

    #[test]
    fn the_boundary_of_an_outer_multipart_ends_the_inner_ones() {
        let inner =
            "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Type: text/x\n\na\n";
        for end in ["", "--c--\nx\n", "--c--\n--c\nContent-Type: text/x\n\nx\n"] {
            let found = parts(&format!("{HEADER}\n{inner}{end}{PART}--b--\n{PART}"), 0);
            assert_eq!(found, ["a\n", "a\n"], "{end:?}");
        }
    }

    #[test]
    fn attached_messages_are_looked_into_if_asked_for() {
        for media_type in ["message/rfc822", "Message/Global"] {
            let attached = format!("Content-Type: {media_type}\n\n\n{HEADER}\n{PART}");
            assert_eq!(parts(&attached, 0), [""; 0], "{media_type}");
            assert_eq!(parts(&attached, 1), ["a\n"], "{media_type}");
        }
        let encoded = "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n";
        let inner = format!("{encoded}\n{}", HEADER.replace('=', "=3D")) + "\n" + PART;
        assert_eq!(parts(&inner, 1), ["a\n"]);
        // Only once, whatever the nesting.
        let twice = format!("{encoded}\n{}", inner.replace('=', "=3D"));
        assert_eq!((parts(&twice, 1), parts(&twice, 2)), (vec![], vec![]));
        let other = format!("Content-Type: text/plain\n\n{HEADER}\n{PART}");
        assert_eq!(parts(&other, 1), [""; 0]);
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
