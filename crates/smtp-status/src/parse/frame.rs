//! The text that programs add around a reply.

use alloc::borrow::Cow;

use super::leading_code;
use super::status::printed_status;

/// The text that a program adds around a reply.
struct Frame {
    /// The texts before the reply, in this order; the first is at the start. `#` is a digit; `###`
    /// is the reply's basic code.
    before: &'static [&'static str],
    after: After,
}

/// What ends the reply.
enum After {
    Nothing,
    /// The last of these texts.
    Text(&'static str),
    /// The first line without a basic code.
    OtherLine,
}

/// The known frames, in addition to the [type of a diagnostic](after_type).
const FRAMES: [Frame; 20] = [
    // Postfix, in reports and logs: host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT
    // TO command); delivery temporarily suspended: host … refused to talk to me: 421 …
    Frame { before: &["host ", " said: "], after: After::Text(" (in reply to ") },
    Frame { before: &["host ", " refused to talk to me: "], after: After::Nothing },
    Frame { before: &["", ": host ", " said: "], after: After::Text(" (in reply to ") },
    Frame { before: &["", ": host ", " refused to talk to me: "], after: After::Nothing },
    // Postfix's log: …, relay=mx.example.com[192.0.2.1]:25, …, status=bounced (host … said: 550 …)
    Frame { before: &["", " status=bounced ("], after: After::Text(")") },
    Frame { before: &["", " status=deferred ("], after: After::Text(")") },
    Frame { before: &["", " status=sent ("], after: After::Text(")") },
    Frame { before: &["", " status=undeliverable ("], after: After::Text(")") },
    Frame { before: &["", " status=deliverable ("], after: After::Text(")") },
    // Exim, in reports and logs: SMTP error from remote mail server after RCPT
    // TO:<anna@example.com>: 550 …; in older versions "mailer", a space after "TO:", and host
    // mx.example.com [192.0.2.1]: at the end, or without the colon at the start
    Frame {
        before: &["", "SMTP error from remote mail server after ", ": "],
        after: After::Nothing,
    },
    Frame {
        before: &["", "SMTP error from remote mailer after RCPT TO: <", ">: "],
        after: After::Nothing,
    },
    Frame { before: &["", "SMTP error from remote mailer after ", ": "], after: After::Nothing },
    Frame { before: &["host ", "] SMTP error ", ": "], after: After::Nothing },
    Frame { before: &["host ", "]: "], after: After::Nothing },
    // qmail-remote: 192.0.2.1 does not like recipient. LF Remote host said: 550 … LF Giving up on
    // 192.0.2.1.
    Frame { before: &["", "Remote host said: "], after: After::OtherLine },
    // Haraka: Upstream error: 451 4.7.1 …
    Frame { before: &["Upstream error: "], after: After::Nothing },
    // CommuniGate Pro: host mx.example.com:25 says: 550 …
    Frame { before: &["host ", " says: "], after: After::Nothing },
    // Coremail: SMTP error, RCPT TO: Host mx.example.com(192.0.2.1) RCPT TO said 550 …
    Frame { before: &["SMTP error, ", " said "], after: After::Nothing },
    // Cisco IronPort: 5.1.0 - Unknown address error 550-'5.1.1 …' (delivery attempts: 0)
    Frame { before: &["#.#.# - ", " ###-'"], after: After::Text("' (delivery attempts: ") },
    Frame { before: &["#.#.# - ", " ###-\""], after: After::Text("\" (delivery attempts: ") },
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
        reply = if let Some(value) = after_type(reply) {
            let kind = &reply[..reply.len() - value.len()];
            if !is_type_of_replies(kind.split(|&byte| !in_type(byte)).next()?, value) {
                return None;
            }
            value
        } else {
            match framed(reply) {
                Some(Cow::Borrowed(reply)) => reply,
                Some(reply) => return Some(reply),
                None => break,
            }
        }
        .trim_ascii_start();
    }
    Some(Cow::Borrowed(reply))
}

/// The text inside the first of the [`FRAMES`] that matches.
fn framed(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    let is_printed = printed_status(text).is_some();
    FRAMES.iter().find_map(|Frame { before, after }| {
        let (first, others) = before.split_first()?;
        // A reply that was printed without its basic code has only the frame that begins so.
        let mut text = text_after(text, first).filter(|_| !is_printed || first.starts_with('#'))?;
        let mut code = None;
        for other in others {
            let window = &text[..text.len().min(MAX_FRAME)];
            let found = (0..window.len()).find(|&at| text_after(&window[at..], other).is_some())?;
            code = other.starts_with(" ###").then(|| &text[found + 1..][..3]);
            text = &text[found + other.len()..];
        }
        let reply = &text[..after.start_in(text)];
        Some(code.map_or(Cow::Borrowed(reply), |code| Cow::Owned([code, b" ", reply].concat())))
    })
}

impl After {
    /// Where the reply ends.
    fn start_in(&self, text: &[u8]) -> usize {
        let end = match self {
            After::Nothing => None,
            After::Text(expected) => {
                let mut last = (text.len().saturating_sub(MAX_FRAME)..text.len()).rev();
                last.find(|&at| text_after(&text[at..], expected).is_some())
            }
            After::OtherLine => {
                let is_end =
                    |at: usize| text[at] == b'\n' && leading_code(&text[at + 1..]).is_none();
                (0..text.len()).find(|&at| is_end(at))
            }
        };
        end.unwrap_or(text.len())
    }
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

/// The text after a diagnostic-type, `smtp; text`: an atom (RFC 3464 §2.1.2) with a letter first.
pub(crate) fn after_type(text: &[u8]) -> Option<&[u8]> {
    text.first().filter(|byte| byte.is_ascii_alphabetic())?;
    let length = text.iter().take(MAX_FRAME).take_while(|&&byte| in_type(byte)).count();
    text[length..].trim_ascii_start().strip_prefix(b";")
}

fn in_type(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_./".contains(&byte)
}

/// Whether a diagnostic of a type can be a reply: a number by itself is one for `smtp` and `lmtp`
/// only. `x-unix` is the exit status or the output of a program (RFC 3464, appendix E).
pub(crate) fn is_type_of_replies(kind: &[u8], text: &[u8]) -> bool {
    let is = |expected: &[u8]| kind.eq_ignore_ascii_case(expected);
    let is_own =
        kind.first_chunk().is_some_and(|start: &[u8; 2]| start.eq_ignore_ascii_case(b"x-"));
    let is_number = text.trim_ascii().iter().all(u8::is_ascii_digit);
    is(b"smtp") || is(b"lmtp") || is_own && !is(b"x-unix") && !is_number
}
