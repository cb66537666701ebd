//! The text that programs add around a reply.

use alloc::borrow::Cow;

use super::status::printed_status;
use super::{fails, is_failure, leading_code};

/// The texts before a reply, in this order, of which the first is at the start, and the last text
/// after it. `#` is a digit; `###` is the reply's basic code.
type Frame = (&'static [&'static str], &'static str);

/// The known frames, in addition to the [type of a diagnostic](split_type).
const FRAMES: &[Frame] = &[
    // Postfix, in reports and logs: host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT
    // TO command); delivery temporarily suspended: host … refused to talk to me: 421 …
    (&["host ", " said: "], " (in reply to "),
    (&["host ", " refused to talk to me: "], ""),
    (&["", ": host ", " said: "], " (in reply to "),
    (&["", ": host ", " refused to talk to me: "], ""),
    // Postfix's log: …, relay=mx.example.com[192.0.2.1]:25, …, status=bounced (host … said: 550 …)
    (&["", " status=bounced ("], ")"),
    (&["", " status=deferred ("], ")"),
    (&["", " status=sent ("], ")"),
    (&["", " status=undeliverable ("], ")"),
    (&["", " status=deliverable ("], ")"),
    // Exim, in reports and logs: SMTP error from remote mail server after RCPT
    // TO:<anna@example.com>: 550 …; in older versions "mailer", a space after "TO:", and host
    // mx.example.com [192.0.2.1]: at the end, or without the colon at the start
    (&["", "SMTP error from remote mailer after RCPT TO: <", ">: "], ""),
    (&["", "SMTP error from remote mail", " after ", ": "], ""),
    (&["host ", "] SMTP error ", ": "], ""),
    (&["host ", "]: "], ""),
    // qmail-remote: 192.0.2.1 does not like recipient. LF Remote host said: 550 … LF Giving up on
    // 192.0.2.1.
    (&["", "Remote host said: "], ""),
    // Haraka: Upstream error: 451 4.7.1 …
    (&["Upstream error: "], ""),
    // CommuniGate Pro: host mx.example.com:25 says: 550 …
    (&["host ", " says: "], ""),
    // Coremail: SMTP error, RCPT TO: Host mx.example.com(192.0.2.1) RCPT TO said 550 …
    (&["SMTP error, ", " said "], ""),
    // Cisco IronPort: 5.1.0 - Unknown address error 550-'5.1.1 …' (delivery attempts: 0)
    (&["#.#.# - ", " ###-'"], "' (delivery attempts: "),
    (&["#.#.# - ", " ###-\""], "\" (delivery attempts: "),
];

/// The maximum number of frames around a reply: `x-postfix; host … said: 550 …`.
const MAX_FRAMES: usize = 4;

/// The maximum length of the text before or after a reply; host names have up to 255 octets.
const MAX_FRAME: usize = 512;

/// The reply inside its frames, `None` if the type of the diagnostic is not one of replies. A text
/// that begins with a basic code has no frame.
pub(super) fn without_frames(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    let mut reply = text.trim_ascii_start();
    for _ in 0..MAX_FRAMES {
        if leading_code(reply).is_some() {
            break;
        }
        if let Some((kind, value)) = split_type(reply) {
            reply = is_type_of_replies(kind, value).then_some(value)?;
        } else {
            match framed(reply) {
                Some(Cow::Borrowed(found)) => reply = found,
                Some(found) => return Some(found),
                None => break,
            }
        }
        reply = reply.trim_ascii_start();
    }
    Some(Cow::Borrowed(reply))
}

/// The text inside one of the [`FRAMES`], without the lines of the program that may follow the reply.
///
/// The frame whose start ends first counts: a server wrote what comes after it.
fn framed(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    let inside =
        FRAMES.iter().filter_map(|(before, after)| Some((find_inside(text, before)?, after)));
    let ((start, code), after) = inside.min_by_key(|&((start, _), _)| start)?;
    let text = &text[start..];
    let window = text.len().saturating_sub(MAX_FRAME);
    let end = places(&text[window..], after).next_back().map_or(text.len(), |end| window + end);
    let first = text.trim_ascii_start();
    let is_reply = leading_code(first).is_some();
    let is_end = |&at: &usize| text[at] == b'\n' && leading_code(&text[at + 1..]).is_none();
    let end = (0..end).find(|at| is_reply && is_end(at)).unwrap_or(end);
    let is_hidden = announces_more(first) && has_failing_word(&text[end..]);
    let reply = if is_hidden { text } else { &text[..end] };
    Some(code.map_or(Cow::Borrowed(reply), |code| Cow::Owned([code, b" ", reply].concat())))
}

/// Whether the first line is a success that may not be the end of the reply.
fn announces_more(text: &[u8]) -> bool {
    match leading_code(text) {
        Some(code) => !is_failure(code) && text.get("250".len()) == Some(&b'-'),
        None => printed_status(text).is_some() && !fails(text),
    }
}

/// Whether a word begins like the line of a failure.
fn has_failing_word(text: &[u8]) -> bool {
    (1..text.len()).any(|at| {
        let (before, word) = text.split_at(at);
        let is_start =
            before.ends_with(b"\\n") || before.last().is_some_and(u8::is_ascii_whitespace);
        is_start && !word[0].is_ascii_whitespace() && fails(word)
    })
}

/// Where the text after the start of a frame begins, and the basic code that is a part of it.
fn find_inside<'t>(text: &'t [u8], before: &[&str]) -> Option<(usize, Option<&'t [u8]>)> {
    let (first, others) = before.split_first()?;
    // A reply that was printed without its basic code has only the frame that begins so.
    let has_frame = printed_status(text).is_none() || first.starts_with('#');
    text_after(text, first).filter(|_| has_frame)?;
    let (mut start, mut code) = (first.len(), None);
    for other in others {
        let rest = &text[start..];
        let found = places(&rest[..rest.len().min(MAX_FRAME)], other).next()?;
        code = other.starts_with(" ###").then(|| &rest[found + 1..][..3]);
        start += found + other.len();
    }
    // The address in a longer frame is no reply, and no program writes a success after a failure.
    let is_address = code.is_none() && text[start..].trim_ascii_start().starts_with(b"<");
    (!is_address && code.is_none_or(|code| code[0] >= b'4')).then_some((start, code))
}

/// Where a text contains another one.
fn places(text: &[u8], expected: &str) -> impl DoubleEndedIterator<Item = usize> {
    (0..=text.len()).filter(move |&at| text_after(&text[at..], expected).is_some())
}

/// The text after this one, in which a space is any white space and `#` a digit.
fn text_after<'t>(text: &'t [u8], expected: &str) -> Option<&'t [u8]> {
    let (start, rest) = text.split_at_checked(expected.len())?;
    let is_same = |(&found, expected): (&u8, u8)| match expected {
        b' ' => found.is_ascii_whitespace(),
        b'#' => found.is_ascii_digit(),
        _ => found == expected,
    };
    start.iter().zip(expected.bytes()).all(is_same).then_some(rest)
}

/// The diagnostic-type and the text of `smtp; text`. The type is an atom (RFC 3464 §2.1.2) with a
/// letter first.
pub(crate) fn split_type(text: &[u8]) -> Option<(&[u8], &[u8])> {
    text.first().filter(|byte| byte.is_ascii_alphabetic())?;
    let in_type = |byte: &&u8| byte.is_ascii_alphanumeric() || b"-_./".contains(byte);
    let length = text.iter().take(MAX_FRAME).take_while(in_type).count();
    let (kind, rest) = text.split_at(length);
    Some((kind, rest.trim_ascii_start().strip_prefix(b";")?))
}

/// Whether a diagnostic of a type can be a reply: a number by itself is one for `smtp` and `lmtp`
/// only. `x-unix` is the exit status or the output of a program (RFC 3464, appendix E).
pub(crate) fn is_type_of_replies(kind: &[u8], text: &[u8]) -> bool {
    match &*kind.to_ascii_lowercase() {
        b"smtp" | b"lmtp" => true,
        b"x-unix" => false,
        kind => kind.starts_with(b"x-") && !text.trim_ascii().iter().all(u8::is_ascii_digit),
    }
}
