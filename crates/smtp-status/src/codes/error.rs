//! Errors about codes.

use core::error::Error;
use core::fmt;

/// The error for a text that is not a code: what was expected, and where.
///
/// ```
/// use smtp_status::EnhancedCode;
///
/// let error = "5.1:1".parse::<EnhancedCode>().unwrap_err();
/// assert_eq!(error.position(), 3);
/// assert_eq!(error.to_string(), "expected a period at byte 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseCodeError {
    expected: &'static str,
    position: usize,
}

impl ParseCodeError {
    pub(super) const fn new(expected: &'static str, position: usize) -> ParseCodeError {
        ParseCodeError { expected, position }
    }

    /// An error unless the code was the whole text.
    pub(super) const fn unless_end(text: &[u8], rest: &[u8]) -> Result<(), ParseCodeError> {
        if rest.is_empty() {
            return Ok(());
        }
        Err(ParseCodeError::new("the end of the code", text.len() - rest.len()))
    }

    /// The offset of the first wrong byte; the length of the text if it ends too early.
    ///
    /// ```
    /// let error = "25O".parse::<smtp_status::BasicCode>().unwrap_err();
    /// assert_eq!(error.position(), 2);
    /// ```
    #[must_use]
    pub const fn position(&self) -> usize {
        self.position
    }
}

impl fmt::Display for ParseCodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at byte {}", self.expected, self.position)
    }
}

impl Error for ParseCodeError {}

/// The error for a number that is out of range for its part of a code.
///
/// ```
/// use smtp_status::{BasicCode, EnhancedCode};
///
/// let error = BasicCode::try_from(600).unwrap_err();
/// assert_eq!(error.to_string(), "a basic code is 200 to 599, not 600");
/// let error = EnhancedCode::try_from((5, 1000, 1)).unwrap_err();
/// assert_eq!(error.to_string(), "a subject is 0 to 999, not 1000");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeRangeError {
    pub(super) range: &'static str,
    pub(super) value: u16,
}

impl CodeRangeError {
    /// The number.
    ///
    /// ```
    /// assert_eq!(smtp_status::Class::try_from(3).unwrap_err().value(), 3);
    /// ```
    #[must_use]
    pub const fn value(&self) -> u16 {
        self.value
    }
}

impl fmt::Display for CodeRangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, not {}", self.range, self.value)
    }
}

impl Error for CodeRangeError {}
