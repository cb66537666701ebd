//! Reading replies: what a remote server said, or what programs on the way made of it.
//!
//! | What is read | Who writes it |
//! |---|---|
//! | `550-5.1.1 a` CR LF `550 5.1.1 b` CR LF | RFC 5321 §4.2 |
//! | `5.1.1 a` LF `5.1.1 b` | haraka-dsn and this crate, for logs: no basic code |
//! | blank lines and space around lines, no line end after the last | shells, logs, mail programs |
//! | `550-5.1.1 a` | what keeps the first line only: Sendmail's reports |
//! | `550-5.1.1 a 550-5.1.1 b 550 5.1.1 c` | what joins lines with spaces: Postfix, SES, Haraka, unfolded header fields |
//! | `550 a` LF `550 b` | servers that forget the hyphen |
//! | `550 #5.1.1 a`, `550 a (#5.1.1)` | qmail |
//! | `550 a(#5.1.1)`, `550 a (#5.1.1 - chkusr)`, `450 a [#4.16.1].` | qmail with patches, chkuser, their imitations |
//!
//! and each of them in the [`FRAMES`] that programs put around it. An enhanced status code whose class is not that
//! of the basic code is text (RFC 2034 §4).
//!
//! Each step looks at a unit a constant number of times and never goes back, so the time is
//! linear in the length of the reply, whatever it holds.

mod strict;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use crate::codes::{BasicCode, Class, EnhancedCode};
use crate::reply::Reply;
use crate::text::{Unit, after, decimal, is_clean};

pub use strict::ParseReplyError;

/// What a program puts around a reply.
struct Frame {
    /// How the text in front of the reply begins.
    start: &'static str,
    /// How it ends.
    end: &'static str,
    /// How the text behind the reply begins.
    suffix: Option<&'static str>,
}

const fn frame(start: &'static str, end: &'static str, suffix: Option<&'static str>) -> Frame {
    Frame { start, end, suffix }
}

/// The frames that are known, besides the type of a diagnostic (RFC 3464 §2.1.2), `smtp; 550 …`.
const FRAMES: [Frame; 5] = [
    // Postfix, in reports and logs: host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT
    // TO command)
    frame("host ", " said: ", Some(" (in reply to ")),
    frame("host ", " refused to talk to me: ", None),
    // Exim: SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …; before
    // 4.83 with host mx.example.com [192.0.2.1]: behind it.
    frame("SMTP error from remote mail server after ", ": ", None),
    frame("host ", "]: ", None),
    // qmail-remote: 192.0.2.1 does not like recipient. LF Remote host said: 550 … LF Giving up on
    // 192.0.2.1.
    frame("", "Remote host said: ", Some("\nGiving up on ")),
];

/// How many of them are around a reply at most: `x-postfix; host … said: 550 …`.
const MAX_FRAMES: usize = 3;

/// How long the text before or behind a reply is at most; names of hosts have up to 255 octets.
const MAX_FRAME: usize = 512;

impl Reply {
    /// The most lines that [`parse`](Reply::parse) keeps; what follows them is left out. Real
    /// replies have less than fifty.
    pub const MAX_PARSED_LINES: usize = 1_000;

    /// Reads what a remote server replied, and what programs on the way made of that; `None` if
    /// it is no reply. [`parse_strict`](Reply::parse_strict) takes the standard's form only.
    ///
    /// Takes UTF-8, in which invalid bytes become U+FFFD. Control characters are removed.
    ///
    /// - Lines end with LF or CR LF; blank lines and space before a line do not count. All lines
    ///   have the same basic code. A reply whose last line is not there is read as far as it goes.
    /// - Lines that were joined with spaces, `550-5.1.1 a 550 5.1.1 b`, are lines again where they
    ///   repeat basic code and enhanced status code.
    /// - The enhanced status code is at the start of the text (RFC 2034 §4) of the first line, of
    ///   the last or of all, and is taken off each line that has it. qmail's forms count as well,
    ///   `#5.1.1 text` and `text (#5.1.1)`, and what resembles them. One whose class is not the
    ///   basic code's is text.
    /// - Where no line has a basic code and all begin with the same enhanced status code, as
    ///   haraka-dsn prints them, the basic code is 250, 450 or 550, as the class has it.
    /// - What programs put around a reply is skipped: the type of a diagnostic (`smtp; 550 …`),
    ///   Postfix's `host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`,
    ///   Exim's `SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 …`,
    ///   qmail's `Remote host said: 550 …`.
    ///
    /// A reply of up to [`MAX_PARSED_LINES`](Reply::MAX_PARSED_LINES) that was read is the same
    /// when it is written and read again.
    ///
    /// ```
    /// use haraka_dsn_rs::Reply;
    ///
    /// let reply = Reply::parse("550-5.7.26 This mail has been blocked\r\n550 5.7.26 Authenticate!\r\n");
    /// let reply = reply.unwrap();
    /// assert_eq!(reply.code().get(), 550);
    /// assert_eq!(reply.enhanced_code().unwrap().to_string(), "5.7.26");
    /// assert_eq!(reply.lines().collect::<Vec<_>>(), ["This mail has been blocked", "Authenticate!"]);
    ///
    /// assert_eq!(Reply::parse("452 Full (#4.3.1)").unwrap().to_string(), "452 4.3.1 Full");
    /// assert_eq!(Reply::parse("smtp; 550-a 550 b").unwrap().to_string(), "550-a\n550 b");
    /// assert_eq!(Reply::parse(b"5.1.1 No such user"), Some(haraka_dsn_rs::helpers::no_such_user()));
    /// assert_eq!(Reply::parse("550 No").unwrap().enhanced_code(), None);
    /// assert_eq!(Reply::parse("Connection timed out"), None);
    /// ```
    pub fn parse(reply: impl AsRef<[u8]>) -> Option<Reply> {
        // What is removed from a reply must not hide a code in it, or it would be there when the
        // reply is written and read again.
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
    let reply = status.map_or(Reply::new(code), |status| Reply::enhanced(status).with_code(code));
    reply.with_lines(lines.into_iter().map(String::from_utf8_lossy))
}

/// What a reply says. The lines are the text without codes; control characters are still in it.
pub(crate) struct Parsed<'t, U> {
    pub(crate) code: BasicCode,
    pub(crate) status: Option<EnhancedCode>,
    pub(crate) lines: Vec<&'t [U]>,
}

pub(crate) fn parse<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    let mut reply = without_space(reply);
    for _ in 0..MAX_FRAMES {
        if lines(reply).next().is_some_and(begins_with_code) {
            break;
        }
        let Some(framed) = after_type(reply).or_else(|| framed(reply)) else { break };
        reply = without_space(framed);
    }
    reply_lines(reply).or_else(|| printed_lines(reply))
}

/// A reply with its basic code.
fn reply_lines<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    let (code, _) = BasicCode::read(reply).ok()?;
    let mut texts = Texts::default();
    let mut last = None;
    for line in lines(reply) {
        let (_, rest) = BasicCode::read(line).ok().filter(|&(found, _)| found == code)?;
        texts.extend(last.take().map(|(text, _)| text));
        let continued = after(rest, '-');
        last = Some((continued.or_else(|| separated(rest))?, continued.is_some()));
    }
    match last? {
        // The end of the reply is not there, or is in this line.
        (text, true) => texts.extend(Joined::new(code, text)),
        (text, false) => texts.extend([text]),
    }
    let status = code.class().and_then(|class| take_status(&mut texts.kept, class));
    Some(Parsed { code, status, lines: texts.kept })
}

/// Lines that a reply printed without its basic code: all have the same enhanced status code.
fn printed_lines<U: Unit>(reply: &[U]) -> Option<Parsed<'_, U>> {
    let (status, _) = status_at_start(reply)?;
    let mut texts = Texts::default();
    for line in lines(reply) {
        let (_, text) = status_at_start(line).filter(|&(found, _)| found == status)?;
        texts.extend([text]);
    }
    let code = BasicCode::of_class(status.class());
    Some(Parsed { code, status: Some(status), lines: texts.kept })
}

/// The texts of the first lines. How many there are, another server decides.
struct Texts<'t, U> {
    kept: Vec<&'t [U]>,
}

impl<U> Default for Texts<'_, U> {
    fn default() -> Self {
        Texts { kept: Vec::new() }
    }
}

impl<'t, U> Extend<&'t [U]> for Texts<'t, U> {
    fn extend<T: IntoIterator<Item = &'t [U]>>(&mut self, texts: T) {
        let free = Reply::MAX_PARSED_LINES - self.kept.len();
        self.kept.extend(texts.into_iter().take(free));
    }
}

/// The lines without their ends, LF or CR LF, and without the space before them; no blank ones.
fn lines<U: Unit>(reply: &[U]) -> impl Iterator<Item = &[U]> {
    let lines = reply.split(|&unit| unit.into() == u32::from('\n'));
    let lines = lines.map(|line| before(line, '\r').unwrap_or(line));
    lines.map(without_space).filter(|line| !line.is_empty())
}

/// The lines in `a 550-5.1.1 b 550 5.1.1 c`, which was behind `550-`: all but the first are behind
/// a space, the same basic code and a hyphen or, the last, a space, and have the status of the
/// first one, if it has one.
struct Joined<'t, U> {
    code: BasicCode,
    status: Option<EnhancedCode>,
    /// What is left, and whether there may be more than one line in it.
    rest: Option<(&'t [U], bool)>,
}

impl<'t, U: Unit> Joined<'t, U> {
    fn new(code: BasicCode, text: &'t [U]) -> Joined<'t, U> {
        let status = status_at_start(text).map(|(status, _)| status);
        let status = status.filter(|status| Some(status.class()) == code.class());
        Joined { code, status, rest: Some((text, true)) }
    }

    /// What is left behind the basic code of a line, if the text begins with the end of another.
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

/// The text behind a diagnostic-type, `smtp; text`: an atom (RFC 3464 §2.1.2) with a letter first.
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

/// Whether a line is one of a reply, with its basic code or without.
fn begins_with_code<U: Unit>(line: &[U]) -> bool {
    let text =
        BasicCode::read(line).ok().and_then(|(_, rest)| after(rest, '-').or(separated(rest)));
    text.is_some() || status_at_start(line).is_some()
}

/// The text in the first of the [`FRAMES`] that is around it.
fn framed<U: Unit>(text: &[U]) -> Option<&[U]> {
    FRAMES.iter().find_map(|frame| {
        let rest = after_text(text, frame.start)?;
        let window = &rest[..rest.len().min(MAX_FRAME)];
        let end = (0..=window.len()).find_map(|at| after_text(&window[at..], frame.end))?;
        let text = &rest[window.len() - end.len()..];
        let Some(suffix) = frame.suffix else { return Some(text) };
        let last = text.len().saturating_sub(MAX_FRAME)..text.len();
        let suffix = last.rev().find(|&at| after_text(&text[at..], suffix).is_some());
        Some(&text[..suffix.unwrap_or(text.len())])
    })
}

/// Takes the status of the first line, or else of the last, off the lines that have it.
fn take_status<U: Unit>(lines: &mut [&[U]], class: Class) -> Option<EnhancedCode> {
    let of = |line: &&[U]| status_of(line, class).map(|(status, _)| status);
    let status = lines.first().and_then(of).or_else(|| lines.last().and_then(of))?;
    take(status, lines, |line| status_of(line, class));
    Some(status)
}

/// Takes the status at the start of the first line off the lines that start with it.
fn take_status_at_start<U: Unit>(lines: &mut [&[U]], class: Class) -> Option<EnhancedCode> {
    let (status, _) = status_at_start(lines.first()?)?;
    (status.class() == class).then_some(())?;
    take(status, lines, status_at_start);
    Some(status)
}

fn take<U>(
    status: EnhancedCode,
    lines: &mut [&[U]],
    status_of: impl Fn(&[U]) -> Option<(EnhancedCode, &[U])>,
) {
    for line in lines {
        if let Some((_, text)) = status_of(line).filter(|&(found, _)| found == status) {
            *line = text;
        }
    }
}

/// The status of a line and the rest of its text.
fn status_of<U: Unit>(line: &[U], class: Class) -> Option<(EnhancedCode, &[U])> {
    let hashed = || status_at_start(after(line, '#')?);
    [status_at_start(line), hashed(), status_at_end(line)]
        .into_iter()
        .flatten()
        .find(|(status, _)| status.class() == class)
}

/// `5.1.1 text`
fn status_at_start<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    let (status, rest) = EnhancedCode::read(line).ok()?;
    Some((status, separated(rest)?))
}

/// `text (#5.1.1)`, without the space, with another kind of brackets, with a remark in them, and
/// with a period behind them.
fn status_at_end<U: Unit>(line: &[U]) -> Option<(EnhancedCode, &[U])> {
    const LONGEST: usize = "(#5.999.999 - a name)".len();
    let inner = before(line, '.').unwrap_or(line);
    let (inner, open) = match before(inner, ')') {
        Some(inner) => (inner, '('),
        None => (before(inner, ']')?, '['),
    };
    let window = inner.len().saturating_sub(LONGEST)..inner.len();
    let at = window.rev().find(|&at| inner[at].into() == u32::from(open))?;
    let (status, remark) = EnhancedCode::read(after(&inner[at + 1..], '#')?).ok()?;
    separated(remark)?;
    Some((status, before(&line[..at], ' ').unwrap_or(&line[..at])))
}

/// The text behind this one.
fn after_text<'t, U: Unit>(text: &'t [U], expected: &str) -> Option<&'t [U]> {
    expected.chars().try_fold(text, after)
}

/// The text before this character, if that is the last.
fn before<U: Unit>(text: &[U], expected: char) -> Option<&[U]> {
    let (&found, before) = text.split_last()?;
    (found.into() == u32::from(expected)).then_some(before)
}

/// The text behind a code: nothing, or what a space separates from it.
fn separated<U: Unit>(rest: &[U]) -> Option<&[U]> {
    if rest.is_empty() { Some(rest) } else { after(rest, ' ') }
}

/// The text behind space and line ends.
fn without_space<U: Unit>(text: &[U]) -> &[U] {
    let is_space = |unit: &U| [' ', '\t', '\r', '\n'].iter().any(|&c| (*unit).into() == c.into());
    &text[text.iter().take_while(|unit| is_space(unit)).count()..]
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// `code` or `code status`, then the lines, in a form that is easy to compare.
    fn read(reply: &str) -> Option<(String, Vec<String>)> {
        let reply = Reply::parse(reply)?;
        let status = reply.enhanced_code().map(|status| format!(" {status}"));
        let head = format!("{}{}", reply.code(), status.unwrap_or_default());
        Some((head, reply.lines().map(str::to_owned).collect()))
    }

    fn assert_read(reply: &str, head: &str, lines: &[&str]) {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(read(reply), Some((head.to_owned(), lines)), "{reply:?}");
    }

    #[test]
    fn a_line_has_a_code_and_perhaps_a_text() {
        assert_read("250 OK", "250", &["OK"]);
        assert_read("250", "250", &[""]);
        assert_read("250 ", "250", &[""]);
        assert_read("250  OK ", "250", &[" OK "]);
        assert_read("599 x", "599", &["x"]);
        for reply in
            ["", " ", "OK", "25", "25 OK", "2500", "250OK", "250_OK", "250\tOK", "x 250 OK"]
        {
            assert_eq!(read(reply), None, "{reply:?}");
        }
        assert_read("354 5.1.1 x", "354", &["5.1.1 x"]);
        for code in ["150", "099", "600", "999", "-50", "2.0", "２５０"] {
            assert_eq!(read(&format!("{code} x")), None, "{code}");
        }
    }

    #[test]
    fn lines_end_with_lf_or_cr_lf_and_the_last_with_nothing_as_well() {
        for end in ["\n", "\r\n"] {
            assert_read(&format!("250 a{end}"), "250", &["a"]);
            assert_read(&format!("250-a{end}250 b"), "250", &["a", "b"]);
            assert_read(&format!("250-a{end}250 b{end}"), "250", &["a", "b"]);
        }
        assert_read("250-a\r\n250 b\n", "250", &["a", "b"]);
    }

    #[test]
    fn blank_lines_and_space_before_a_line_do_not_count() {
        for reply in
            ["\r\n550 a", "  550 a", "\t550 a", "\n \n\n 550 a", "550 a\r\n\r\n", "550 a\n \n\t\n"]
        {
            assert_read(reply, "550", &["a"]);
        }
        assert_read("250-a\r\r\n\r\n  250 b", "250", &["a", "b"]);
        for reply in ["", " ", "\n", "\r\n \r\n"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn all_lines_have_the_same_basic_code() {
        assert_read("250-\n250-\n250", "250", &["", "", ""]);
        assert_read("250 a\n250 b", "250", &["a", "b"]);
        assert_read("250\n250-b\n250 c", "250", &["", "b", "c"]);
        for reply in ["250-a\n251 b", "250-a\n550 b", "250-a\nb", "250 a\nb", "250-a\n250b"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn what_is_there_of_a_reply_that_was_cut_off_is_read() {
        assert_read("250-", "250", &[""]);
        assert_read("550-5.1.1 a\r\n", "550 5.1.1", &["a"]);
        assert_read("250-a\n250-b", "250", &["a", "b"]);
    }

    #[test]
    fn lines_that_were_joined_are_lines_again() {
        assert_read("550-5.1.1 a 550 5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-5.1.1 a 550-5.1.1 b 550 5.1.1 c", "550 5.1.1", &["a", "b", "c"]);
        assert_read("550-5.1.1 a 550-5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("554-a 554-b. 554 c", "554", &["a", "b.", "c"]);
        assert_read("550-5.1.1 550 5.1.1 ", "550 5.1.1", &["", ""]);
        assert_read("250-a\n250-b 250 c", "250", &["a", "b", "c"]);
        // Those that do not repeat both codes, or come after the last line, are text.
        for text in
            ["5.1.1 a 550 b", "5.1.1 a 550 5.1.2 b", "5.1.1 a 551 5.1.1 b", "5.1.1 a550 5.1.1 b"]
        {
            assert_read(&format!("550-{text}"), "550 5.1.1", &[&text[6..]]);
        }
        assert_read("550-a 550 b 550-c 550 d", "550", &["a", "b 550-c 550 d"]);
        // A reply that ended is not joined, whatever its lines mention.
        assert_read("550 a 550 b", "550", &["a 550 b"]);
        assert_read("550-a 550-b\n550 c", "550", &["a 550-b", "c"]);
    }

    #[test]
    fn what_programs_put_around_a_reply_is_skipped() {
        for (reply, head, lines) in [
            ("smtp; 550 5.1.1 a", "550 5.1.1", &["a"][..]),
            ("SMTP;550 5.1.1 a", "550 5.1.1", &["a"]),
            ("x-mta_2/3.4 ;  550 a", "550", &["a"]),
            ("smtp; 5.1.1 a", "550 5.1.1", &["a"]),
            ("smtp; 550-5.1.1 a 550 5.1.1 b", "550 5.1.1", &["a", "b"]),
            (
                "host mx.example.com[192.0.2.1] said: 550 5.1.1 a (in reply to RCPT TO command)",
                "550 5.1.1",
                &["a"],
            ),
            (
                "host mx.example.com[192.0.2.1] said: 550-a 550 b (in reply to end of DATA command)",
                "550",
                &["a", "b"],
            ),
            ("host mx.example.com[192.0.2.1] refused to talk to me: 421 a", "421", &["a"]),
            ("X-Postfix; host mx.example.com[192.0.2.1] said: 550 a", "550", &["a"]),
            (
                "SMTP error from remote mail server after RCPT TO:<anna@example.com>: 550 a",
                "550",
                &["a"],
            ),
            (
                "SMTP error from remote mail server after end of data: host mx.example.com [192.0.2.1]: 550 a",
                "550",
                &["a"],
            ),
            (
                "192.0.2.1 does not like recipient.\nRemote host said: 550 a\nGiving up on 192.0.2.1.\n",
                "550",
                &["a"],
            ),
            ("Remote host said: 550-a\n550 b", "550", &["a", "b"]),
        ] {
            assert_read(reply, head, lines);
        }
        assert_read(
            "550 a (in reply to RCPT TO command)",
            "550",
            &["a (in reply to RCPT TO command)"],
        );
        // What begins with a code has no frame, whatever its text says.
        assert_read("550 smtp; 551 a", "550", &["smtp; 551 a"]);
        assert_read("550 Remote host said: 551 a", "550", &["Remote host said: 551 a"]);
        assert_read("550\n550 Remote host said: 551 a", "550", &["", "Remote host said: 551 a"]);
        assert_read("5.1.1 Remote host said: 551 a", "550 5.1.1", &["Remote host said: 551 a"]);
        let far = format!("host {} said: 550 a", "x".repeat(MAX_FRAME));
        for reply in [
            "smtp 550 a",
            "a b; 550 a",
            "; 550 a",
            "5; 550 a",
            "mx.example.com said: 550 a",
            "a; b; c; d; 550 a",
            &far,
        ] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn only_the_first_lines_are_kept() {
        let kept = |reply: String| Reply::parse(reply).unwrap().lines().len();
        for more in [0, 1, 1_000] {
            let lines = Reply::MAX_PARSED_LINES + more;
            assert_eq!(kept("250-\n".repeat(lines)), Reply::MAX_PARSED_LINES);
            assert_eq!(kept("5.1.1 \n".repeat(lines)), Reply::MAX_PARSED_LINES);
            assert_eq!(kept(format!("250-{}", "a 250-".repeat(lines))), Reply::MAX_PARSED_LINES);
        }
        assert_eq!(Reply::parse("250-a\n".repeat(2_000) + "251 b"), None);
    }

    #[test]
    fn a_status_is_followed_by_a_space_or_the_end() {
        assert_read("550 5.1.1 x", "550 5.1.1", &["x"]);
        assert_read("550 5.1.1", "550 5.1.1", &[""]);
        assert_read("550 5.1.1  x", "550 5.1.1", &[" x"]);
        assert_read("550 5.7.133 x", "550 5.7.133", &["x"]);
        for text in ["5.1.1: x", "5.1.1x", "5.1.1.1 x", "5.1.1000 x", "5.1", "5.01.1 x", " 5.1.1 x"]
        {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
    }

    #[test]
    fn a_status_of_another_class_is_text() {
        for text in ["4.1.1 x", "2.1.1 x", "3.1.1 x", "#4.1.1 x", "x (#4.1.1)"] {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
        assert_read("550 4.1.1 x (#5.2.2)", "550 5.2.2", &["4.1.1 x"]);
    }

    #[test]
    fn qmails_forms_and_what_resembles_them_are_read() {
        assert_read("550 #5.1.1 x", "550 5.1.1", &["x"]);
        assert_read("550 #5.1.1", "550 5.1.1", &[""]);
        assert_read("550 x (#5.1.1)", "550 5.1.1", &["x"]);
        assert_read("550 x (#5.999.999)", "550 5.999.999", &["x"]);
        assert_read("550 (#5.1.1)", "550 5.1.1", &[""]);
        assert_read("550 5.2.2 x (#5.1.1)", "550 5.2.2", &["x (#5.1.1)"]);
        assert_read("550 x (#5.1.1) (#5.1.1)", "550 5.1.1", &["x (#5.1.1)"]);
        assert_read("503 x(#5.5.1)", "503 5.5.1", &["x"]);
        assert_read("511 x (#5.1.1 - chkusr)", "511 5.1.1", &["x"]);
        assert_read("450 x [#4.16.1].", "450 4.16.1", &["x"]);
        for text in
            ["x (5.1.1)", "x #5.1.1", "#5.1.1)", "x (#5.1.1]", "x (#5.1.1- y)", "x (#5.1.1) y"]
        {
            assert_read(&format!("550 {text}"), "550", &[text]);
        }
    }

    #[test]
    fn the_status_of_several_lines_is_the_first_or_else_the_last() {
        assert_read("550-5.1.1 a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-5.1.1 a\n550 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-a\n550 5.1.1 b", "550 5.1.1", &["a", "b"]);
        assert_read("550-a\n550-5.1.1 b\n550 5.1.1 c", "550 5.1.1", &["a", "b", "c"]);
        assert_read("550-5.1.1 a\n550 5.2.2 b", "550 5.1.1", &["a", "5.2.2 b"]);
        assert_read("550-a\n550-5.1.1 b\n550 c", "550", &["a", "5.1.1 b", "c"]);
        assert_read("550-5.1.1 5.1.1 a\n550 5.1.1 #5.1.1", "550 5.1.1", &["5.1.1 a", "#5.1.1"]);
    }

    #[test]
    fn a_printed_reply_has_the_usual_code_of_its_class() {
        assert_read("2.1.5 x", "250 2.1.5", &["x"]);
        assert_read("4.7.500", "450 4.7.500", &[""]);
        assert_read("5.1.1 a\n5.1.1 b", "550 5.1.1", &["a", "b"]);
        for reply in ["3.1.1 x", "#5.1.1 x", "x (#5.1.1)", "5.1.1 a\nb", "5.1.1 a\n5.1.2 b"] {
            assert_eq!(read(reply), None, "{reply:?}");
        }
    }

    #[test]
    fn no_control_character_of_a_reply_gets_into_the_text() {
        assert_read("550 5.1.1 a\tb\r\0c\x7f", "550 5.1.1", &["abc"]);
        // Nor hides one a code that would be read when the reply is written.
        assert_read("550 5.1\0.1 a", "550 5.1.1", &["a"]);
    }

    #[test]
    fn invalid_utf_8_is_replaced() {
        let reply = Reply::parse(b"550 5.1.1 M\xfcller \xc3\xbc").unwrap();
        assert_eq!(reply.to_string(), "550 5.1.1 M\u{fffd}ller ü");
    }

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
    fn no_unit_is_looked_at_more_often_because_the_reply_is_longer() {
        // Every reply of a few characters, over and over, behind everything that may begin a line.
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
                reply.extend(pattern.iter().cycle().take(3000));
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
