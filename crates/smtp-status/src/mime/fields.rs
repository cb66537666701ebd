//! Lines and header fields (RFC 5322 §2.2) as they arrive.

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

/// The kind of a line by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line<'m> {
    /// `Name: value`, without the space around both.
    Field { name: &'m [u8], value: &'m [u8] },
    /// A continuation of the field before it: begins with a space or a tab.
    Continued(&'m [u8]),
    /// Nothing but space.
    Blank,
    /// Anything else.
    Other,
}

impl<'m> Line<'m> {
    pub(crate) fn of(line: &'m [u8]) -> Line<'m> {
        let text = line.trim_ascii();
        if text.is_empty() {
            return Line::Blank;
        }
        if matches!(line, [b' ' | b'\t', ..]) {
            return Line::Continued(text);
        }
        Line::field(text).unwrap_or(Line::Other)
    }

    fn field(text: &'m [u8]) -> Option<Line<'m>> {
        let colon = text.iter().position(|byte| !is_field_name(*byte))?;
        let (name, rest) = text.split_at(colon);
        // Some programs write a space before the colon, which RFC 822 allowed.
        let value = rest.trim_ascii_start().strip_prefix(b":")?;
        (!name.is_empty()).then_some(Line::Field { name, value: value.trim_ascii_start() })
    }
}

/// `ftext` (RFC 5322 §3.6.8).
pub(crate) fn is_field_name(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b':'
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
    fn a_line_is_a_field_its_continuation_or_neither() {
        let field = |name: &'static str, value: &'static str| Line::Field {
            name: name.as_bytes(),
            value: value.as_bytes(),
        };
        for (line, expected) in [
            ("Status: 5.1.1 ", field("Status", "5.1.1")),
            ("Status:5.1.1", field("Status", "5.1.1")),
            ("Status :\t5.1.1", field("Status", "5.1.1")),
            ("Status:", field("Status", "")),
            ("a:b:c", field("a", "b:c")),
            (" Status: 5.1.1", Line::Continued(b"Status: 5.1.1")),
            ("\tx ", Line::Continued(b"x")),
            ("", Line::Blank),
            (" \t", Line::Blank),
            ("Status", Line::Other),
            (": x", Line::Other),
            ("550 5.1.1 x: y", Line::Other),
            ("Stat\u{fc}s: x", Line::Other),
        ] {
            assert_eq!(Line::of(line.as_bytes()), expected, "{line:?}");
        }
    }
}
