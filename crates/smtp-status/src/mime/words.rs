//! Encoded words (RFC 2047).

use alloc::string::String;
use alloc::vec::Vec;

use super::encoding::{base64, decode_octets};

/// The text in which encoded words, `=?utf-8?q?Gr=C3=BC=C3=9Fe?=`, are decoded. Those in other
/// character sets than UTF-8, ASCII and ISO-8859-1 are kept.
pub(crate) fn decode_words(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let (mut rest, mut is_after_word) = (text, false);
    while let Some((before, word)) = rest.split_once("=?") {
        let found = encoded_word(word);
        // RFC 2047 §6.2: space between two encoded words is dropped.
        if !is_after_word || found.is_none() || !before.trim().is_empty() {
            decoded += before;
        }
        is_after_word = found.is_some();
        let (text, after) = found.unwrap_or(("=?".into(), word));
        decoded += &text;
        rest = after;
    }
    decoded + rest
}

/// The text of an encoded word, which begins after its `=?`, and the text after it.
fn encoded_word(word: &str) -> Option<(String, &str)> {
    let (charset, rest) = word.split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (data, rest) = rest.split_once('?')?;
    let rest = rest.strip_prefix('=').filter(|_| !data.contains(char::is_whitespace))?;
    let mut octets = Vec::new();
    match encoding {
        "B" | "b" => octets = base64(data.as_bytes()),
        "Q" | "q" => decode_octets(data.replace('_', " ").as_bytes(), &mut octets),
        _ => return None,
    }
    // A language may follow the character set (RFC 2231 §5).
    let text = match &*charset.split('*').next()?.to_ascii_lowercase() {
        "utf-8" | "us-ascii" => String::from_utf8_lossy(&octets).into_owned(),
        "iso-8859-1" => octets.into_iter().map(char::from).collect(),
        _ => return None,
    };
    Some((text, rest))
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
            ("=?utf-8?q?a?= =?b", "a =?b"),
            ("=?utf-8?q?a?= b =?utf-8?q?c?=", "a b c"),
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
