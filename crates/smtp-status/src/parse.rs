//! Parsing replies of remote servers, as sent or as relayed by other programs.
//!
//! | Form | Source |
//! |---|---|
//! | `550-5.1.1 a` CR LF `550 5.1.1 b` CR LF | RFC 5321 §4.2 |
//! | `5.1.1 a` LF `5.1.1 b` | haraka-dsn and this crate, for logs: no basic code |
//! | blank lines and space around lines, no line end after the last | shells, logs, mail programs |
//! | `550-5.1.1 a` | programs that keep only the first line: Sendmail's reports |
//! | `550-5.1.1 a 550-5.1.1 b 550 5.1.1 c` | programs that join lines with spaces: Postfix, SES, Haraka, unfolded header fields |
//! | `550 a` LF `550 b` | servers that omit the hyphen |
//! | `550 #5.1.1 a`, `550 a (#5.1.1)` | qmail |
//! | `550 a(#5.1.1)`, `550 a (#5.1.1 - chkusr)`, `450 a [#4.16.1].` | patched qmail, chkuser, and servers that imitate them |
//!
//! and any of them with the text that programs add around it, see [`frame`]. An enhanced status
//! code whose class differs from the basic code's is text (RFC 2034 §4).
//!
//! Each step looks at a unit a constant number of times and never goes back, so the time is linear
//! in the length of any reply.

mod error;
mod frame;
mod grammar;
mod reader;
mod status;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::codes::{BasicCode, EnhancedCode};
use crate::reply::Reply;
use crate::text::{Unit, after, before, is_clean};
use frame::without_frames;
use status::{separated, status_at_start, take_status};

pub use error::{ParseReplyError, ReplyErrorKind};
pub(crate) use frame::after_type;
pub use reader::ReplyReader;

impl Reply {
    /// The maximum number of lines that [`parse_lenient`](Reply::parse_lenient) keeps; real replies have fewer than
    /// fifty.
    pub const MAX_PARSED_LINES: usize = 1_000;

    /// Parses the reply in a whole text out of a log or a report, as another server sent it or as
    /// programs relay it; `None` if it is not a reply.
    ///
    /// For the bytes of a connection there is [`ReplyReader`], because this function takes a part
    /// of a reply for a whole one. [`from_bytes`](Reply::from_bytes) and [`str::parse`] accept only
    /// the standard's form.
    ///
    /// Takes UTF-8, in which invalid bytes become U+FFFD. Control characters are removed.
    ///
    /// - Lines end with LF or CR LF; blank lines and leading space are ignored. All lines have the
    ///   same basic code. The last line may be missing.
    /// - Lines joined with spaces, `550-5.1.1 a 550 5.1.1 b`, are split where they repeat basic
    ///   code and enhanced status code.
    /// - The enhanced status code is at the start of the text (RFC 2034 §4) of the first line, the
    ///   last or all, and is removed from each line that has it. qmail's forms `#5.1.1 text` and
    ///   `text (#5.1.1)`, and variants of them, are accepted too. A code whose class differs from
    ///   the basic code's is text.
    /// - If no line has a basic code and all begin with the same enhanced status code, as
    ///   haraka-dsn prints them, the basic code is 250, 450 or 550, depending on the class.
    /// - Text that programs add around a reply is skipped: the type of a diagnostic (`smtp; 550
    ///   …`), Postfix's `host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`,
    ///   Exim's `SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …`,
    ///   qmail's `Remote host said: 550 …`.
    ///
    /// A parsed reply of up to [`MAX_PARSED_LINES`](Reply::MAX_PARSED_LINES) lines is parsed to the
    /// same reply after it is written.
    ///
    /// ```
    /// use smtp_status::Reply;
    ///
    /// let reply = Reply::parse_lenient("550-5.7.26 This mail has been blocked\r\n550 5.7.26 Authenticate!\r\n");
    /// let reply = reply.unwrap();
    /// assert_eq!(reply.code().get(), 550);
    /// assert_eq!(reply.enhanced_code().unwrap().to_string(), "5.7.26");
    /// assert_eq!(reply.lines().collect::<Vec<_>>(), ["This mail has been blocked", "Authenticate!"]);
    ///
    /// assert_eq!(Reply::parse_lenient("452 Full (#4.3.1)").unwrap().to_string(), "452 4.3.1 Full");
    /// assert_eq!(Reply::parse_lenient("smtp; 550-a 550 b").unwrap().to_string(), "550-a\n550 b");
    /// assert_eq!(Reply::parse_lenient(b"5.1.1 No such user"), Some(smtp_status::helpers::no_such_user()));
    /// assert_eq!(Reply::parse_lenient("550 No").unwrap().enhanced_code(), None);
    /// assert_eq!(Reply::parse_lenient("Connection timed out"), None);
    /// ```
    #[must_use]
    pub fn parse_lenient(reply: impl AsRef<[u8]>) -> Option<Reply> {
        // Control characters are removed first: otherwise they could hide a code, which would be
        // parsed after the reply is written.
        let mut text = String::from_utf8_lossy(reply.as_ref());
        if !is_clean(text.as_bytes()) {
            let kept = |&c: &char| c == '\n' || is_clean(&[c]);
            text = Cow::Owned(text.chars().filter(kept).collect());
        }
        let Parsed { code, status, lines } = parse(text.as_bytes())?;
        Some(reply_of(code, status, lines))
    }
}

fn reply_of(code: BasicCode, status: Option<EnhancedCode>, lines: Vec<&[u8]>) -> Reply {
    Reply::of(code, status, "").with_lines(lines.into_iter().map(String::from_utf8_lossy))
}

/// A parsed reply. The lines are the text without codes, but with control characters.
pub(crate) struct Parsed<'t, U> {
    pub(crate) code: BasicCode,
    pub(crate) status: Option<EnhancedCode>,
    pub(crate) lines: Vec<&'t [U]>,
}

pub(crate) fn parse<U: Unit>(text: &[U]) -> Option<Parsed<'_, U>> {
    let reply = without_frames(text);
    reply_lines(reply).or_else(|| printed_lines(reply))
}

/// A reply with its basic code.
fn reply_lines<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    let (code, _) = BasicCode::read(reply).ok()?;
    let mut texts = Vec::new();
    let mut last = None;
    for line in lines(reply) {
        let (_, rest) = BasicCode::read(line).ok().filter(|&(found, _)| found == code)?;
        keep(&mut texts, last.take().map(|(text, _)| text));
        last = Some(text_after_code(rest)?);
    }
    match last? {
        // The last line is missing, or was joined with this one.
        (text, true) => keep(&mut texts, Joined::new(code, text)),
        (text, false) => keep(&mut texts, [text]),
    }
    let status = code.class().and_then(|class| take_status(&mut texts, class));
    Some(Parsed { code, status, lines: texts })
}

/// The text of a line after its basic code, and whether a hyphen announces more lines.
fn text_after_code<U: Unit>(rest: &[U]) -> Option<(&[U], bool)> {
    match after(rest, '-') {
        Some(text) => Some((text, true)),
        None => Some((separated(rest)?, false)),
    }
}

/// Lines of a reply that was printed without its basic code: all have the same enhanced status
/// code.
fn printed_lines<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    let (status, _) = status_at_start(reply)?;
    let mut texts = Vec::new();
    for line in lines(reply) {
        let (_, text) = status_at_start(line).filter(|&(found, _)| found == status)?;
        keep(&mut texts, [text]);
    }
    let code = BasicCode::of_class(status.class());
    Some(Parsed { code, status: Some(status), lines: texts })
}

/// Appends texts up to the limit, because another server decides how many lines there are.
fn keep<'t, U>(kept: &mut Vec<&'t [U]>, texts: impl IntoIterator<Item = &'t [U]>) {
    let room = Reply::MAX_PARSED_LINES - kept.len();
    kept.extend(texts.into_iter().take(room));
}

/// The lines without their ends, LF or CR LF, and without leading space; blank lines are skipped.
fn lines<U: Unit>(reply: &[U]) -> impl Iterator<Item = &[U]> {
    let lines = reply.split(|&unit| unit.into() == u32::from('\n'));
    let lines = lines.map(|line| before(line, '\r').unwrap_or(line));
    lines.map(without_space).filter(|line| !line.is_empty())
}

/// The lines in `a 550-5.1.1 b 550 5.1.1 c`, which followed `550-`: all but the first follow a
/// space, the same basic code, and a hyphen or (the last one) a space, and have the status of the
/// first one, if it has one.
struct Joined<'t, U> {
    code: BasicCode,
    status: Option<EnhancedCode>,
    /// The remaining text, and whether it may contain several lines.
    rest: Option<(&'t [U], bool)>,
}

impl<'t, U: Unit> Joined<'t, U> {
    fn new(code: BasicCode, text: &'t [U]) -> Joined<'t, U> {
        let status = status_at_start(text).map(|(status, _)| status);
        let status = status.filter(|status| Some(status.class()) == code.class());
        Joined { code, status, rest: Some((text, true)) }
    }

    /// The remaining text after the basic code of a line, if the text begins where another line
    /// ends.
    fn next_line(&self, text: &'t [U]) -> Option<(&'t [U], bool)> {
        let (code, rest) = BasicCode::read(after(text, ' ')?).ok()?;
        let continued = after(rest, '-');
        let text = continued.or_else(|| after(rest, ' '))?;
        let found = self.status.and_then(|_| status_at_start(text)).map(|(status, _)| status);
        (code == self.code && found == self.status).then_some((text, continued.is_some()))
    }
}

impl<'t, U: Unit> Iterator for Joined<'t, U> {
    type Item = &'t [U];

    fn next(&mut self) -> Option<&'t [U]> {
        let (text, several) = self.rest.take()?;
        let ends = if several { 0..text.len() } else { 0..0 };
        for end in ends {
            self.rest = self.next_line(&text[end..]);
            if self.rest.is_some() {
                return Some(&text[..end]);
            }
        }
        Some(text)
    }
}

/// The text after space and line ends.
fn without_space<U: Unit>(text: &[U]) -> &[U] {
    let is_space = |unit: &U| [' ', '\t', '\r', '\n'].iter().any(|&c| (*unit).into() == c.into());
    &text[text.iter().take_while(|unit| is_space(unit)).count()..]
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// A unit that counts how often it is looked at.
    #[derive(Clone, Copy)]
    struct Counted<'c>(u8, &'c Cell<usize>);

    impl From<Counted<'_>> for u32 {
        fn from(Counted(byte, looks): Counted<'_>) -> u32 {
            looks.set(looks.get() + 1);
            byte.into()
        }
    }

    impl Unit for Counted<'_> {}

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn no_unit_is_looked_at_more_often_because_the_reply_is_longer() {
        // Every reply of a few characters, over and over, after everything that may begin a line.
        let alphabet = b"5.1-#( )\n";
        let patterns = alphabet.iter().flat_map(|&a| {
            alphabet.iter().flat_map(move |&b| alphabet.iter().map(move |&c| [a, b, c]))
        });
        let lines = [
            "550-5.1.1 ",
            "550-5.1.1 \n",
            "said: ",
            "smtp;",
            "550-#5.1.1\n",
            "550-(#5.1.1)\n",
            "550-\n",
            "5.1.1\n",
        ];
        let lines = lines.map(|line| line.as_bytes().to_vec());
        for pattern in patterns.map(|pattern| pattern.to_vec()).chain(lines) {
            for start in ["", "550 ", "550-", "550 5.1.1 ", "550 #", "550 (#", "5.1.1 ", "host "] {
                let mut reply = start.as_bytes().to_vec();
                reply.extend(pattern.iter().cycle().take(1000));
                reply.extend(b"\n550 (#5.1.1)");
                let looks = Cell::new(0);
                let counted: Vec<_> = reply.iter().map(|&byte| Counted(byte, &looks)).collect();
                parse(&counted);
                let pattern = String::from_utf8_lossy(&pattern);
                assert!(looks.get() <= 20 * reply.len(), "{start:?} {pattern:?}: {}", looks.get());
            }
        }
    }
}
