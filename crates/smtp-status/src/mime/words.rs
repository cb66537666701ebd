//! Encoded words (RFC 2047).

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::encoding::{base64, hexadecimal};

/// The text in which encoded words, `=?utf-8?q?Gr=C3=BC=C3=9Fe?=`, are decoded. Those in other
/// character sets than UTF-8, ASCII and ISO-8859-1 are kept.
pub(crate) fn decode_words(text: &str) -> Cow<'_, str> {
    if !text.contains("=?") {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    // Where the last word ends, if nothing but space follows it: space between words is no text.
    let mut after_word = None;
    while let Some(start) = rest.find("=?") {
        let (before, word) = rest.split_at(start);
        decoded.push_str(before);
        let Some((text, after)) = encoded_word(word) else {
            let (begin, after) = word.split_at(2);
            decoded.push_str(begin);
            (rest, after_word) = (after, None);
            continue;
        };
        if let Some(end) = after_word.filter(|&end| decoded[end..].trim().is_empty()) {
            decoded.truncate(end);
        }
        decoded.push_str(&text);
        (rest, after_word) = (after, Some(decoded.len()));
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The text of the encoded word at the start, and the text after it.
fn encoded_word(text: &str) -> Option<(String, &str)> {
    let in_charset = |c: char| c.is_ascii_alphanumeric() || "-_:.*".contains(c);
    let rest = text.strip_prefix("=?")?;
    let end = rest.find(|c| !in_charset(c))?;
    let (charset, rest) = rest.split_at(end);
    let (encoding, rest) = rest.strip_prefix('?')?.split_at_checked(1)?;
    let rest = rest.strip_prefix('?')?;
    let end = rest.find(|c: char| c == '?' || c.is_whitespace())?;
    let (data, rest) = rest.split_at(end);
    let rest = rest.strip_prefix("?=")?;
    let octets = match encoding {
        "B" | "b" => base64(data.as_bytes()),
        "Q" | "q" => q_encoded(data.as_bytes()),
        _ => return None,
    };
    // A language may follow the character set (RFC 2231 §5).
    let charset = charset.split('*').next()?;
    let is = |name: &str| charset.eq_ignore_ascii_case(name);
    let text = if is("utf-8") || is("us-ascii") {
        String::from_utf8_lossy(&octets).into_owned()
    } else if is("iso-8859-1") {
        octets.into_iter().map(char::from).collect()
    } else {
        return None;
    };
    Some((text, rest))
}

/// Decodes the "Q" encoding of RFC 2047 §4.2.
fn q_encoded(mut text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    while let Some((&byte, after)) = text.split_first() {
        let octet = (byte == b'=').then(|| hexadecimal(after)).flatten();
        text = if octet.is_some() { &after[2..] } else { after };
        decoded.push(octet.unwrap_or(if byte == b'_' { b' ' } else { byte }));
    }
    decoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_known_character_sets_are_decoded() {
        for (text, expected) in [
            ("a =?utf-8?q?b=C3=BC_c?= d", "a b\u{fc} c d"),
            ("=?UTF-8?B?w7w=?=", "\u{fc}"),
            ("=?iso-8859-1*de?Q?=FC?=", "\u{fc}"),
            ("=?us-ascii?q?a?= =?us-ascii?q?b?=\t=?us-ascii?q?c?= d", "abc d"),
            ("<=?utf-8?b?w7w=?=@example.com>", "<\u{fc}@example.com>"),
            ("=?utf-8?q?=4?=", "=4"),
        ] {
            assert_eq!(decode_words(text), expected, "{text:?}");
        }
        for text in [
            "",
            "=?",
            "=?utf-8",
            "=?utf-8?",
            "=?utf-8?q",
            "=?utf-8?q?",
            "=?utf-8?q?a",
            "=?utf-8?q?a b?=",
            "=?utf-8?x?a?=",
            "=?iso-2022-jp?b?GyRC?=",
            "a=?b =?c",
            "=?utf-8?\u{fc}?a?=",
        ] {
            assert_eq!(decode_words(text), text);
        }
    }
}
