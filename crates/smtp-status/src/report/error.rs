use alloc::string::String;
use core::error::Error;
use core::fmt;

/// The error for a report that cannot be written: which field is wrong, and why.
///
/// ```
/// use smtp_status::{Report, ReportOptions};
///
/// let error = Report::new("mail.example.com", []).message(&ReportOptions::default()).unwrap_err();
/// assert_eq!(error.field(), "recipients");
/// assert_eq!(error.to_string(), "recipients: there must be at least one");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteReportError {
    field: String,
    problem: &'static str,
}

impl WriteReportError {
    pub(super) fn new(field: impl Into<String>, problem: &'static str) -> WriteReportError {
        WriteReportError { field: field.into(), problem }
    }

    /// The field of the report or of its options, such as `recipients[0].action`.
    ///
    /// ```
    /// use smtp_status::{Report, ReportOptions};
    ///
    /// let error = Report::default().message(&ReportOptions::default()).unwrap_err();
    /// assert_eq!(error.field(), "reporting_mta");
    /// ```
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for WriteReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl Error for WriteReportError {}
