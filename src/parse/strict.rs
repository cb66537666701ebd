//! Replies as RFC 5321 has them, and nothing else.

use alloc::vec::Vec;
use core::error::Error;
use core::{fmt, str};

use super::{reply_of, take_status_at_start};
use crate::codes::{BasicCode, ParseCodeError};
use crate::reply::Reply;
use crate::text::after;

impl Reply {
    /// Reads a reply that keeps the grammar of RFC 5321 §4.2, in UTF-8 (RFC 6531 §3.7.4).
    ///
    /// - Each line has a basic code, a hyphen, or a space or nothing on the last line, and text of
    ///   HT and characters that are no control characters (U+0000 to U+001F, U+007F).
    /// - Lines end with CR LF, which may be missing after the last one.
    /// - The enhanced status code is at the start of the text of the first line and of any other
    ///   (RFC 2034 §4); one whose class is not the basic code's is text.
    ///
    /// Whatever [`write_to`](Reply::write_to) writes is such a reply. All lines are kept.
    ///
    /// # Errors
    ///
    /// What is wrong, and on which line.
    ///
    /// ```
    /// use haraka_dsn_rs::Reply;
    ///
    /// let reply = Reply::parse_strict("250-5.1.5 a\r\n250 5.1.5 b\r\n").unwrap();
    /// assert_eq!(reply.to_string(), "250-5.1.5 a\n250 5.1.5 b");
    ///
    /// let error = Reply::parse_strict("250-a\r\n550 b\r\n").unwrap_err();
    /// assert_eq!(error.line(), 2);
    /// assert_eq!(error.to_string(), "line 2: the basic code is 550, not 250 as before");
    /// ```
    pub fn parse_strict(reply: impl AsRef<[u8]>) -> Result<Reply, ParseReplyError> {
        let reply = reply.as_ref();
        let text = str::from_utf8(reply).map_err(|error| {
            let before = &reply[..error.valid_up_to()];
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            ParseReplyError { line, problem: Problem::Encoding }
        })?;
        let mut lines = Lines::default();
        for line in text.strip_suffix("\r\n").unwrap_or(text).split("\r\n") {
            let number = lines.texts.len() + 1;
            lines.push(line).map_err(|problem| ParseReplyError { line: number, problem })?;
        }
        let Lines { first, ended, mut texts } = lines;
        let code = first.filter(|_| ended);
        let code =
            code.ok_or(ParseReplyError { line: texts.len(), problem: Problem::Continued })?;
        let status = code.class().and_then(|class| take_status_at_start(&mut texts, class));
        Ok(reply_of(code, status, texts))
    }
}

#[derive(Default)]
struct Lines<'t> {
    first: Option<BasicCode>,
    ended: bool,
    texts: Vec<&'t [u8]>,
}

impl<'t> Lines<'t> {
    fn push(&mut self, line: &'t str) -> Result<(), Problem> {
        if self.ended {
            return Err(Problem::Ended);
        }
        let (code, rest) = BasicCode::read(line.as_bytes()).map_err(Problem::Code)?;
        let first = *self.first.get_or_insert(code);
        if code != first {
            return Err(Problem::OtherCode { first, code });
        }
        let continued = after(rest, '-');
        self.ended = continued.is_none();
        let last = if rest.is_empty() { Some(rest) } else { after(rest, ' ') };
        self.texts.push(continued.or(last).ok_or(Problem::Separator)?);
        match line.chars().find(|&c| c != '\t' && c.is_ascii_control()) {
            Some(control) => Err(Problem::Control(control)),
            None => Ok(()),
        }
    }
}

/// A text that is not a reply of RFC 5321: what is wrong, and on which line.
///
/// ```
/// let error = haraka_dsn_rs::Reply::parse_strict("550 5.1.1 x\r\ny\r\n").unwrap_err();
/// assert_eq!(error.line(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseReplyError {
    line: usize,
    problem: Problem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Encoding,
    Code(ParseCodeError),
    OtherCode { first: BasicCode, code: BasicCode },
    Separator,
    Control(char),
    Continued,
    Ended,
}

impl ParseReplyError {
    /// The number of the line that is wrong; the first is 1.
    ///
    /// ```
    /// let error = haraka_dsn_rs::Reply::parse_strict("OK\r\n").unwrap_err();
    /// assert_eq!(error.line(), 1);
    /// ```
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }
}

impl fmt::Display for ParseReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            Problem::Encoding => f.write_str("invalid UTF-8"),
            Problem::Code(error) => write!(f, "no basic code: {error}"),
            Problem::OtherCode { first, code } => {
                write!(f, "the basic code is {code}, not {first} as before")
            }
            Problem::Separator => f.write_str("neither hyphen nor space after the basic code"),
            Problem::Control(control) => {
                write!(f, "the control character U+{:04X} in the text", u32::from(*control))
            }
            Problem::Continued => f.write_str("a hyphen, but no line after it"),
            Problem::Ended => f.write_str("a line after the last one, which has no hyphen"),
        }
    }
}

impl Error for ParseReplyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Code(error) => Some(error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_keeps_the_grammar_is_read() {
        for (text, expected) in [
            ("250", "250 "),
            ("250 ", "250 "),
            ("250 a\r\n", "250 a"),
            ("354 go", "354 go"),
            ("250-a\r\n250-\r\n250 b\r\n", "250-a\n250-\n250 b"),
            ("550-5.1.1 a\r\n550 5.1.1 b", "550-5.1.1 a\n550 5.1.1 b"),
            ("550-5.1.1 a\r\n550 b", "550-5.1.1 a\n550 5.1.1 b"),
            ("550-a\r\n550 5.1.1 b", "550-a\n550 5.1.1 b"),
            ("550 4.1.1 a", "550 4.1.1 a"),
            ("550 a (#5.1.1)", "550 a (#5.1.1)"),
            ("250 a\tGr\u{fc}\u{df}e", "250 aGr\u{fc}\u{df}e"),
        ] {
            let reply = Reply::parse_strict(text).map(|reply| reply.to_string());
            assert_eq!(reply.as_deref(), Ok(expected), "{text:?}");
        }
        assert_eq!(Reply::parse_strict("550-a\r\n550 5.1.1 b").unwrap().enhanced_code(), None);
        let long = "250-\r\n".repeat(2_000) + "250 ";
        assert_eq!(Reply::parse_strict(long).unwrap().lines().len(), 2_001);
    }

    #[test]
    fn an_error_names_what_is_wrong_and_the_line() {
        for (text, expected) in [
            (&b""[..], "line 1: no basic code: expected a digit from 2 to 5 at byte 0"),
            (b"\r\n250 a", "line 1: no basic code: expected a digit from 2 to 5 at byte 0"),
            (b"250-a\r\nb", "line 2: no basic code: expected a digit from 2 to 5 at byte 0"),
            (b"smtp; 550 a", "line 1: no basic code: expected a digit from 2 to 5 at byte 0"),
            (b"25", "line 1: no basic code: expected a digit at byte 2"),
            (b"250_a", "line 1: neither hyphen nor space after the basic code"),
            (b"2500", "line 1: neither hyphen nor space after the basic code"),
            (b"250-a\r\n251 b", "line 2: the basic code is 251, not 250 as before"),
            (b"250-a\r\n", "line 1: a hyphen, but no line after it"),
            (b"250-a\r\n250-b", "line 2: a hyphen, but no line after it"),
            (b"250 a\r\n250 b", "line 2: a line after the last one, which has no hyphen"),
            (b"250 a\r\n\r\n", "line 2: a line after the last one, which has no hyphen"),
            (b"250-a\n250 b", "line 1: the control character U+000A in the text"),
            (b"250 a\0", "line 1: the control character U+0000 in the text"),
            (b"250-a\r\n250 \x7f", "line 2: the control character U+007F in the text"),
            (b"250-a\r\n250 \xfc", "line 2: invalid UTF-8"),
        ] {
            let error = Reply::parse_strict(text).unwrap_err();
            assert_eq!(error.to_string(), expected, "{:?}", text.escape_ascii().to_string());
        }
    }
}
