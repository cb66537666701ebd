//! Values with parameters (RFC 2045 §5.1): `multipart/report; boundary="x"`.

use alloc::string::String;
use alloc::vec::Vec;

/// The text before the parameters in lower case, and the parameters: `; name=value; name="quoted
/// value"`, with comments in parentheses.
pub(super) fn value_and_parameters(value: &[u8]) -> (String, Parameters<'_>) {
    let mut parameters = Parameters { rest: value };
    (parameters.read_token(), parameters)
}

/// A boundary in several pieces, `boundary*0=…; boundary*1=…`, is joined (RFC 2231 §3).
pub(super) fn boundary(parameters: Parameters<'_>) -> Vec<u8> {
    let mut boundary = Vec::new();
    for (name, value) in parameters {
        match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
            "boundary" if boundary.is_empty() => boundary = value,
            "boundary*" => boundary.extend(value),
            _ => {}
        }
    }
    // Trailing space is not part of a boundary (RFC 2046 §5.1.1).
    boundary.truncate(boundary.trim_ascii_end().len());
    boundary
}

/// Names are in lower case.
#[derive(Clone)]
pub(super) struct Parameters<'v> {
    rest: &'v [u8],
}

impl Parameters<'_> {
    fn read_token(&mut self) -> String {
        String::from_utf8_lossy(&self.read_word(b" \t;=(")).to_ascii_lowercase()
    }

    /// The text before one of these characters, after space and comments.
    fn read_word(&mut self, ends: &[u8]) -> Vec<u8> {
        self.skip_space();
        let end = self.rest.iter().position(|byte| ends.contains(byte));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word.to_vec()
    }

    fn read_value(&mut self) -> Vec<u8> {
        self.skip_space();
        let Some(quoted) = self.rest.strip_prefix(b"\"") else {
            // Many programs do not quote values that contain `=` or `(`.
            return self.read_word(b" \t;");
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
}

impl Iterator for Parameters<'_> {
    type Item = (String, Vec<u8>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.rest.iter().position(|&byte| byte == b';')?;
            self.rest = &self.rest[start + 1..];
            let name = self.read_token();
            self.skip_space();
            if let Some(value) = self.rest.strip_prefix(b"=") {
                self.rest = value;
                return Some((name, self.read_value()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_in_lower_case_and_ends_before_its_parameters() {
        for field in
            [" Text/PLAIN", "text/plain;a=b", "text/plain ; a=b", "text/plain(x)", "(x) text/plain"]
        {
            assert_eq!(value_and_parameters(field.as_bytes()).0, "text/plain", "{field:?}");
        }
        assert_eq!(value_and_parameters(b"").0, "");
    }

    #[test]
    fn a_boundary_is_a_parameter_plain_quoted_or_in_pieces() {
        let joined = |field: &str| {
            let field = format!("multipart/mixed{field}");
            String::from_utf8(boundary(value_and_parameters(field.as_bytes()).1)).unwrap()
        };
        for (field, expected) in [
            ("; boundary=b", "b"),
            (";boundary=b", "b"),
            ("; BOUNDARY = b", "b"),
            ("; boundary=b; boundary=c", "b"),
            ("; boundary=b c", "b"),
            ("; boundary==b(c)", "=b(c)"),
            ("; boundary (x) = (y) b", "b"),
            ("; boundary=b; charset=x", "b"),
            ("; charset=x; boundary=b", "b"),
            ("; charset=\"; boundary=x\"; boundary=b", "b"),
            ("; charset; ; boundary=b", "b"),
            (" (a; comment) ; boundary=b", "b"),
            ("; boundary=\"a; b\"", "a; b"),
            ("; boundary=\"b \"", "b"),
            ("; boundary=\"a\\\"b\\\\c\"", "a\"b\\c"),
            ("; boundary=\"b", "b"),
            ("; boundary*0=a; boundary*1=b; boundary*x=c", "ab"),
            ("; boundary=b; boundary*x=c", "b"),
        ] {
            assert_eq!(joined(field), expected, "{field:?}");
        }
        for field in
            ["", " boundary=b", "; boundary", "; boundary=", "; boundary=\"\"", "; a (; boundary=b"]
        {
            assert_eq!(joined(field), "", "{field:?}");
        }
    }
}
