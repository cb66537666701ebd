//! Strict parsing: only the grammar of RFC 5321.

use alloc::vec::Vec;
use core::error::Error;
use core::{fmt, str};

use super::status::take_status_at_start;
use super::{reply_of, text_after_code};
use crate::codes::{BasicCode, ParseCodeError};
use crate::reply::Reply;

impl Reply {
    /// Parses a reply in the grammar of RFC 5321 §4.2, in UTF-8 (RFC 6531 §3.7.4).
    ///
    /// - Each line has a basic code, a hyphen, or a space or nothing on the last line, and text
    ///   without control characters (U+0000 to U+001F, U+007F) except HT.
    /// - Lines end with CR LF, which may be missing after the last one.
    /// - The enhanced status code is at the start of the text of the first line and of any other
    ///   (RFC 2034 §4); a code whose class differs from the basic code's is text.
    ///
    /// Everything that [`write_to`](Reply::write_to) writes is accepted. All lines are kept. A client
    /// that reads line by line has the whole reply with the first line that has no hyphen after its
    /// basic code.
    ///
    /// # Errors
    ///
    /// What is wrong, and on which line.
    ///
    /// ```
    /// use smtp_status::Reply;
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
            let line = reply[..error.valid_up_to()].split(|&byte| byte == b'\n').count();
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
        let (text, continued) = text_after_code(rest).ok_or(Problem::Separator)?;
        self.texts.push(text);
        self.ended = !continued;
        match line.chars().find(|&c| c != '\t' && c.is_ascii_control()) {
            Some(control) => Err(Problem::Control(control)),
            None => Ok(()),
        }
    }
}

/// The error for a text that is not a reply of RFC 5321: what is wrong, and on which line.
///
/// ```
/// let error = smtp_status::Reply::parse_strict("550 5.1.1 x\r\ny\r\n").unwrap_err();
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
    /// The number of the invalid line; the first is 1.
    ///
    /// ```
    /// let error = smtp_status::Reply::parse_strict("OK\r\n").unwrap_err();
    /// assert_eq!(error.line(), 1);
    /// ```
    #[must_use]
    pub const fn line(&self) -> usize {
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
