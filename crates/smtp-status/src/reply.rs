//! Replies: a basic code, perhaps an enhanced status code, and a text on one line or several.

mod write;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::slice;

use crate::codes::{BasicCode, EnhancedCode, Prefix};
use crate::text::strip;

/// A reply to an SMTP command.
///
/// The functions of [`helpers`](crate::helpers) make one for a named reason, [`Reply::enhanced`] and
/// [`Reply::new`] make one from a code; the `with_` methods change it. No control character (U+0000
/// to U+001F, U+007F) ever gets into a reply, and no combination of calls makes an illegal one: it
/// has at least one line, and its codes have the same class.
///
/// ```
/// use smtp_status::{BasicCode, EnhancedCode, Reply, helpers};
///
/// let reply = helpers::no_such_user().with_message("Never heard of her");
/// assert_eq!(reply.to_string(), "550 5.1.1 Never heard of her");
///
/// // A status that has no helper, or is not registered at all.
/// let code: EnhancedCode = "4.4.500".parse().unwrap();
/// let reply = Reply::enhanced(code).with_code(BasicCode::SERVICE_NOT_AVAILABLE);
/// assert_eq!(reply.with_message("Later").to_string(), "421 4.4.500 Later");
///
/// // No enhanced status code: greetings, answers to EHLO, and 3yz codes.
/// let reply = Reply::new(BasicCode::START_MAIL_INPUT).with_message("Go ahead");
/// assert_eq!(reply.to_string(), "354 Go ahead");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[must_use]
pub struct Reply {
    code: BasicCode,
    /// Its class is the basic code's; `None` where that has no class.
    enhanced_code: Option<EnhancedCode>,
    lines: Lines,
}

/// Nearly every reply has one line, for which no `Vec` is needed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Lines {
    One(Cow<'static, str>),
    /// More than one.
    Several(Vec<Cow<'static, str>>),
}

impl Reply {
    /// A reply without enhanced status code and with one empty line.
    ///
    /// RFC 2034 §4 excludes enhanced status codes from the greeting, from answers to HELO and EHLO
    /// and from 3yz replies.
    ///
    /// ```
    /// use smtp_status::{BasicCode, Reply};
    ///
    /// let hello = Reply::new(BasicCode::OK).with_lines(["mx.example.com", "ENHANCEDSTATUSCODES"]);
    /// assert_eq!(hello.to_string(), "250-mx.example.com\n250 ENHANCEDSTATUSCODES");
    /// ```
    pub const fn new(code: BasicCode) -> Reply {
        Reply::of(code, None, "")
    }

    /// A reply with an enhanced status code, the usual basic code of its class (250, 450 or 550)
    /// and the default text of its status, which may be empty.
    ///
    /// ```
    /// use smtp_status::{BasicCode, EnhancedCode, Reply};
    ///
    /// let full = Reply::enhanced("5.2.2".parse().unwrap());
    /// assert_eq!(full.to_string(), "550 5.2.2 Mailbox full");
    /// let full = full.with_code(BasicCode::STORAGE_EXCEEDED);
    /// assert_eq!(full.to_string(), "552 5.2.2 Mailbox full");
    /// ```
    pub const fn enhanced(code: EnhancedCode) -> Reply {
        Reply::of(BasicCode::of_class(code.class()), Some(code), default_text(code))
    }

    /// The class of the enhanced status code becomes the basic code's; `text` is from the table.
    pub(crate) const fn of(
        code: BasicCode,
        enhanced_code: Option<EnhancedCode>,
        text: &'static str,
    ) -> Reply {
        let enhanced_code = of_class(enhanced_code, code);
        Reply { code, enhanced_code, lines: Lines::One(Cow::Borrowed(text)) }
    }

    /// Replaces the text with one line; an empty one changes nothing, as in haraka-dsn.
    ///
    /// Control characters are removed, in place if the text is owned.
    ///
    /// ```
    /// use smtp_status::helpers::no_such_user;
    ///
    /// let reply = no_such_user().with_message(format!("No {} here\r\n", "Jane"));
    /// assert_eq!(reply.to_string(), "550 5.1.1 No Jane here");
    /// assert_eq!(no_such_user().with_message(""), no_such_user());
    /// ```
    pub fn with_message<'m>(self, message: impl Into<Cow<'m, str>>) -> Reply {
        let message = message.into();
        if message.is_empty() {
            return self;
        }
        Reply { lines: Lines::One(strip_owned(message)), ..self }
    }

    /// Replaces the text with any number of lines; empty lines are kept. Without any, the reply has
    /// one empty line, as it does on the wire.
    ///
    /// Control characters are removed, in place if the lines are owned.
    ///
    /// ```
    /// use smtp_status::helpers::relaying_denied;
    ///
    /// let reply = relaying_denied().with_lines(["Relaying denied", "See https://example.com/"]);
    /// assert_eq!(
    ///     reply.to_string(),
    ///     "550-5.7.1 Relaying denied\n550 5.7.1 See https://example.com/",
    /// );
    /// ```
    pub fn with_lines<'m, L>(self, lines: impl IntoIterator<Item = L>) -> Reply
    where
        L: Into<Cow<'m, str>>,
    {
        Reply { lines: lines.into_iter().map(|line| strip_owned(line.into())).collect(), ..self }
    }

    /// Replaces the basic code. The class of the enhanced status code follows it; a 3yz code
    /// removes the enhanced status code.
    ///
    /// ```
    /// use smtp_status::{BasicCode, helpers};
    ///
    /// let greylisted = helpers::sec_unauthorized().with_code(BasicCode::LOCAL_ERROR);
    /// assert_eq!(greylisted.to_string(), "451 4.7.1 Delivery not authorized, message refused");
    /// ```
    pub fn with_code(self, code: BasicCode) -> Reply {
        Reply { code, enhanced_code: of_class(self.enhanced_code, code), ..self }
    }

    /// The basic code.
    ///
    /// ```
    /// assert_eq!(smtp_status::helpers::no_such_user().code(), 550);
    /// ```
    #[must_use]
    pub const fn code(&self) -> BasicCode {
        self.code
    }

    /// The enhanced status code, `None` if the reply has none. Its class is the basic code's.
    ///
    /// ```
    /// use smtp_status::{BasicCode, Reply, helpers};
    ///
    /// assert_eq!(helpers::mbox_full().enhanced_code().unwrap().to_string(), "4.2.2");
    /// assert_eq!(Reply::new(BasicCode::OK).enhanced_code(), None);
    /// ```
    #[must_use]
    pub const fn enhanced_code(&self) -> Option<EnhancedCode> {
        self.enhanced_code
    }

    /// The default text of the status, even if the reply has another text. Empty if there is no
    /// status, or if it has no text.
    ///
    /// ```
    /// let reply = smtp_status::helpers::no_such_user();
    /// assert_eq!(reply.default_text(), "Bad destination mailbox address");
    /// ```
    #[must_use]
    pub const fn default_text(&self) -> &'static str {
        match self.enhanced_code {
            Some(code) => default_text(code),
            None => "",
        }
    }

    /// The text without codes, its lines joined with spaces.
    ///
    /// ```
    /// let reply = smtp_status::helpers::mbox_full();
    /// assert_eq!(reply.text(), "Mailbox full");
    /// assert_eq!(reply.with_lines(["Full", "Call me"]).text(), "Full Call me");
    /// ```
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.lines {
            Lines::One(line) => Cow::Borrowed(line),
            Lines::Several(lines) => Cow::Owned(lines.join(" ")),
        }
    }

    /// The lines of the text, without codes: at least one.
    ///
    /// ```
    /// let reply = smtp_status::helpers::mbox_full().with_lines(["Full", "Call me"]);
    /// assert_eq!(reply.lines().collect::<Vec<_>>(), ["Full", "Call me"]);
    /// ```
    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.lines.as_slice().iter().map(AsRef::as_ref)
    }

    /// The text after the basic code on each line: the enhanced status code, if the reply has one,
    /// and the text.
    ///
    /// ```
    /// let reply = smtp_status::helpers::mbox_full().with_lines(["Full", "Call me"]);
    /// assert_eq!(reply.lines_with_status().collect::<Vec<_>>(), ["4.2.2 Full", "4.2.2 Call me"]);
    /// ```
    #[must_use]
    pub fn lines_with_status(&self) -> impl DoubleEndedIterator<Item = String> + ExactSizeIterator {
        let prefix = self.prefix();
        self.lines().map(move |line| [prefix.as_str(), line].concat())
    }

    /// What precedes each of the [lines](Reply::lines) in
    /// [`lines_with_status`](Reply::lines_with_status).
    pub(crate) fn prefix(&self) -> Prefix {
        self.enhanced_code.map_or(Prefix::default(), EnhancedCode::prefix)
    }
}

impl Lines {
    fn as_slice(&self) -> &[Cow<'static, str>] {
        match self {
            Lines::One(line) => slice::from_ref(line),
            Lines::Several(lines) => lines,
        }
    }
}

impl FromIterator<Cow<'static, str>> for Lines {
    fn from_iter<I: IntoIterator<Item = Cow<'static, str>>>(lines: I) -> Lines {
        let mut lines = lines.into_iter();
        let first = lines.next().unwrap_or_default();
        match lines.next() {
            None => Lines::One(first),
            Some(second) => Lines::Several([first, second].into_iter().chain(lines).collect()),
        }
    }
}

/// The enhanced status code with the class of a basic code; `None` if that has no class.
const fn of_class(enhanced: Option<EnhancedCode>, code: BasicCode) -> Option<EnhancedCode> {
    match (enhanced, code.class()) {
        (Some(enhanced), Some(class)) => Some(enhanced.with_class(class)),
        _ => None,
    }
}

const fn default_text(code: EnhancedCode) -> &'static str {
    match code.status() {
        Some(status) => status.message(),
        None => "",
    }
}

fn strip_owned(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(strip(text).into_owned())
}

/// [`Reply::new`]
impl From<BasicCode> for Reply {
    fn from(code: BasicCode) -> Reply {
        Reply::new(code)
    }
}

/// [`Reply::enhanced`]
impl From<EnhancedCode> for Reply {
    fn from(code: EnhancedCode) -> Reply {
        Reply::enhanced(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Class;

    #[test]
    fn the_class_follows_the_basic_code() {
        for class in Class::ALL {
            let code = BasicCode::new(class.digit() * 100).unwrap();
            let reply = Reply::enhanced(EnhancedCode::new(Class::Success, 1, 1).unwrap());
            let expected = EnhancedCode::new(class, 1, 1);
            assert_eq!(reply.with_code(code).enhanced_code(), expected);
        }
    }

    #[test]
    fn a_reply_that_lost_its_enhanced_status_code_does_not_get_it_back() {
        let reply = Reply::enhanced(EnhancedCode::PERMANENT);
        let reply = reply.with_code(BasicCode::START_MAIL_INPUT).with_code(BasicCode::OK);
        assert_eq!(reply.enhanced_code(), None);
    }

    #[test]
    fn an_empty_message_keeps_the_text_and_an_empty_line_is_an_empty_line() {
        let reply = Reply::enhanced("4.2.2".parse().unwrap());
        assert_eq!(reply.clone().with_message(""), reply);
        assert_eq!(reply.clone().with_message("\n").to_string(), "450 4.2.2 ");
        assert_eq!(reply.clone().with_lines(["", "x"]).to_string(), "450-4.2.2 \n450 4.2.2 x");
        assert_eq!(reply.clone().with_lines([""; 0]), reply.with_lines([""]));
    }
}
