//! Lines and header fields (RFC 5322 §2.2) as they arrive.

use alloc::borrow::Cow;
use core::{iter, mem, str};

/// The maximum length of the value of a field.
pub(crate) const MAX_VALUE: usize = 16 << 10;

/// The lines of a text without their ends: CR LF, LF or a lone CR. CR CR LF, from programs that
/// convert LF twice, is one end.
#[derive(Clone)]
pub(crate) struct Lines<'m> {
    rest: &'m [u8],
}

impl<'m> Lines<'m> {
    pub(crate) fn new(text: &'m [u8]) -> Lines<'m> {
        Lines { rest: text }
    }

    /// The text after the last line returned.
    pub(crate) fn rest(&self) -> &'m [u8] {
        self.rest
    }
}

impl<'m> Iterator for Lines<'m> {
    type Item = &'m [u8];

    fn next(&mut self) -> Option<&'m [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|&byte| byte == b'\n' || byte == b'\r');
        let (line, end) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        let ends: [&[u8]; 4] = [b"\r\r\n", b"\r\n", b"\r", b"\n"];
        self.rest = ends.into_iter().find_map(|e| end.strip_prefix(e)).unwrap_or(end);
        Some(line)
    }
}

/// The name and the value in a line that begins a field.
fn field(line: &[u8]) -> Option<(&str, &[u8])> {
    let end = line.iter().position(|&byte| !is_field_name(byte)).filter(|&end| end > 0)?;
    let (name, rest) = line.split_at(end);
    // Some programs write a space before the colon, which RFC 822 allowed.
    let value = rest.trim_ascii_start().strip_prefix(b":")?.trim_ascii();
    Some((str::from_utf8(name).ok()?, value))
}

/// Whether a text begins with a field whose name begins so, in lower case.
pub(crate) fn begins_with_field(text: &[u8], start: &str) -> bool {
    let field = Lines::new(text).next().and_then(field);
    field.is_some_and(|(name, _)| name.to_ascii_lowercase().starts_with(start))
}

/// `ftext` (RFC 5322 §3.6.8).
pub(crate) fn is_field_name(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b':'
}

/// A field, unfolded, with the start of a value that is too long.
pub(crate) struct Field<'m> {
    pub(crate) name: &'m str,
    pub(crate) value: Cow<'m, [u8]>,
    pub(crate) is_cut: bool,
    /// Whether a blank line parts it from the field before it.
    pub(crate) is_parted: bool,
}

impl<'m> Field<'m> {
    fn extend(&mut self, text: &'m [u8]) {
        let kept = &text[..text.len().min(MAX_VALUE - self.value.len())];
        self.is_cut |= kept.len() < text.len();
        if self.value.is_empty() {
            self.value = Cow::Borrowed(kept); // Nearly every field has one line.
        } else {
            self.value.to_mut().extend_from_slice(kept);
        }
    }
}

/// The fields of a text. A line that is none continues the field before it; behind a blank line
/// only if it is indented.
pub(crate) fn fields(text: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut lines = Lines::new(text).map(|line| (line, field(line))).peekable();
    let mut is_parted = false;
    iter::from_fn(move || {
        let mut current = None;
        while let Some((line, found)) = lines.next_if(|l| current.is_none() || l.1.is_none()) {
            let text = line.trim_ascii();
            if let Some((name, value)) = found {
                let is_parted = mem::take(&mut is_parted);
                let new = Field { name, value: Cow::default(), is_cut: false, is_parted };
                current.insert(new).extend(value);
            } else if text.is_empty() {
                is_parted = true;
            } else if let Some(field) = &mut current {
                if !is_parted || matches!(line, [b' ' | b'\t', ..]) {
                    field.extend(b" ");
                    field.extend(text);
                }
            }
        }
        current
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way_that_mail_has() {
        let lines = |text: &'static str| Lines::new(text.as_bytes()).collect::<Vec<_>>();
        for end in ["\n", "\r\n", "\r", "\r\r\n"] {
            let text = format!("a{end}b{end}{end}c");
            let found: Vec<_> = Lines::new(text.as_bytes()).collect();
            assert_eq!(found, [&b"a"[..], b"b", b"", b"c"], "{end:?}");
        }
        assert_eq!(lines("a\n"), [b"a"]);
        assert_eq!(lines("\n\r"), [b"", b""]);
        assert_eq!(lines(""), <[&[u8]; 0]>::default());
    }

    #[test]
    fn a_line_begins_a_field_if_a_colon_follows_its_name() {
        for (line, name, value) in [
            ("Status: 5.1.1 ", "Status", "5.1.1"),
            ("Status:5.1.1", "Status", "5.1.1"),
            ("Status :\t5.1.1", "Status", "5.1.1"),
            ("Status:", "Status", ""),
            ("a:b:c", "a", "b:c"),
        ] {
            assert_eq!(field(line.as_bytes()), Some((name, value.as_bytes())), "{line:?}");
        }
        let others = ["", " \t", "Status", ": x", " Status: x", "550 5.1.1 x: y", "Stat\u{fc}s: x"];
        for line in others {
            assert_eq!(field(line.as_bytes()), None, "{line:?}");
        }
    }

    #[test]
    fn other_lines_continue_a_field_up_to_a_blank_line_and_indented_ones_behind_it() {
        for (text, expected) in [
            ("a: b\nc: d", &[("b", false), ("d", false)][..]),
            ("a: b\n c\n\td \ne", &[("b c d e", false)]),
            ("a: b\n \n c\nd\n\ne: f", &[("b c", false), ("f", true)]),
            ("x\n\na:\nb\n\n", &[(" b", true)]),
            ("x\n\n", &[]),
        ] {
            let found = fields(text.as_bytes());
            let found = found.map(|f| (String::from_utf8(f.value.into()).unwrap(), f.is_parted));
            let found: Vec<_> = found.collect();
            let expected: Vec<_> = expected.iter().map(|&(v, p)| (v.to_owned(), p)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
