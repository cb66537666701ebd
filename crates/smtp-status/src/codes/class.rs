//! The class that a basic code and an enhanced status code share (RFC 3463 §3.1).

use core::fmt;
use core::str::FromStr;

use super::error::InvalidCode;
use crate::text::{Unit, decimal};

/// The class of a reply: the first digit of its basic code and of its enhanced status code.
///
/// RFC 3463 §3.1 defines these three; 3yz replies carry no enhanced status code (RFC 2034 §4).
///
/// ```
/// use smtp_status::Class;
///
/// assert_eq!(Class::new(4), Some(Class::Transient));
/// assert_eq!(Class::Permanent.digit(), 5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 2: the action was done.
    Success = 2,
    /// 4: the action failed and may succeed later.
    Transient = 4,
    /// 5: the action failed and would fail again.
    Permanent = 5,
}

impl Class {
    /// Every class, in numeric order.
    ///
    /// ```
    /// assert_eq!(smtp_status::Class::ALL.map(|class| class.digit()), [2, 4, 5]);
    /// ```
    pub const ALL: [Class; 3] = [Class::Success, Class::Transient, Class::Permanent];

    /// The class with this digit, `None` unless it is 2, 4 or 5.
    ///
    /// ```
    /// use smtp_status::Class;
    ///
    /// assert_eq!(Class::new(2), Some(Class::Success));
    /// assert_eq!(Class::new(3), None);
    /// ```
    #[must_use]
    pub const fn new(digit: u16) -> Option<Class> {
        match digit {
            2 => Some(Class::Success),
            4 => Some(Class::Transient),
            5 => Some(Class::Permanent),
            _ => None,
        }
    }

    /// Reads the digit at the start of a text and returns the rest.
    pub(super) fn read<U: Unit>(text: &[U]) -> Result<(Class, &[U]), InvalidCode> {
        let class =
            text.split_first().and_then(|(&unit, rest)| Some((Class::new(decimal(unit)?)?, rest)));
        class.ok_or(InvalidCode::text("2, 4 or 5", 0))
    }

    /// The class's digit: 2, 4 or 5.
    ///
    /// ```
    /// assert_eq!(smtp_status::Class::Transient.digit(), 4);
    /// ```
    #[must_use]
    pub const fn digit(self) -> u16 {
        self as u16
    }
}

/// The digit.
impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digit().fmt(f)
    }
}

impl From<Class> for u16 {
    fn from(class: Class) -> u16 {
        class.digit()
    }
}

impl TryFrom<u16> for Class {
    type Error = InvalidCode;

    fn try_from(digit: u16) -> Result<Class, InvalidCode> {
        Class::new(digit).ok_or(InvalidCode::number("a class is 2, 4 or 5", digit))
    }
}

/// The digit and nothing else.
impl FromStr for Class {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<Class, InvalidCode> {
        let (class, rest) = Class::read(text.as_bytes())?;
        InvalidCode::unless_end(text.as_bytes(), rest)?;
        Ok(class)
    }
}

/// [`Class::from_str`]
impl TryFrom<&str> for Class {
    type Error = InvalidCode;

    fn try_from(text: &str) -> Result<Class, InvalidCode> {
        text.parse()
    }
}
