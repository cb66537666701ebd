//! Replies: a basic code, an enhanced status code and a text on one line or several.

use std::borrow::Cow;
use std::fmt;

use crate::code::{BasicCode, Class};
use crate::table::Status;
use crate::text::strip_controls;

/// An enhanced status code, `class.subject.detail` (RFC 3463 §2).
///
/// Any subject and detail is legal, registered or not: large providers invent their own, and
/// clients are told to act on the class of a code they do not know (RFC 3463 §2).
///
/// ```
/// use haraka_dsn_rs::{Class, EnhancedCode};
///
/// let code = EnhancedCode { class: Class::Permanent, subject: 7, detail: 26 };
/// assert_eq!(code.to_string(), "5.7.26");
/// assert_eq!(code.status().unwrap().message(), "Multiple authentication checks failed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EnhancedCode {
    /// Success, transient or permanent failure.
    pub class: Class,
    /// What the status is about, 0 to 999: 1 is addressing, 7 security and policy.
    pub subject: u16,
    /// The precise condition within the subject, 0 to 999; 0 is "other or undefined".
    pub detail: u16,
}

impl EnhancedCode {
    /// The registered status of this subject and detail, `None` if there is none.
    pub fn status(&self) -> Option<&'static Status> {
        Status::lookup(self.subject, self.detail)
    }

    /// The default text of the status, empty where it has none.
    pub(crate) fn default_text(&self) -> &'static str {
        self.status().map_or("", Status::message)
    }

    /// What stands before the text on each line of a reply: the code and a space (RFC 2034 §4).
    pub(crate) fn prefix(&self) -> String {
        format!("{self} ")
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// A reply to an SMTP client.
///
/// The functions of [`helpers`](crate::helpers) make one with the text that suits the status;
/// the `with_` methods change it. No control character ever gets into a reply.
///
/// ```
/// use haraka_dsn_rs::{BasicCode, Reply, helpers};
///
/// let reply = helpers::no_such_user().with_message("Never heard of her");
/// assert_eq!((reply.code().get(), reply.to_string()), (550, "5.1.1 Never heard of her".into()));
///
/// // A status that has no helper, or none at all.
/// let code = BasicCode::new(421).unwrap();
/// assert_eq!(Reply::new(code, 4, 500).with_message("Later").to_string(), "4.4.500 Later");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    code: BasicCode,
    subject: u16,
    detail: u16,
    text: Vec<Cow<'static, str>>,
}

impl Reply {
    /// A reply with the default text of its status, an empty one where the status has none.
    pub fn new(code: BasicCode, subject: u16, detail: u16) -> Reply {
        let text = EnhancedCode { class: code.class(), subject, detail }.default_text();
        Reply::with_default(code, subject, detail, text)
    }

    pub(crate) fn with_default(
        code: BasicCode,
        subject: u16,
        detail: u16,
        text: &'static str,
    ) -> Reply {
        Reply { code, subject, detail, text: vec![Cow::Borrowed(text)] }
    }

    /// Replaces the text by one line of the caller's; an empty one leaves it as it is.
    #[must_use]
    pub fn with_message(self, message: &str) -> Reply {
        if message.is_empty() { self } else { self.with_lines([message]) }
    }

    /// Replaces the text by any number of lines; empty lines stay.
    ///
    /// ```
    /// let reply = haraka_dsn_rs::helpers::relaying_denied().with_lines(["Relaying denied", "See https://example.com/"]);
    /// assert_eq!(reply.to_string(), "5.7.1 Relaying denied\n5.7.1 See https://example.com/");
    /// ```
    #[must_use]
    pub fn with_lines<'a>(self, lines: impl IntoIterator<Item = &'a str>) -> Reply {
        let clean = |line| Cow::Owned(strip_controls(line).into_owned());
        Reply { text: lines.into_iter().map(clean).collect(), ..self }
    }

    /// Replaces the basic code, and with it the class of the enhanced status code.
    ///
    /// ```
    /// use haraka_dsn_rs::{BasicCode, helpers};
    ///
    /// let greylisted = helpers::sec_unauthorized().with_code(BasicCode::new(451).unwrap());
    /// assert_eq!(greylisted.to_string(), "4.7.1 Delivery not authorized, message refused");
    /// ```
    #[must_use]
    pub fn with_code(self, code: BasicCode) -> Reply {
        Reply { code, ..self }
    }

    /// The basic code.
    pub fn code(&self) -> BasicCode {
        self.code
    }

    /// The enhanced status code; its class is the basic code's.
    pub fn enhanced_code(&self) -> EnhancedCode {
        EnhancedCode { class: self.code.class(), subject: self.subject, detail: self.detail }
    }

    /// The text line by line, without codes.
    ///
    /// ```
    /// let reply = haraka_dsn_rs::helpers::mbox_full().with_lines(["Full", "Call me"]);
    /// assert_eq!(reply.text().collect::<Vec<_>>(), ["Full", "Call me"]);
    /// ```
    pub fn text(&self) -> impl Iterator<Item = &str> {
        self.text.iter().map(AsRef::as_ref)
    }

    /// The lines as they follow the basic code on the wire, each with the enhanced status code.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let prefix = self.enhanced_code().prefix();
        self.text.iter().map(move |text| format!("{prefix}{text}"))
    }
}

/// The lines, joined by U+000A: for logs, not for the wire.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, line) in self.lines().enumerate() {
            if at > 0 {
                f.write_str("\n")?;
            }
            f.write_str(&line)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_follows_the_basic_code() {
        for class in Class::ALL {
            let code = BasicCode::new(u16::from(class.digit()) * 100).unwrap();
            let reply = Reply::new(code, 1, 1);
            assert_eq!(reply.enhanced_code(), EnhancedCode { class, subject: 1, detail: 1 });
        }
    }

    #[test]
    fn an_unregistered_status_has_no_text() {
        assert_eq!(Reply::new(BasicCode::FALLBACK, 9, 9).to_string(), "4.9.9 ");
    }

    #[test]
    fn an_empty_message_means_the_default_text_and_an_empty_line_an_empty_line() {
        let reply = Reply::new(BasicCode::FALLBACK, 2, 2);
        assert_eq!(reply.clone().with_message(""), reply);
        assert_eq!(reply.clone().with_lines(["", "x"]).to_string(), "4.2.2 \n4.2.2 x");
        assert_eq!(reply.with_lines([]).lines().count(), 0);
    }
}
