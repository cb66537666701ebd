//! Writing fields, encodings and boundaries, all in lines of at most 998 octets.

use alloc::string::String;
use core::iter;

use super::fields::Lines;

/// The maximum length of a line in octets, without CR LF (RFC 5322 §2.1.1).
pub(crate) const MAX_LINE: usize = 998;

/// The length that lines should have (RFC 5322 §2.1.1).
pub(crate) const LINE: usize = 78;

/// The maximum length of an encoded word (RFC 2047 §2).
const MAX_WORD: usize = 75;

/// The text on one line. Some readers end lines at other characters than CR and LF.
pub(crate) fn one_line(text: &str) -> String {
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    String::from(text.replace(ends_line, " ").trim())
}

/// Appends a field whose value is on one line, and folds it. The value is read as it is here, but
/// for words and runs of spaces that do not fit in a line.
pub(crate) fn push_field(out: &mut String, name: &str, value: &str) {
    let mut column = name.len() + 1;
    out.extend([name, ":"]);
    // A reader joins lines with one space.
    let mut is_single_space = false;
    for mut word in value.split(' ') {
        if word.is_empty() {
            // No line may consist of space alone.
            if column < MAX_LINE / 2 {
                out.push(' ');
                column += 1;
            }
            is_single_space = false;
            continue;
        }
        let limit = if is_single_space { LINE } else { MAX_LINE };
        let mut is_folded = column + 1 + word.len() > limit;
        while word.len() >= MAX_LINE {
            let (piece, rest) = word.split_at(floor_char_boundary(word, MAX_LINE - 1));
            out.extend(["\r\n ", piece]);
            word = rest;
            is_folded = true;
        }
        column = if is_folded { 0 } else { column } + 1 + word.len();
        out.extend([if is_folded { "\r\n " } else { " " }, word]);
        is_single_space = true;
    }
    out.push_str("\r\n");
}

/// The last position up to `index` between two characters.
pub(crate) fn floor_char_boundary(text: &str, index: usize) -> usize {
    (0..=index).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// A text of a header field as encoded words if it is not ASCII (RFC 2047).
pub(crate) fn encoded_words(text: &str) -> String {
    if text.is_ascii() && !text.contains("=?") {
        return text.into();
    }
    let start = "=?utf-8?q?";
    let mut words = String::from(start);
    let mut length = start.len();
    for c in text.chars() {
        let mut encoded = String::new();
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            push_encoded(&mut encoded, byte, byte.is_ascii_alphanumeric());
        }
        if length + encoded.len() + "?=".len() > MAX_WORD {
            words.extend(["?= ", start]);
            length = start.len();
        }
        words.push_str(&encoded);
        length += encoded.len();
    }
    words + "?="
}

/// A text in quoted-printable (RFC 2045 §6.7).
pub(crate) fn quoted_printable(text: &str) -> String {
    // With the `=` of a soft line break, 76.
    const MAX: usize = 75;
    let mut out = String::new();
    for line in Lines::new(text.as_bytes()) {
        let mut start = out.len();
        for (index, &byte) in line.iter().enumerate() {
            let is_plain = match byte {
                b' ' => index + 1 < line.len(),
                _ => byte.is_ascii_graphic() && byte != b'=',
            };
            if out.len() - start + if is_plain { 1 } else { 3 } > MAX {
                out.push_str("=\r\n");
                start = out.len();
            }
            push_encoded(&mut out, byte, is_plain);
        }
        out.push_str("\r\n");
    }
    out
}

/// Appends a byte as both encodings have it: plain or as `=3D`.
fn push_encoded(out: &mut String, byte: u8, is_plain: bool) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if is_plain {
        return out.push(byte.into());
    }
    let digits = [byte >> 4, byte & 0xf].map(|digit| DIGITS[usize::from(digit)].into());
    out.push('=');
    out.extend::<[char; 2]>(digits);
}

/// A boundary that occurs in none of the contents, found without randomness: each digit is the one
/// that is the least used after those before it. No boundary is the start of another, because all
/// have the same length.
pub(crate) fn boundary(contents: &[&[u8]]) -> String {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    /// More digits than a content can have occurrences.
    const LENGTH: usize = "=_report_".len() + 20;

    let mut boundary = String::from("=_report_");
    let mut is_used = true;
    while boundary.len() < LENGTH {
        let mut uses = [0_usize; DIGITS.len()];
        for content in contents.iter().filter(|_| is_used) {
            for window in content.windows(boundary.len() + 1) {
                if let Some([digit]) = window.strip_prefix(boundary.as_bytes()) {
                    let value = usize::from(digit.wrapping_sub(b'0'));
                    uses.get_mut(value).into_iter().for_each(|count| *count += 1);
                }
            }
        }
        is_used = uses != [0; DIGITS.len()];
        let least = iter::zip(uses, DIGITS).min_by_key(|&(count, _)| count);
        boundary.push_str(least.map_or("0", |(_, digit)| digit));
    }
    boundary
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::encoding;

    fn unfolded(field: &str) -> String {
        field.trim_end().replace("\r\n", "").replacen("X: ", "", 1)
    }

    #[test]
    fn a_field_is_folded_between_words_and_reads_the_same() {
        let words = ["word"; 400].join(" ");
        let spaces = words.replace("word word word", "word  word word");
        let long = ["a".repeat(900), "b".repeat(90)].join(" ");
        for (value, max) in [("", 3), ("a  b", 7), (&words, LINE), (&spaces, 90), (&long, 903)] {
            let mut field = String::new();
            push_field(&mut field, "X", value);
            assert_eq!(unfolded(&field), if value.is_empty() { "X:" } else { value });
            assert!(field.lines().all(|line| line.len() <= max));
        }
    }

    #[test]
    fn no_line_is_too_long_or_blank() {
        for value in ["ü".repeat(5_000), " ".repeat(5_000) + "x", "x ".repeat(5_000) + "y"] {
            for value in [value.clone(), format!("{value}{}{value}", "z".repeat(997))] {
                let mut field = String::new();
                push_field(&mut field, "X", &value);
                assert!(field.ends_with("\r\n"));
                for line in field.split_terminator("\r\n") {
                    assert!(line.len() <= MAX_LINE, "{}", line.len());
                    assert!(!line.trim().is_empty());
                }
            }
        }
    }

    #[test]
    fn encoded_words_are_short_and_split_no_character() {
        assert_eq!(encoded_words("Plain text"), "Plain text");
        assert_eq!(encoded_words("Grüße"), "=?utf-8?q?Gr=C3=BC=C3=9Fe?=");
        assert_eq!(encoded_words("=?x?="), "=?utf-8?q?=3D=3Fx=3F=3D?=");
        let text = "日本 ".repeat(30);
        let mut decoded = Vec::new();
        for word in encoded_words(&text).split(' ') {
            assert!(word.len() <= MAX_WORD);
            let content = word.strip_prefix("=?utf-8?q?").unwrap().strip_suffix("?=").unwrap();
            let part = encoding::quoted_printable(content.as_bytes());
            decoded.push(String::from_utf8(part).unwrap().trim_end_matches('\n').to_owned());
        }
        assert_eq!(decoded.concat(), text);
    }

    #[test]
    fn quoted_printable_is_short_and_decodes_to_the_same() {
        for text in ["a", "a=b \n\n\tx \n", "Grüße", &"x".repeat(76), &"ü".repeat(300), "\0\x1b\n"]
        {
            let encoded = quoted_printable(text);
            assert!(encoded.is_ascii());
            assert!(encoded.split("\r\n").all(|line| line.len() <= 76), "{encoded}");
            let decoded = String::from_utf8(encoding::quoted_printable(encoded.as_bytes()));
            assert_eq!(decoded.unwrap().trim_end_matches('\n'), text.trim_end_matches('\n'));
        }
    }

    #[test]
    fn a_boundary_occurs_in_no_content() {
        let first = boundary(&[]);
        let mut content = String::new();
        for _ in 0..200 {
            let next = boundary(&[b"x", content.as_bytes()]);
            assert!(!content.contains(&next));
            assert_eq!(next.len(), first.len());
            content.extend(["--", &next, "\r\n"]);
        }
        let every: Vec<_> = (0..2_000).map(|number| format!("=_report_{number:04}")).collect();
        let every = every.concat();
        assert!(!every.contains(&boundary(&[every.as_bytes()])[.."=_report_".len() + 4]));
    }
}
