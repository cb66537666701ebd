//! Media types and their parameters (RFC 2045 §5.1).

use alloc::string::String;
use alloc::vec::Vec;

/// The media type in lower case and the boundary of `multipart/report; boundary="x"` (RFC 2045
/// §5.1). A boundary in several pieces, `boundary*0=…; boundary*1=…`, is joined (RFC 2231 §3).
pub(super) fn content_type(value: &[u8]) -> (String, Option<Vec<u8>>) {
    let mut rest = Parameters { rest: value };
    let media_type = rest.token().to_ascii_lowercase();
    let media_type = String::from_utf8_lossy(&media_type).into_owned();
    let mut boundary = None;
    for (name, value) in rest {
        let name = name.to_ascii_lowercase();
        match name.strip_prefix(b"boundary") {
            Some(b"") if boundary.is_none() => boundary = Some(value),
            Some([b'*', digits @ ..]) if digits.iter().all(u8::is_ascii_digit) => {
                boundary.get_or_insert_default().extend_from_slice(&value);
            }
            _ => {}
        }
    }
    // Trailing space is not part of a boundary (RFC 2046 §5.1.1).
    let boundary = boundary.map(|boundary| boundary.trim_ascii_end().to_vec());
    (media_type, boundary.filter(|boundary| !boundary.is_empty()))
}

/// The name of a file, `; name=x` or `; filename="x"` (RFC 2183 §2.3).
pub(super) fn file_name(value: &[u8]) -> Option<Vec<u8>> {
    let mut parameters = Parameters { rest: value };
    let is_name =
        |name: &[u8]| [&b"name"[..], b"filename"].iter().any(|n| name.eq_ignore_ascii_case(n));
    parameters.find(|(name, _)| is_name(name)).map(|(_, value)| value)
}

/// The text of a field before the first space, `;`, `=` or comment.
pub(super) fn first_token(value: &[u8]) -> Vec<u8> {
    Parameters { rest: value }.token()
}

/// The text after a media type: `; name=value; name="quoted value"`, with comments in parentheses.
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
            // Many programs do not quote values that contain `=` or `(`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_in_lower_case_and_ends_before_its_parameters() {
        for field in
            [" Text/PLAIN", "text/plain;a=b", "text/plain ; a=b", "text/plain(x)", "(x) text/plain"]
        {
            assert_eq!(content_type(field.as_bytes()).0, "text/plain", "{field:?}");
        }
        assert_eq!(content_type(b""), (String::new(), None));
    }

    #[test]
    fn a_boundary_is_a_parameter_plain_quoted_or_in_pieces() {
        let boundary = |field: &str| {
            let (_, boundary) = content_type(format!("multipart/mixed{field}").as_bytes());
            boundary.map(|boundary| String::from_utf8(boundary).unwrap())
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
            assert_eq!(boundary(field).as_deref(), Some(expected), "{field:?}");
        }
        for field in
            ["", " boundary=b", "; boundary", "; boundary=", "; boundary=\"\"", "; a (; boundary=b"]
        {
            assert_eq!(boundary(field), None, "{field:?}");
        }
    }
}
