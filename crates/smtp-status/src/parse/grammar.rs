//! Replies in the grammar of RFC 5321 §4.2, and nothing else.

use alloc::vec::Vec;
use core::iter;
use core::str::{self, FromStr};

use super::Line;
use super::error::{ParseReplyError, ReplyErrorKind};
use crate::codes::{BasicCode, EnhancedCode};
use crate::reply::Reply;

impl Reply {
    /// Reads one whole reply in the grammar of RFC 5321 §4.2, in UTF-8 (RFC 6531 §3.7.4), like
    /// [`str::parse`].
    ///
    /// [`ReplyReader`](crate::ReplyReader) finds the replies in what a connection brings,
    /// [`parse_lenient`](Reply::parse_lenient) the one in a log line or a report.
    ///
    /// - Each line has a basic code, a hyphen, or a space or nothing on the last line, and text
    ///   without control characters (U+0000 to U+001F, U+007F) except HT.
    /// - Lines end with CR LF, which may be missing after the last one.
    /// - The enhanced status code is at the start of the text of the first line and of any other
    ///   (RFC 2034 §4); a code whose class differs from the basic code's is text.
    ///
    /// Everything that [`write_to`](Reply::write_to) writes is accepted. All lines are kept.
    ///
    /// # Errors
    ///
    /// What is wrong, and where.
    ///
    /// ```
    /// use smtp_status::Reply;
    ///
    /// let reply = Reply::from_bytes(b"250-2.1.5 a\r\n250 2.1.5 b\r\n").unwrap();
    /// assert_eq!(reply.to_string(), "250-2.1.5 a\n250 2.1.5 b");
    /// assert_eq!("250 2.1.5 Ok".parse(), Ok(reply.with_message("Ok")));
    ///
    /// let error = Reply::from_bytes(b"250-a\r\n550 b\r\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2, byte 7: the basic code is 550, not 250 as before");
    /// ```
    pub fn from_bytes(reply: &[u8]) -> Result<Reply, ParseReplyError> {
        let mut head = Head::new();
        let (mut texts, mut rest) = (Texts::default(), reply);
        loop {
            let (line, end) = rest.split_at(line_length(rest));
            let Line { code, text, continued } = head.read(line)?;
            let text = str::from_utf8(text).map_err(|error| {
                let position = line.len() - text.len() + error.valid_up_to();
                head.error(ReplyErrorKind::NotUtf8, position)
            })?;
            texts.push(text);
            rest = match end {
                [] | [b'\r', b'\n'] if !continued => return Ok(texts.reply(code)),
                [b'\r', b'\n', rest @ ..] if !rest.is_empty() => rest,
                [] | [b'\r'] | [b'\r', b'\n'] => {
                    return Err(head.error(ReplyErrorKind::NotEnded, rest.len()));
                }
                &[control, ..] => {
                    let kind = ReplyErrorKind::ControlCharacter(char::from(control));
                    return Err(head.error(kind, line.len()));
                }
            };
            head.add(code, line.len() + "\r\n".len());
            if !continued {
                return Err(head.error(ReplyErrorKind::AfterEnd, 0));
            }
        }
    }
}

/// [`Reply::from_bytes`]
impl FromStr for Reply {
    type Err = ParseReplyError;

    fn from_str(text: &str) -> Result<Reply, ParseReplyError> {
        Reply::from_bytes(text.as_bytes())
    }
}

/// The whole lines of a reply that were read.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// `None` before the first line.
    code: Option<BasicCode>,
    pub(super) lines: usize,
    /// In bytes, with the ends of the lines.
    pub(super) length: usize,
}

impl Head {
    pub(super) const fn new() -> Head {
        Head { code: None, lines: 0, length: 0 }
    }

    /// Reads the next line, which is without its end.
    pub(super) fn read<'t>(&self, line: &'t [u8]) -> Result<Line<'t>, ParseReplyError> {
        let (code, rest) = BasicCode::read(line).map_err(|error| {
            self.error(ReplyErrorKind::NoCode, error.position().unwrap_or_default())
        })?;
        let first = self.code.unwrap_or(code);
        if code != first {
            return Err(self.error(ReplyErrorKind::OtherCode { first, found: code }, 0));
        }
        let no_separator = || self.error(ReplyErrorKind::NoSeparator, line.len() - rest.len());
        Line::of(code, rest).ok_or_else(no_separator)
    }

    /// Adds the line that was read; `length` includes its end.
    pub(super) fn add(&mut self, code: BasicCode, length: usize) {
        self.code = Some(code);
        self.lines += 1;
        self.length += length;
    }

    /// An error at a byte of the line after those that were read.
    pub(super) fn error(&self, kind: ReplyErrorKind, position: usize) -> ParseReplyError {
        ParseReplyError { kind, line: self.lines + 1, position: self.length + position }
    }
}

/// The length of the first line: up to a control character other than HT.
fn line_length(text: &[u8]) -> usize {
    let is_end = |&byte: &u8| byte < b' ' && byte != b'\t' || byte == 0x7f;
    text.iter().position(is_end).unwrap_or(text.len())
}

/// The texts of the lines. One alone, as in most replies, is not allocated.
#[derive(Default)]
struct Texts<'t> {
    first: Option<&'t str>,
    others: Vec<&'t str>,
}

impl<'t> Texts<'t> {
    fn push(&mut self, text: &'t str) {
        match self.first {
            None => self.first = Some(text),
            Some(_) => self.others.push(text),
        }
    }

    /// The reply with the status at the start of the first text, which is removed from each that
    /// has it.
    fn reply(self, code: BasicCode) -> Reply {
        let first = self.first.unwrap_or_default();
        let has_class = |(status, _): &(EnhancedCode, _)| Some(status.class()) == code.class();
        let Some((status, first)) = status_at_start(first).filter(has_class) else {
            return Reply::of(code, None, "").with_lines(iter::once(first).chain(self.others));
        };
        let others = self.others.into_iter().map(|line| match status_at_start(line) {
            Some((found, text)) if found == status => text,
            _ => line,
        });
        Reply::of(code, Some(status), "").with_lines(iter::once(first).chain(others))
    }
}

/// The status at the start of a text, and the text after it.
fn status_at_start(text: &str) -> Option<(EnhancedCode, &str)> {
    let (status, rest) = EnhancedCode::read(text.as_bytes()).ok()?;
    let rest = &text[text.len() - rest.len()..];
    let text = if rest.is_empty() { rest } else { rest.strip_prefix(' ')? };
    Some((status, text))
}
