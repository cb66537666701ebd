//! The values of fields: types, statuses, actions.

use alloc::string::String;

use super::{Action, Typed};
use crate::codes::EnhancedCode;
use crate::parse::after_type;

impl Typed {
    pub(super) fn read(text: &str) -> Typed {
        let Some(value) = after_type(text.as_bytes()) else {
            let value = text.strip_prefix(';').unwrap_or(text).trim();
            return Typed { kind: None, value: value.into(), comment: None };
        };
        let (kind, value) = text.split_at(text.len() - value.len());
        let kind = kind.trim_end_matches([';', ' ']).to_ascii_lowercase();
        Typed { kind: Some(kind), value: value.trim().into(), comment: None }
    }

    /// An address without angle brackets; of the type `utf-8`, decoded.
    pub(super) fn read_address(text: &str) -> Typed {
        let Typed { kind, value, comment } = Typed::read(text);
        let bare = value.strip_prefix('<').and_then(|value| value.strip_suffix('>'));
        let bare = bare.unwrap_or(&value);
        let value = match kind.as_deref() {
            Some("utf-8") => decode_utf8_address(bare),
            _ => bare.into(),
        };
        Typed { kind, value, comment }
    }
}

/// Decodes the `\x{…}` of `utf-8-addr-xtext` and `utf-8-addr-unitext` (RFC 6533 §3). Invalid and
/// control characters stay encoded.
fn decode_utf8_address(address: &str) -> String {
    let mut pieces = address.split("\\x{");
    let mut decoded = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        if let Some((character, rest)) = embedded_character(piece) {
            decoded.push(character);
            decoded.push_str(rest);
        } else {
            decoded.push_str("\\x{");
            decoded.push_str(piece);
        }
    }
    decoded
}

/// The character encoded by the at most six digits of `FC}…`, and the text after it.
fn embedded_character(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.split_once('}')?;
    let is_code = digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_code)?;
    let character = char::from_u32(code)?;
    (!character.is_control()).then_some((character, rest))
}

/// A status and the text after it: `5.1.1 (no such user)`.
pub(super) fn status(text: &str) -> Option<(EnhancedCode, Option<String>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (code, comment) = text.split_at(end);
    let comment = comment.trim();
    let inner = comment.strip_prefix('(').and_then(|comment| comment.strip_suffix(')'));
    let comment = inner.unwrap_or(comment).trim();
    Some((code.parse().ok()?, (!comment.is_empty()).then(|| comment.into())))
}

/// The first word.
pub(super) fn action(text: &str) -> Option<Action> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c));
    let word = &text[..end.unwrap_or(text.len())];
    (!word.is_empty()).then(|| Action::from(word))
}
