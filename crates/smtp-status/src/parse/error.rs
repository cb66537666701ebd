//! The error about replies.

use core::error::Error;
use core::fmt;
#[cfg(feature = "std")]
use std::io;

use crate::codes::BasicCode;

/// The error for bytes that are not a reply: what is wrong, and where.
///
/// ```
/// use smtp_status::{Reply, ReplyErrorKind};
///
/// let error = "550-5.1.1 x\r\ny\r\n".parse::<Reply>().unwrap_err();
/// assert_eq!(error.kind(), ReplyErrorKind::NoCode);
/// assert_eq!((error.line(), error.position()), (2, 13));
/// assert_eq!(error.to_string(), "line 2, byte 13: no basic code");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseReplyError {
    pub(super) kind: ReplyErrorKind,
    pub(super) line: usize,
    pub(super) position: usize,
}

impl ParseReplyError {
    /// What is wrong.
    ///
    /// ```
    /// use smtp_status::{Reply, ReplyErrorKind};
    ///
    /// let error = "250-mx.example.com\r\n".parse::<Reply>().unwrap_err();
    /// assert_eq!(error.kind(), ReplyErrorKind::NotEnded);
    /// ```
    #[must_use]
    pub const fn kind(&self) -> ReplyErrorKind {
        self.kind
    }

    /// The number of the wrong line of the reply; the first is 1.
    ///
    /// ```
    /// let error = "OK\r\n".parse::<smtp_status::Reply>().unwrap_err();
    /// assert_eq!(error.line(), 1);
    /// ```
    #[must_use]
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The offset of the first wrong byte in the reply; the reply's length if it ends too early.
    ///
    /// ```
    /// let error = "25O OK\r\n".parse::<smtp_status::Reply>().unwrap_err();
    /// assert_eq!(error.position(), 2);
    /// ```
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }
}

impl fmt::Display for ParseReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, byte {}: {}", self.line, self.position, self.kind)
    }
}

impl Error for ParseReplyError {}

/// Of the kind [`InvalidData`](io::ErrorKind::InvalidData), so that `?` works where a stream is
/// read.
#[cfg(feature = "std")]
impl From<ParseReplyError> for io::Error {
    fn from(error: ParseReplyError) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

/// What is wrong in a [`ParseReplyError`].
///
/// ```
/// use smtp_status::{BasicCode, Reply, ReplyErrorKind};
///
/// let error = "250-a\r\n550 b\r\n".parse::<Reply>().unwrap_err();
/// let (first, found) = (BasicCode::OK, BasicCode::MAILBOX_UNAVAILABLE);
/// assert_eq!(error.kind(), ReplyErrorKind::OtherCode { first, found });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReplyErrorKind {
    /// A line does not begin with a basic code.
    NoCode,
    /// Neither a hyphen nor a space is after the basic code.
    NoSeparator,
    /// The basic code of a line is not that of the first line.
    OtherCode {
        /// The basic code of the first line.
        first: BasicCode,
        /// That of the wrong line.
        found: BasicCode,
    },
    /// The text contains a control character.
    ControlCharacter(char),
    /// The text is not UTF-8.
    NotUtf8,
    /// The text ends before the reply does: after a hyphen, or within CR LF.
    NotEnded,
    /// A line follows the last one, which has no hyphen.
    AfterEnd,
    /// The reply has more lines than [`ReplyReader::MAX_LINES`](crate::ReplyReader::MAX_LINES).
    TooManyLines,
    /// The reply has more bytes than [`ReplyReader::MAX_BYTES`](crate::ReplyReader::MAX_BYTES).
    TooManyBytes,
}

impl fmt::Display for ReplyErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ReplyErrorKind::NoCode => f.write_str("no basic code"),
            ReplyErrorKind::NoSeparator => {
                f.write_str("neither a hyphen nor a space after the basic code")
            }
            ReplyErrorKind::OtherCode { first, found } => {
                write!(f, "the basic code is {found}, not {first} as before")
            }
            ReplyErrorKind::ControlCharacter(control) => {
                write!(f, "the control character U+{:04X}", u32::from(*control))
            }
            ReplyErrorKind::NotUtf8 => f.write_str("invalid UTF-8"),
            ReplyErrorKind::NotEnded => f.write_str("the reply has not ended"),
            ReplyErrorKind::AfterEnd => {
                f.write_str("a line after the last one, which has no hyphen")
            }
            ReplyErrorKind::TooManyLines => f.write_str("too many lines"),
            ReplyErrorKind::TooManyBytes => f.write_str("too many bytes"),
        }
    }
}
