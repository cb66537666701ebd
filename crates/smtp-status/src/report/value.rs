//! The values of fields: types, statuses, actions.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Action, Typed};
use crate::codes::{Class, EnhancedCode};
use crate::mime::decode_words;
use crate::parse::split_type;
use crate::text::strip_controls;

/// The text without control characters and space around it; a tab becomes a space.
pub(super) fn strip_and_trim(text: &[u8]) -> String {
    strip_controls(&String::from_utf8_lossy(text).replace('\t', " ")).trim().into()
}

impl Typed {
    fn read(text: &str) -> Typed {
        let (kind, value) = match split_type(text.as_bytes()) {
            Some((kind, value)) => {
                (Some(text[..kind.len()].to_ascii_lowercase()), &text[text.len() - value.len()..])
            }
            None => (None, text.strip_prefix(';').unwrap_or(text)),
        };
        Typed { kind, value: value.trim().into(), comment: None }
    }

    /// A diagnostic.
    pub(super) fn read_text(text: &str) -> Typed {
        let typed = Typed::read(text);
        Typed { value: decoded(&typed.value), ..typed }
    }

    /// The name of a server.
    pub(super) fn read_name(text: &str) -> Typed {
        let typed = Typed::read(text);
        let (value, comment) = without_comments(&typed.value);
        Typed { value: value.into(), comment, ..typed }
    }

    /// An address without angle brackets; of the type `utf-8`, decoded.
    pub(super) fn read_address(text: &str) -> Typed {
        let mut typed = Typed::read_name(text);
        // XWall puts the type before one that is there already.
        let repeated = Typed::read(&typed.value);
        if typed.kind.as_deref() == Some("rfc822") && repeated.kind == typed.kind {
            typed.value = repeated.value;
        }
        if let Some(bare) = typed.value.strip_suffix('>') {
            typed.value = bare.split_once('<').map_or(bare, |(_, address)| address).into();
        }
        if matches!(typed.kind.as_deref(), Some("utf-8" | "utf8")) {
            typed.value = decode_utf8_address(&typed.value);
        }
        typed
    }
}

/// A text without the comments of RFC 5322 §3.2.2 at its end, and the comments. What is no text
/// without them is kept, and so are the parentheses within an X.400 address.
fn without_comments(text: &str) -> (&str, Option<String>) {
    // Quoted pairs begin and end nothing.
    let marked = text.replace("\\\\", "__").replace("\\(", "__").replace("\\)", "__");
    let (mut value, mut comments) = (text, Vec::new());
    while let Some(start) = comment_start(&marked[..value.len()]) {
        comments.push(value[start + 1..value.len() - 1].trim());
        value = value[..start].trim_end();
    }
    comments.reverse();
    if value.is_empty() { (text, None) } else { (value, meaning(&comments.join(" "))) }
}

/// Where the comment begins that ends a text.
fn comment_start(text: &str) -> Option<usize> {
    let mut depth = 0;
    let is_start = |c| {
        depth += i32::from(c == ')') - i32::from(c == '(');
        depth == 0
    };
    text.rfind(is_start).filter(|_| text.ends_with(')'))
}

/// The text of a comment; `None` if it is empty.
fn meaning(comment: &str) -> Option<String> {
    let comment = decoded(comment);
    // No text has NUL after that.
    let comment = comment.replace("\\\\", "\0").replace("\\(", "(").replace("\\)", ")");
    (!comment.is_empty()).then(|| comment.replace('\0', "\\"))
}

/// A text for people.
fn decoded(text: &str) -> String {
    strip_and_trim(decode_words(text).as_bytes())
}

/// Decodes the `\x{…}` of `utf-8-addr-xtext` and `utf-8-addr-unitext` (RFC 6533 §3). Invalid and
/// control characters stay encoded.
fn decode_utf8_address(address: &str) -> String {
    let mut pieces = address.split("\\x{");
    let mut decoded = String::from(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (character, rest) = embedded_character(piece).unzip();
        decoded += &character.map_or("\\x{".into(), String::from);
        decoded += rest.unwrap_or(piece);
    }
    decoded
}

/// The character encoded by the at most six digits of `FC}…`, and the text after it.
fn embedded_character(text: &str) -> Option<(char, &str)> {
    let (digits, rest) = text.split_once('}')?;
    let is_code = digits.len() <= 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_code)?;
    char::from_u32(code).filter(|c| !c.is_control()).map(|character| (character, rest))
}

/// A status and the text after it: `5.1.1 (no such user)`.
pub(super) fn status(text: &str) -> Option<(EnhancedCode, Option<String>)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (code, comment) = text.split_at(end);
    let comment = comment.trim();
    let inner = comment.strip_prefix('(').and_then(|comment| comment.strip_suffix(')'));
    Some((code.parse().ok()?, meaning(inner.unwrap_or(comment))))
}

/// The class of a status that is not valid as a whole: `5.1`, `(5.1.1)`.
pub(super) fn class(text: &str) -> Option<Class> {
    let code = text.trim_start_matches(|c: char| !c.is_ascii_alphanumeric());
    let (class, rest) = code.split_at_checked(1)?;
    class.parse().ok().filter(|_| rest.is_empty() || rest.starts_with('.'))
}

/// The first word that is an action of RFC 3464, else the first word.
pub(super) fn action(text: &str) -> Option<Action> {
    let is_end = |c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c);
    let mut actions = text.split(is_end).filter(|word| !word.is_empty()).map(Action::from);
    actions.clone().find(Action::is_known).or_else(|| actions.next())
}
