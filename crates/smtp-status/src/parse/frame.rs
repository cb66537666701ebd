//! The text that programs add around a reply.

use super::status::status_at_start;
use super::{lines, text_after_code, without_space};
use crate::codes::BasicCode;
use crate::text::{Unit, after, decimal};

/// The text that a program adds around a reply.
struct Frame {
    /// The start of the text before the reply.
    start: &'static str,
    /// The end of that text.
    end: &'static str,
    /// The start of the text after the reply.
    suffix: Option<&'static str>,
}

const fn frame(start: &'static str, end: &'static str, suffix: Option<&'static str>) -> Frame {
    Frame { start, end, suffix }
}

/// The known frames, in addition to the [type of a diagnostic](after_type).
const FRAMES: [Frame; 5] = [
    // Postfix, in reports and logs: host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT
    // TO command)
    frame("host ", " said: ", Some(" (in reply to ")),
    frame("host ", " refused to talk to me: ", None),
    // Exim: SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …; before 4.83
    // followed by host mx.example.com [192.0.2.1]:
    frame("SMTP error from remote mail server after ", ": ", None),
    frame("host ", "]: ", None),
    // qmail-remote: 192.0.2.1 does not like recipient. LF Remote host said: 550 … LF Giving up on
    // 192.0.2.1.
    frame("", "Remote host said: ", Some("\nGiving up on ")),
];

/// The maximum number of frames around a reply: `x-postfix; host … said: 550 …`.
const MAX_FRAMES: usize = 3;

/// The maximum length of the text before or after a reply; host names have up to 255 octets.
const MAX_FRAME: usize = 512;

/// The reply inside its frames. A text that begins with a code has none.
pub(super) fn without_frames<U: Unit>(text: &[U]) -> &[U] {
    let mut reply = without_space(text);
    for _ in 0..MAX_FRAMES {
        if lines(reply).next().is_some_and(begins_with_code) {
            break;
        }
        let Some(framed) = after_type(reply).or_else(|| framed(reply)) else { break };
        reply = without_space(framed);
    }
    reply
}

/// Whether a line begins like a reply, with or without a basic code.
fn begins_with_code<U: Unit>(line: &[U]) -> bool {
    let is_text = |(_, rest)| text_after_code(rest).is_some();
    BasicCode::read(line).is_ok_and(is_text) || status_at_start(line).is_some()
}

/// The text inside the first of the [`FRAMES`] that matches.
fn framed<U: Unit>(text: &[U]) -> Option<&[U]> {
    FRAMES.iter().find_map(|frame| {
        let rest = after_text(text, frame.start)?;
        let window = &rest[..rest.len().min(MAX_FRAME)];
        let end = (0..=window.len()).find_map(|start| after_text(&window[start..], frame.end))?;
        let text = &rest[window.len() - end.len()..];
        let Some(suffix) = frame.suffix else { return Some(text) };
        let last = text.len().saturating_sub(MAX_FRAME)..text.len();
        let suffix = last.rev().find(|&start| after_text(&text[start..], suffix).is_some());
        Some(&text[..suffix.unwrap_or(text.len())])
    })
}

/// The text after a diagnostic-type, `smtp; text`: an atom (RFC 3464 §2.1.2) with a letter first.
pub(crate) fn after_type<U: Unit>(text: &[U]) -> Option<&[U]> {
    let is_letter = |unit: U| char::from_u32(unit.into()).is_some_and(|c| c.is_ascii_alphabetic());
    let in_type = |unit: U| {
        is_letter(unit)
            || decimal(unit).is_some()
            || "-_./".chars().any(|c| unit.into() == c.into())
    };
    let length = text.iter().take(MAX_FRAME).take_while(|&&unit| in_type(unit)).count();
    is_letter(*text.first()?).then_some(())?;
    after(without_space(&text[length..]), ';')
}

/// The text after this one.
fn after_text<'t, U: Unit>(text: &'t [U], expected: &str) -> Option<&'t [U]> {
    expected.chars().try_fold(text, after)
}
