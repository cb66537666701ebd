//! The helpers: haraka-dsn's names for reasons to reply with a status.

use super::status::{STATUSES, Status, index};
use crate::codes::{BasicCode, EnhancedCode};
use crate::reply::Reply;

/// A named reason to reply with a status.
///
/// For each there is a function of that name in [`helpers`](crate::helpers).
///
/// ```
/// use smtp_status::Status;
///
/// let [_, helper] = Status::lookup("X.1.1").unwrap().helpers() else { panic!() };
/// assert_eq!(helper.name(), "no_such_user");
/// assert_eq!(helper.reply().to_string(), "550 5.1.1 No such user");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Helper {
    pub(super) name: &'static str,
    pub(super) code: BasicCode,
    pub(super) enhanced_code: EnhancedCode,
    pub(super) own_message: Option<&'static str>,
}

impl Helper {
    /// The name, in haraka-dsn's scheme.
    ///
    /// ```
    /// assert_eq!(smtp_status::STATUSES[1].helpers()[0].name(), "addr_unspecified");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The basic code, unless the caller gives one: haraka-dsn's where the helper is haraka-dsn's,
    /// else one that the registry associates with the status.
    ///
    /// ```
    /// let helper = &smtp_status::Status::get(1, 1).unwrap().helpers()[0];
    /// assert_eq!(helper.code(), 550);
    /// ```
    #[must_use]
    pub const fn code(&self) -> BasicCode {
        self.code
    }

    /// The enhanced status code, unless the caller gives a basic code of another class.
    ///
    /// ```
    /// let helper = &smtp_status::Status::get(1, 1).unwrap().helpers()[0];
    /// assert_eq!(helper.enhanced_code().to_string(), "5.1.1");
    /// ```
    #[must_use]
    pub const fn enhanced_code(&self) -> EnhancedCode {
        self.enhanced_code
    }

    /// The status that the helper replies with.
    ///
    /// ```
    /// let status = smtp_status::Status::get(1, 1).unwrap();
    /// assert_eq!(status.helpers()[0].status(), status);
    /// ```
    #[must_use]
    pub const fn status(&self) -> &'static Status {
        &STATUSES[index(self.enhanced_code)]
    }

    /// The helper's text, if it differs from the [status's](Status::message).
    ///
    /// ```
    /// let [plain, own] = smtp_status::Status::get(1, 1).unwrap().helpers() else { panic!() };
    /// assert_eq!(plain.own_message(), None);
    /// assert_eq!(own.own_message(), Some("No such user"));
    /// ```
    #[must_use]
    pub const fn own_message(&self) -> Option<&'static str> {
        self.own_message
    }

    /// The helper's reply without arguments.
    ///
    /// ```
    /// let helper = &smtp_status::STATUSES[0].helpers()[0];
    /// assert_eq!(helper.reply().to_string(), "450 4.0.0 Other undefined status");
    /// ```
    pub const fn reply(&self) -> Reply {
        let text = match self.own_message() {
            Some(text) => text,
            None => self.status().message(),
        };
        Reply::of(self.code(), Some(self.enhanced_code()), text)
    }
}
