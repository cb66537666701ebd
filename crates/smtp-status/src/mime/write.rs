//! Writing fields, encodings and boundaries, all in lines of at most 998 octets.

use alloc::string::{String, ToString};

/// The maximum length of a line in octets, without CR LF (RFC 5322 §2.1.1).
pub(crate) const MAX_LINE: usize = 998;

/// The length that lines should have (RFC 5322 §2.1.1).
pub(crate) const LINE: usize = 78;

/// The text on one line. Some readers end lines at other characters than CR and LF.
pub(crate) fn one_line(text: &str) -> String {
    let ends_line = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(ends_line, " ").trim().into()
}

/// A field, which nothing in its value ends.
pub(crate) fn field(name: &str, value: &str) -> String {
    folded(format!("{name}: {}", one_line(value)).trim_ascii_end()) + "\r\n"
}

/// A line on several ones. Readers join them with single spaces, so only what does not fit in a line
/// is changed.
pub(crate) fn folded(mut line: &str) -> String {
    let mut out = String::new();
    while let Some(at) = fold(line) {
        let (start, rest) = line.split_at(at);
        out.extend([start.trim_ascii_end(), "\r\n "]);
        line = rest.trim_ascii_start();
    }
    out + line
}

/// Where a line is folded that is too long: at its last single space that makes a short line, else
/// at its first one, else where it has to be. All lines but the first have a space before them.
fn fold(line: &str) -> Option<usize> {
    let is_space = |at: usize| line.as_bytes().get(at) == Some(&b' ');
    let is_single = |&at: &usize| is_space(at) && !is_space(at - 1) && !is_space(at + 1);
    let single = (1..LINE).rev().chain(LINE..MAX_LINE).find(is_single);
    let last = (1..MAX_LINE).rev().find(|&at| line.is_char_boundary(at));
    single.or(last.filter(|_| line.len() >= MAX_LINE)).filter(|_| line.len() >= LINE)
}

/// A text of a header field as encoded words (RFC 2047 §2), which have at most 75 octets.
pub(crate) fn encoded_words(text: &str) -> String {
    let words = encoded(text, char::is_ascii_alphanumeric, 63, "?= =?utf-8?q?");
    format!("=?utf-8?q?{words}?=")
}

/// A text in quoted-printable (RFC 2045 §6.7), without the space at the end of lines, which have at
/// most 76 octets.
pub(crate) fn quoted_printable(text: &str) -> String {
    let is_plain = |c: &char| *c == ' ' || c.is_ascii_graphic() && *c != '=';
    let line = |line: &str| encoded(line.trim_ascii_end(), is_plain, 75, "=\r\n") + "\r\n";
    text.lines().map(line).collect()
}

/// The text with `=3D` for what is not plain, and `end` before what would make a line longer than
/// `max`.
fn encoded(text: &str, is_plain: impl Fn(&char) -> bool, max: usize, end: &str) -> String {
    let octet = |byte| format!("={byte:02X}");
    let octets = |c: char| c.to_string().bytes().map(octet).collect();
    let (mut out, mut start) = (String::new(), 0);
    for c in text.chars() {
        let piece: String = if is_plain(&c) { c.into() } else { octets(c) };
        if out.len() - start + piece.len() > max {
            out.push_str(end);
            start = out.len();
        }
        out.push_str(&piece);
    }
    out
}

/// A boundary that occurs in none of the contents, found without randomness: each digit is the one that
/// follows least often.
pub(crate) fn boundary(contents: &[&[u8]]) -> String {
    let count = |name: &str| {
        let names = contents.iter().flat_map(|content| content.split(|&byte| byte == b'='));
        names.filter(|found| found.starts_with(name.as_bytes())).count()
    };
    let mut name = String::from("_report_");
    while count(&name) > 0 {
        name.extend(('0'..='9').min_by_key(|digit| count(&format!("{name}{digit}"))));
    }
    format!("={name}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::encoding;

    #[test]
    fn a_line_is_folded_between_words_and_reads_the_same() {
        let words = ["word"; 400].join(" ");
        let spaces = words.replace("word word word", "word  word word");
        let long = ["a".repeat(900), "b".repeat(90)].join(" ");
        for (value, max) in [("", 3), ("a  b", 7), (&words, LINE), (&spaces, LINE), (&long, 901)] {
            let line = format!("X: {value}");
            let folded = folded(&line);
            assert_eq!(folded.replace("\r\n", ""), line);
            assert!(folded.lines().all(|line| line.len() <= max));
        }
    }

    #[test]
    fn no_line_is_too_long_or_blank() {
        for value in ["ü".repeat(5_000), " ".repeat(5_000) + "x", "x ".repeat(5_000) + "y"] {
            for value in [value.clone(), format!("{value}{}{value}", "z".repeat(997))] {
                for line in folded(&format!("X: {value}")).split("\r\n") {
                    assert!(line.len() <= MAX_LINE, "{}", line.len());
                    assert!(!line.trim().is_empty());
                }
            }
        }
    }

    #[test]
    fn a_field_has_one_line() {
        assert_eq!(field("A", "b\r\nX: y\r\n"), "A: b  X: y\r\n");
        assert_eq!(field("A", ""), "A:\r\n");
    }

    #[test]
    fn encoded_words_are_short_and_split_no_character() {
        assert_eq!(encoded_words("Grüße"), "=?utf-8?q?Gr=C3=BC=C3=9Fe?=");
        assert_eq!(encoded_words("=?x?="), "=?utf-8?q?=3D=3Fx=3F=3D?=");
        let text = "日本 ".repeat(30);
        let mut decoded = Vec::new();
        for word in encoded_words(&text).split(' ') {
            assert!(word.len() <= 75);
            let content = word.strip_prefix("=?utf-8?q?").unwrap().strip_suffix("?=").unwrap();
            let part = encoding::quoted_printable(content.as_bytes());
            decoded.push(String::from_utf8(part).unwrap().trim_end_matches('\n').to_owned());
        }
        assert_eq!(decoded.concat(), text);
    }

    #[test]
    fn quoted_printable_is_short_and_decodes_to_the_same() {
        for text in ["a", "a=b\n\n\tx\n", "Grüße", &"x".repeat(76), &"ü".repeat(300), "\0\x1b\n"]
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
        let mut content = String::new();
        for _ in 0..200 {
            let next = boundary(&[b"x", content.as_bytes()]);
            assert!(!content.contains(&next));
            assert!(next.len() < 15);
            content.extend(["--", &next, "\r\n"]);
        }
        assert_eq!(boundary(&[b"=_report_0 =_report_2", b"=_report_1"]), "=_report_3");
        assert_eq!(boundary(&[b"=_repo", b"rt_", b"= _report_"]), "=_report_");
    }
}
