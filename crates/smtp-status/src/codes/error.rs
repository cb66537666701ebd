//! The error about codes.

use core::error::Error;
use core::fmt;

/// The error for a text or a number that is not a code.
///
/// ```
/// use smtp_status::{BasicCode, Class, EnhancedCode};
///
/// let error = "5.1:1".parse::<EnhancedCode>().unwrap_err();
/// assert_eq!(error.to_string(), "expected a period at byte 3");
/// assert_eq!(error.position(), Some(3));
///
/// let error = BasicCode::try_from(600).unwrap_err();
/// assert_eq!(error.to_string(), "a basic code is 200 to 599, not 600");
/// assert_eq!(Class::try_from(3).unwrap_err().to_string(), "a class is 2, 4 or 5, not 3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvalidCode(Problem);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    /// What was expected at a byte of a text.
    Text { expected: &'static str, position: usize },
    /// A number that is out of range for its part of a code.
    Number { range: &'static str, value: u16 },
}

impl InvalidCode {
    pub(super) const fn text(expected: &'static str, position: usize) -> InvalidCode {
        InvalidCode(Problem::Text { expected, position })
    }

    pub(super) const fn number(range: &'static str, value: u16) -> InvalidCode {
        InvalidCode(Problem::Number { range, value })
    }

    /// An error unless the code was the whole text.
    pub(super) const fn unless_end(text: &[u8], rest: &[u8]) -> Result<(), InvalidCode> {
        if rest.is_empty() {
            return Ok(());
        }
        Err(InvalidCode::text("the end of the code", text.len() - rest.len()))
    }

    /// The offset of the first wrong byte of a text, its length if it ends too early; `None` if the
    /// code was a number.
    ///
    /// ```
    /// let error = "25O".parse::<smtp_status::BasicCode>().unwrap_err();
    /// assert_eq!(error.position(), Some(2));
    /// ```
    #[must_use]
    pub const fn position(&self) -> Option<usize> {
        match self.0 {
            Problem::Text { position, .. } => Some(position),
            Problem::Number { .. } => None,
        }
    }
}

impl fmt::Display for InvalidCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Problem::Text { expected, position } => {
                write!(f, "expected {expected} at byte {position}")
            }
            Problem::Number { range, value } => write!(f, "{range}, not {value}"),
        }
    }
}

impl Error for InvalidCode {}
