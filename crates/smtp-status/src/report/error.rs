//! The error for reports that cannot be written.

use alloc::string::String;
use core::fmt;

/// The error for a report that cannot be written: which field is wrong, and why.
///
/// ```
/// use smtp_status::{Report, ReportOptions};
///
/// let report = Report::new("mail.example.com", []);
/// let error = report.message(&ReportOptions::default(), b"").unwrap_err();
/// assert_eq!(error.field, "recipients");
/// assert_eq!(error.to_string(), "recipients: there must be at least one");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WriteReportError {
    /// The field of the report or of its options, such as `recipients[0].action`.
    pub field: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl fmt::Display for WriteReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl core::error::Error for WriteReportError {}

pub(super) type Result<T> = core::result::Result<T, WriteReportError>;

/// The error for a field if it is not valid.
pub(super) fn check(is_valid: bool, field: &str, problem: &'static str) -> Result<()> {
    if is_valid { Ok(()) } else { Err(WriteReportError { field: field.into(), problem }) }
}
