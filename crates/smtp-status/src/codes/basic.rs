//! Basic codes (RFC 5321 §4.2).

use core::fmt;
use core::num::NonZeroU16;
use core::str::{self, FromStr};

use super::class::Class;
use super::error::InvalidCode;
use crate::text::{Unit, decimal};

/// A basic code: 200 to 599, which are all the codes that the grammar of RFC 5321 §4.2 and its
/// predecessors allow.
///
/// ```
/// use smtp_status::{BasicCode, Class};
///
/// let code = BasicCode::new(452).unwrap();
/// assert_eq!(code, BasicCode::INSUFFICIENT_STORAGE);
/// assert_eq!(code.class(), Some(Class::Transient));
/// assert_eq!("354".parse(), Ok(BasicCode::START_MAIL_INPUT));
/// assert_eq!(BasicCode::new(600), None);
/// assert_eq!(size_of::<Option<BasicCode>>(), 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicCode(NonZeroU16);

/// Defines the constants, by name, number, meaning and RFC, and `meaning`, which also knows the codes
/// in brackets.
macro_rules! constants {
    (
        $($name:ident = $code:literal, $meaning:literal, $reference:literal;)*
        [$($other:literal, $other_meaning:literal;)*]
    ) => {
        impl BasicCode {
            /// What the code means, `None` if neither an RFC defines it nor the registry of enhanced
            /// status codes has it.
            ///
            /// ```
            /// use smtp_status::BasicCode;
            ///
            /// assert_eq!(BasicCode::MAILBOX_UNAVAILABLE.meaning(), Some("mailbox unavailable"));
            /// assert_eq!(BasicCode::new(599).unwrap().meaning(), None);
            /// ```
            #[must_use]
            pub const fn meaning(self) -> Option<&'static str> {
                match self.get() {
                    $($code => Some($meaning),)*
                    $($other => Some($other_meaning),)*
                    _ => None,
                }
            }

            $(
                #[doc = concat!(
                    $code, ": ", $meaning, " (", $reference, ").\n\n",
                    "```\n",
                    "assert_eq!(smtp_status::BasicCode::", stringify!($name), ", ", $code, ");\n",
                    "```",
                )]
                pub const $name: BasicCode = BasicCode::new($code).unwrap();
            )*
        }
    };
}

constants! {
    SYSTEM_STATUS = 211, "system status, or system help reply", "RFC 5321";
    HELP_MESSAGE = 214, "help message", "RFC 5321";
    SERVICE_READY = 220, "service ready: the greeting", "RFC 5321";
    SERVICE_CLOSING = 221, "service closing transmission channel", "RFC 5321";
    AUTHENTICATION_SUCCEEDED = 235, "authentication succeeded", "RFC 4954";
    OK = 250, "requested mail action okay, completed", "RFC 5321";
    WILL_FORWARD = 251, "user not local; will forward", "RFC 5321";
    CANNOT_VERIFY = 252, "cannot verify the user, but will accept the message", "RFC 5321";
    MESSAGES_PENDING = 253, "pending messages for the node started", "RFC 1985";
    AUTHENTICATION_CHALLENGE = 334, "server challenge; the text is Base64", "RFC 4954";
    START_MAIL_INPUT = 354, "start mail input; end with a line that is a period", "RFC 5321";
    TRANSACTION_OFFSET = 355, "the text has the offset at which to go on", "RFC 1845";
    SERVICE_NOT_AVAILABLE = 421, "service not available, closing transmission channel", "RFC 5321";
    PASSWORD_TRANSITION_NEEDED = 432, "a password transition is needed", "RFC 4954";
    MAILBOX_BUSY = 450, "mailbox unavailable for now", "RFC 5321";
    LOCAL_ERROR = 451, "action aborted: local error in processing", "RFC 5321";
    INSUFFICIENT_STORAGE = 452, "action not taken: insufficient system storage", "RFC 5321";
    NO_MAIL_FOR_CLIENT = 453, "you have no mail", "RFC 2645";
    TEMPORARY_AUTHENTICATION_FAILURE = 454, "temporary authentication failure", "RFC 4954";
    PARAMETERS_NOT_ACCOMMODATED = 455, "server unable to accommodate parameters", "RFC 5321";
    CANNOT_QUEUE_FOR_NODE = 458, "unable to queue messages for the node", "RFC 1985";
    NODE_NOT_ALLOWED = 459, "node not allowed", "RFC 1985";
    COMMAND_UNRECOGNIZED = 500, "syntax error, command unrecognized", "RFC 5321";
    SYNTAX_ERROR_IN_PARAMETERS = 501, "syntax error in parameters or arguments", "RFC 5321";
    COMMAND_NOT_IMPLEMENTED = 502, "command not implemented", "RFC 5321";
    BAD_SEQUENCE_OF_COMMANDS = 503, "bad sequence of commands", "RFC 5321";
    PARAMETER_NOT_IMPLEMENTED = 504, "command parameter not implemented", "RFC 5321";
    HOST_ACCEPTS_NO_MAIL = 521, "host does not accept mail", "RFC 7504";
    ENCRYPTION_NEEDED = 523, "encryption needed", "RFC 5248";
    ACCOUNT_DISABLED = 525, "user account disabled", "RFC 5248";
    AUTHENTICATION_REQUIRED = 530, "authentication required", "RFC 4954";
    AUTHENTICATION_TOO_WEAK = 534, "authentication mechanism is too weak", "RFC 4954";
    AUTHENTICATION_INVALID = 535, "authentication credentials invalid", "RFC 4954";
    ENCRYPTION_REQUIRED = 538, "encryption required for the authentication mechanism", "RFC 4954";
    MAILBOX_UNAVAILABLE = 550, "mailbox unavailable", "RFC 5321";
    USER_NOT_LOCAL = 551, "user not local; please try another address", "RFC 5321";
    STORAGE_EXCEEDED = 552, "action aborted: exceeded storage allocation", "RFC 5321";
    MAILBOX_NAME_NOT_ALLOWED = 553, "action not taken: mailbox name not allowed", "RFC 5321";
    TRANSACTION_FAILED = 554, "transaction failed, or no SMTP service here", "RFC 5321";
    PARAMETERS_NOT_RECOGNIZED = 555, "MAIL or RCPT parameters not recognized", "RFC 5321";
    DOMAIN_ACCEPTS_NO_MAIL = 556, "domain does not accept mail", "RFC 7504";

    // The registry associates these with a status, whose meaning they have; no RFC uses them.
    [
        422, "a password transition is needed";
        430, "invalid command, for now";
        524, "encryption required for the authentication mechanism";
        533, "delivery not authorized";
    ]
}

impl BasicCode {
    const MIN: u16 = 200;
    const MAX: u16 = 599;

    /// The code, `None` unless it is 200 to 599.
    ///
    /// ```
    /// use smtp_status::BasicCode;
    ///
    /// const SHUTTING_DOWN: BasicCode = BasicCode::new(421).unwrap();
    /// assert_eq!(SHUTTING_DOWN, BasicCode::SERVICE_NOT_AVAILABLE);
    /// assert_eq!(BasicCode::new(100), None);
    /// ```
    #[must_use]
    pub const fn new(code: u16) -> Option<BasicCode> {
        match code {
            BasicCode::MIN..=BasicCode::MAX => match NonZeroU16::new(code) {
                Some(code) => Some(BasicCode(code)),
                None => None,
            },
            _ => None,
        }
    }

    /// Reads three digits and nothing else, like [`str::parse`].
    ///
    /// # Errors
    ///
    /// What was expected, and where.
    ///
    /// ```
    /// use smtp_status::BasicCode;
    ///
    /// assert_eq!(BasicCode::from_bytes(b"250"), Ok(BasicCode::OK));
    /// assert_eq!(BasicCode::from_bytes(b"250 ").unwrap_err().position(), Some(3));
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<BasicCode, InvalidCode> {
        let (code, rest) = BasicCode::read(text)?;
        InvalidCode::unless_end(text, rest)?;
        Ok(code)
    }

    /// The generic code of a class: 250, 450 or 550.
    pub(crate) const fn of_class(class: Class) -> BasicCode {
        match class {
            Class::Success => BasicCode::OK,
            Class::Transient => BasicCode::MAILBOX_BUSY,
            Class::Permanent => BasicCode::MAILBOX_UNAVAILABLE,
        }
    }

    /// Reads the code at the start of a text and returns the rest.
    pub(crate) fn read<U: Unit>(text: &[U]) -> Result<(BasicCode, &[U]), InvalidCode> {
        let digit = |index: usize| text.get(index).and_then(|&unit| decimal(unit));
        let first = digit(0).filter(|first| (2..=5).contains(first));
        let first = first.ok_or(InvalidCode::text("a digit from 2 to 5", 0))?;
        let second = digit(1).ok_or(InvalidCode::text("a digit", 1))?;
        let third = digit(2).ok_or(InvalidCode::text("a digit", 2))?;
        let code = BasicCode::new(first * 100 + second * 10 + third);
        Ok((code.expect("the first digit is 2 to 5"), &text[3..]))
    }

    /// The code as a number.
    ///
    /// ```
    /// assert_eq!(smtp_status::BasicCode::OK.get(), 250);
    /// ```
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    /// The three digits.
    ///
    /// ```
    /// assert_eq!(smtp_status::BasicCode::OK.as_str(), "250");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        let index = usize::from(self.get() - BasicCode::MIN) * 3;
        &DIGITS[index..index + 3]
    }

    /// The class, by the first digit; `None` for 3yz, which carries no enhanced status code (RFC
    /// 2034 §4).
    ///
    /// ```
    /// use smtp_status::{BasicCode, Class};
    ///
    /// assert_eq!(BasicCode::LOCAL_ERROR.class(), Some(Class::Transient));
    /// assert_eq!(BasicCode::START_MAIL_INPUT.class(), None);
    /// ```
    #[must_use]
    pub const fn class(self) -> Option<Class> {
        Class::new(self.get() / 100)
    }

    /// Whether it is 2yz: the action was done.
    ///
    /// ```
    /// assert!(smtp_status::BasicCode::OK.is_success());
    /// ```
    #[must_use]
    pub const fn is_success(self) -> bool {
        self.get() / 100 == 2
    }

    /// Whether it is 3yz: the server waits for more.
    ///
    /// ```
    /// assert!(smtp_status::BasicCode::START_MAIL_INPUT.is_intermediate());
    /// ```
    #[must_use]
    pub const fn is_intermediate(self) -> bool {
        self.get() / 100 == 3
    }

    /// Whether it is 4yz: the action failed and may succeed later.
    ///
    /// ```
    /// assert!(smtp_status::BasicCode::LOCAL_ERROR.is_transient());
    /// ```
    #[must_use]
    pub const fn is_transient(self) -> bool {
        self.get() / 100 == 4
    }

    /// Whether it is 5yz: the action failed and would fail again.
    ///
    /// ```
    /// assert!(smtp_status::BasicCode::MAILBOX_UNAVAILABLE.is_permanent());
    /// ```
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        self.get() / 100 == 5
    }
}

/// The digits of every code.
static DIGITS: &str = {
    const CODES: usize = (BasicCode::MAX - BasicCode::MIN + 1) as usize;
    const BYTES: [u8; CODES * 3] = {
        let mut bytes = [0; CODES * 3];
        let mut index = 0;
        while index < bytes.len() {
            let code = BasicCode::MIN as usize + index / 3;
            let digit = [code / 100, code / 10 % 10, code % 10][index % 3];
            bytes[index] = b"0123456789"[digit];
            index += 1;
        }
        bytes
    };
    match str::from_utf8(&BYTES) {
        Ok(digits) => digits,
        Err(_) => panic!("digits are ASCII"),
    }
};

impl fmt::Display for BasicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The code as a number: `code == 250`.
impl PartialEq<u16> for BasicCode {
    fn eq(&self, code: &u16) -> bool {
        self.get() == *code
    }
}

impl PartialEq<BasicCode> for u16 {
    fn eq(&self, code: &BasicCode) -> bool {
        *self == code.get()
    }
}

impl From<BasicCode> for u16 {
    fn from(code: BasicCode) -> u16 {
        code.get()
    }
}

impl TryFrom<u16> for BasicCode {
    type Error = InvalidCode;

    fn try_from(code: u16) -> Result<BasicCode, InvalidCode> {
        let range = "a basic code is 200 to 599";
        BasicCode::new(code).ok_or(InvalidCode::number(range, code))
    }
}

/// [`BasicCode::from_bytes`]
impl TryFrom<&[u8]> for BasicCode {
    type Error = InvalidCode;

    fn try_from(text: &[u8]) -> Result<BasicCode, InvalidCode> {
        BasicCode::from_bytes(text)
    }
}

/// [`BasicCode::from_bytes`]
impl TryFrom<&str> for BasicCode {
    type Error = InvalidCode;

    fn try_from(text: &str) -> Result<BasicCode, InvalidCode> {
        text.parse()
    }
}

/// [`BasicCode::from_bytes`]
impl FromStr for BasicCode {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<BasicCode, InvalidCode> {
        BasicCode::from_bytes(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_from_the_first_three_characters_only() {
        for (text, code) in [
            ("550", Some(550)),
            ("5501", Some(550)),
            ("450 x", Some(450)),
            ("299", Some(299)),
            ("354", Some(354)),
            ("199", None),
            ("600", None),
            ("55", None),
            ("", None),
            (" 550", None),
            ("5x0", None),
            ("55/", None),
            ("55:", None),
        ] {
            let found = BasicCode::read(text.as_bytes()).ok();
            assert_eq!(found.map(|(code, _)| code.get()), code, "{text:?}");
        }
        // Full-width digits are digits to Unicode but not to SMTP.
        let wide: Vec<u16> = "５５０".encode_utf16().collect();
        assert!(BasicCode::read(&wide).is_err());
    }

    #[test]
    fn the_digits_are_those_of_each_code_once() {
        let codes: Vec<_> = (200..600).map(|code: u16| code.to_string()).collect();
        assert_eq!(DIGITS, codes.concat());
    }
}
