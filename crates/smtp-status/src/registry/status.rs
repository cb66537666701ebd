//! The statuses, each with its default text and its helpers, made of the rows.

use core::fmt;

use super::helper::Helper;
use super::rows::{helper_text, registry};
use crate::codes::{BasicCode, Class, EnhancedCode, subject_and_detail};
use crate::text::after;

/// A status of the IANA registry of enhanced status codes (RFC 5248): a subject and a detail, in
/// any class.
///
/// ```
/// use smtp_status::{Class, Status};
///
/// let status = Status::get(2, 2).unwrap();
/// assert_eq!(status.message(), "Mailbox full");
/// assert_eq!(status.enhanced_code(Class::Transient).to_string(), "4.2.2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Status {
    /// The class is not used.
    code: EnhancedCode,
    message: &'static str,
    basic_codes: &'static [BasicCode],
    references: &'static [&'static str],
    helpers: &'static [Helper],
}

impl Status {
    /// The status registered for a subject and a detail, `None` if there is none.
    ///
    /// ```
    /// use smtp_status::Status;
    ///
    /// assert_eq!(Status::get(2, 2).unwrap().message(), "Mailbox full");
    /// assert!(Status::get(2, 99).is_none());
    /// ```
    #[must_use]
    pub const fn get(subject: u16, detail: u16) -> Option<&'static Status> {
        match find(subject, detail) {
            Some(row) => Some(&STATUSES[row]),
            None => None,
        }
    }

    /// The status that a text names: `5.1.1` with its class, `X.1.1` or `1.1` without. `None` for
    /// an unregistered status or any other text.
    ///
    /// ```
    /// use smtp_status::Status;
    ///
    /// let status = Status::lookup("5.2.2").unwrap();
    /// assert_eq!(status.message(), "Mailbox full");
    /// assert_eq!(Status::lookup("X.2.2"), Some(status));
    /// assert_eq!(Status::lookup("2.2"), Some(status));
    /// assert_eq!(Status::lookup("5.2.2 Mailbox full"), None);
    /// ```
    #[must_use]
    pub fn lookup(text: &str) -> Option<&'static Status> {
        let text = text.as_bytes();
        let (subject, detail, rest) = match EnhancedCode::read(text) {
            Ok((code, rest)) => (code.subject(), code.detail(), rest),
            Err(_) => subject_and_detail(any_class(text).unwrap_or(text))?,
        };
        if rest.is_empty() { Status::get(subject, detail) } else { None }
    }

    /// The index of the status in [`STATUSES`].
    ///
    /// ```
    /// use smtp_status::{STATUSES, Status};
    ///
    /// let status = Status::get(2, 2).unwrap();
    /// assert_eq!(&STATUSES[status.index()], status);
    /// ```
    #[must_use]
    pub const fn index(&self) -> usize {
        index(self.code)
    }

    /// The second number of the enhanced status code.
    ///
    /// ```
    /// assert_eq!(smtp_status::Status::lookup("5.7.26").unwrap().subject(), 7);
    /// ```
    #[must_use]
    pub const fn subject(&self) -> u16 {
        self.code.subject()
    }

    /// The third number of the enhanced status code.
    ///
    /// ```
    /// assert_eq!(smtp_status::Status::lookup("5.7.26").unwrap().detail(), 26);
    /// ```
    #[must_use]
    pub const fn detail(&self) -> u16 {
        self.code.detail()
    }

    /// The enhanced status code of the status in a class.
    ///
    /// ```
    /// use smtp_status::{Class, Status};
    ///
    /// let status = Status::get(1, 5).unwrap();
    /// assert_eq!(status.enhanced_code(Class::Success).to_string(), "2.1.5");
    /// ```
    #[must_use]
    pub const fn enhanced_code(&self, class: Class) -> EnhancedCode {
        self.code.with_class(class)
    }

    /// The default text: the registry's sample text, in haraka-dsn's spelling. Only X.6.10, a
    /// deprecated duplicate of X.6.8, has none: it is empty.
    ///
    /// ```
    /// assert_eq!(smtp_status::Status::get(2, 2).unwrap().message(), "Mailbox full");
    /// ```
    #[must_use]
    pub const fn message(&self) -> &'static str {
        self.message
    }

    /// The basic codes that the registry associates with the status, in its order. Empty if it
    /// names none: for X.0.0 any code will do, for X.7.17 to X.7.19 any 5yz code.
    ///
    /// ```
    /// use smtp_status::{BasicCode, Status};
    ///
    /// let codes = Status::get(1, 1).unwrap().basic_codes();
    /// assert_eq!(codes, [BasicCode::LOCAL_ERROR, BasicCode::MAILBOX_UNAVAILABLE]);
    /// ```
    #[must_use]
    pub const fn basic_codes(&self) -> &'static [BasicCode] {
        self.basic_codes
    }

    /// The documents that define the status, as `RFC 3463` or by the name of a draft.
    ///
    /// ```
    /// let references = smtp_status::Status::get(7, 20).unwrap().references();
    /// assert_eq!(references, ["RFC 7372", "RFC 6376"]);
    /// ```
    #[must_use]
    pub const fn references(&self) -> &'static [&'static str] {
        self.references
    }

    /// The helpers that reply with this status.
    ///
    /// ```
    /// let helpers = smtp_status::Status::get(1, 1).unwrap().helpers();
    /// let names: Vec<_> = helpers.iter().map(|helper| helper.name()).collect();
    /// assert_eq!(names, ["addr_bad_dest_mbox", "no_such_user"]);
    /// ```
    #[must_use]
    pub const fn helpers(&self) -> &'static [Helper] {
        self.helpers
    }
}

/// The status as the registry writes it, and its text if it has one: `X.2.2 Mailbox full`.
///
/// ```
/// let status = smtp_status::Status::get(2, 2).unwrap();
/// assert_eq!(status.to_string(), "X.2.2 Mailbox full");
/// ```
impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "X.{}.{}", self.subject(), self.detail())?;
        if self.message.is_empty() { Ok(()) } else { write!(f, " {}", self.message) }
    }
}

/// The text after `X.`, the placeholder for a class.
fn any_class(text: &[u8]) -> Option<&[u8]> {
    after(after(text, 'X')?, '.')
}

impl EnhancedCode {
    /// The registered status of this subject and detail, `None` if there is none.
    ///
    /// ```
    /// use smtp_status::EnhancedCode;
    ///
    /// let code: EnhancedCode = "5.2.2".parse().unwrap();
    /// assert_eq!(code.status().unwrap().message(), "Mailbox full");
    /// ```
    #[must_use]
    pub const fn status(self) -> Option<&'static Status> {
        Status::get(self.subject(), self.detail())
    }
}

/// The row of a registered status.
pub(super) const fn index(code: EnhancedCode) -> usize {
    find(code.subject(), code.detail()).expect("the status is registered")
}

/// The row of a status, by binary search.
const fn find(subject: u16, detail: u16) -> Option<usize> {
    let (mut start, mut end) = (0, STATUSES.len());
    while start < end {
        let middle = usize::midpoint(start, end);
        if is_before(&STATUSES[middle], subject, detail) {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    if start == STATUSES.len() {
        return None;
    }
    let status = &STATUSES[start];
    if status.subject() == subject && status.detail() == detail { Some(start) } else { None }
}

const fn is_before(status: &Status, subject: u16, detail: u16) -> bool {
    status.subject() < subject || status.subject() == subject && status.detail() < detail
}

/// The enhanced status code of a helper, whose class is the basic code's.
const fn enhanced_code(code: u16, subject: u16, detail: u16) -> EnhancedCode {
    let class = BasicCode::new(code).unwrap().class().expect("no helper has a 3yz code");
    EnhancedCode::new(class, subject, detail).unwrap()
}

macro_rules! own_message {
    ($message:literal) => { None };
    ($message:literal $own:tt) => { Some(helper_text!($message $own)) };
}

/// Makes the table of the rows.
macro_rules! statuses {
    ($(
        ($subject:literal, $detail:literal) $message:literal
            [$($associated:literal),*] $references:tt {
            $($helper:ident => $code:literal $(($own:tt))?,)*
        }
    )*) => {
        /// Every registered status, in the order of the registry.
        ///
        /// ```
        /// use smtp_status::STATUSES;
        ///
        /// assert_eq!(STATUSES[0].message(), "Other undefined status");
        /// assert_eq!(STATUSES[0].helpers()[0].name(), "unspecified");
        /// ```
        pub static STATUSES: &[Status] = &[$(
            Status {
                code: EnhancedCode::new(Class::Success, $subject, $detail).unwrap(),
                message: $message,
                basic_codes: &[$(BasicCode::new($associated).unwrap()),*],
                references: &$references,
                helpers: &[$(
                    Helper {
                        name: stringify!($helper),
                        code: BasicCode::new($code).unwrap(),
                        enhanced_code: enhanced_code($code, $subject, $detail),
                        own_message: own_message!($message $($own)?),
                    },
                )*],
            },
        )*];
    };
}

registry!(statuses);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_the_registry() {
        let order = |row: &Status| (row.subject(), row.detail());
        for pair in STATUSES.windows(2) {
            assert!(order(&pair[0]) < order(&pair[1]), "{:?} before {:?}", pair[0], pair[1]);
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn every_row_and_nothing_else_is_found() {
        let mut rows = STATUSES.iter().enumerate().peekable();
        for subject in 0..=999 {
            for detail in 0..=999 {
                let number = |row: &Status| (row.subject(), row.detail());
                let expected = rows.next_if(|(_, row)| number(row) == (subject, detail));
                let found = Status::get(subject, detail).map(|row| (row.index(), row));
                assert_eq!(found, expected, "X.{subject}.{detail}");
            }
        }
        assert_eq!(rows.next(), None);
    }

    #[test]
    fn every_row_is_found_by_its_names_and_by_no_other_text() {
        for row in STATUSES {
            let code = format!("{}.{}", row.subject(), row.detail());
            for prefix in ["2.", "4.", "5.", "X.", ""] {
                let text = format!("{prefix}{code}");
                assert_eq!(Status::lookup(&text), Some(row), "{text}");
                for wrong in [format!("{text} "), format!("{text}."), format!(" {text}")] {
                    assert_eq!(Status::lookup(&wrong), None, "{wrong:?}");
                }
            }
            for prefix in ["0.", "1.", "3.", "6.", "x.", "XX.", "X", ".", "5.X.", "X.X.", "5.5.5."]
            {
                let text = format!("{prefix}{code}");
                assert_eq!(Status::lookup(&text), None, "{text}");
            }
        }
        for text in ["", "X", "X.", "X.1", "5", "5.", "5.1.", "5..1", "1.99", "5.9.9", "X.01.1"] {
            assert_eq!(Status::lookup(text), None, "{text:?}");
        }
    }

    #[test]
    fn every_row_but_the_deprecated_duplicate_has_a_text_and_a_helper() {
        for row in STATUSES {
            let offered = (row.subject(), row.detail()) != (6, 10);
            assert_eq!(!row.message.is_empty(), offered, "{row:?}");
            assert_eq!(!row.helpers.is_empty(), offered, "{row:?}");
        }
    }

    #[test]
    fn every_helper_has_the_status_of_its_row() {
        for row in STATUSES {
            for helper in row.helpers {
                assert!(std::ptr::eq(helper.status(), row), "{helper:?}");
                assert_eq!(Some(helper.enhanced_code.class()), helper.code.class(), "{helper:?}");
            }
        }
    }

    #[test]
    fn texts_of_the_table_can_stand_in_a_reply_and_in_json() {
        let fits = |c: char| matches!(c, ' '..='~') && !matches!(c, '"' | '\\');
        for row in STATUSES {
            let own = row.helpers.iter().filter_map(Helper::own_message);
            for text in own.chain([row.message]).chain(row.references.iter().copied()) {
                assert!(text.chars().all(fits), "{row:?}");
            }
        }
    }
}
