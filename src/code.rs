//! Basic codes (RFC 5321 §4.2) and the class they share with enhanced status codes (RFC 3463 §3.1).

use std::fmt;

use crate::text::Unit;

/// The class of a reply: the first digit of its basic code and of its enhanced status code.
///
/// RFC 3463 §3.1 knows these three; 1yz and 3yz replies carry no enhanced status code (RFC 2034 §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
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
    pub const ALL: [Class; 3] = [Class::Success, Class::Transient, Class::Permanent];

    /// The place of the class in [`Class::ALL`].
    #[cfg(any(feature = "node", test))]
    pub(crate) const fn position(self) -> usize {
        match self {
            Class::Success => 0,
            Class::Transient => 1,
            Class::Permanent => 2,
        }
    }

    pub(crate) fn from_digit(digit: u16) -> Option<Class> {
        Class::ALL.into_iter().find(|class| u16::from(class.digit()) == digit)
    }

    /// The class's digit: 2, 4 or 5.
    pub const fn digit(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digit().fmt(f)
    }
}

/// A basic code that a DSN can carry: 200–299, 400–499 or 500–599.
///
/// ```
/// use haraka_dsn_rs::{BasicCode, Class};
///
/// let code = BasicCode::new(452).unwrap();
/// assert_eq!(code.get(), 452);
/// assert_eq!(code.class(), Class::Transient);
/// assert_eq!(BasicCode::new(354), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BasicCode(u16);

impl BasicCode {
    /// What stands in where neither the caller nor the helper has a code: 450, a transient
    /// failure, so that nothing is lost by a mistake.
    pub const FALLBACK: BasicCode = BasicCode(450);

    /// The code, or `None` unless its first digit is 2, 4 or 5 and it has three digits.
    pub const fn new(code: u16) -> Option<BasicCode> {
        match code {
            200..=299 | 400..=599 => Some(BasicCode(code)),
            _ => None,
        }
    }

    /// The code at the start of a text, whatever follows it.
    ///
    /// haraka-dsn does not look at the end: `5501` and `450 x` pass as codes, and plugins may
    /// rely on it.
    pub(crate) fn at_start_of<U: Unit>(text: &[U]) -> Option<BasicCode> {
        let digits = text.get(..3)?;
        let code = digits.iter().try_fold(0, |code, &unit| Some(code * 10 + decimal(unit)?))?;
        BasicCode::new(code)
    }

    /// The code of a class for want of a better one: 250, 450 or 550.
    pub(crate) const fn usual(class: Class) -> BasicCode {
        BasicCode(class.digit() as u16 * 100 + 50)
    }

    /// The code as a number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The class that the first digit names.
    pub const fn class(self) -> Class {
        match self.0 {
            200..=299 => Class::Success,
            400..=499 => Class::Transient,
            _ => Class::Permanent,
        }
    }
}

impl fmt::Display for BasicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The first character as a digit, which is the class of anything that stands in for a basic
/// code: haraka-dsn lets a caller's own default be any value.
#[cfg(any(feature = "node", test))]
pub(crate) fn leading_digit<U: Unit>(text: &[U]) -> Option<u16> {
    decimal(*text.first()?)
}

/// The value of an ASCII digit.
pub(crate) fn decimal(unit: impl Unit) -> Option<u16> {
    let digit = unit.into().checked_sub(u32::from('0'))?;
    (digit <= 9).then_some(digit as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basic_code_has_three_digits_of_which_the_first_is_its_class() {
        for number in 0..=u16::MAX {
            let text = number.to_string();
            let class = Class::ALL.into_iter().find(|class| text.starts_with(&class.to_string()));
            let expected = class.filter(|_| text.len() == 3);
            assert_eq!(BasicCode::new(number).map(BasicCode::class), expected, "{number}");
        }
    }

    #[test]
    fn every_class_knows_its_place() {
        for (at, class) in Class::ALL.into_iter().enumerate() {
            assert_eq!(class.position(), at, "{class:?}");
        }
    }

    #[test]
    fn a_code_is_read_from_the_first_three_characters_only() {
        for (text, code) in [
            ("550", Some(550)),
            ("5501", Some(550)),
            ("450 x", Some(450)),
            ("299", Some(299)),
            ("399", None),
            ("55", None),
            ("", None),
            (" 550", None),
            ("5x0", None),
            ("55/", None),
            ("55:", None),
        ] {
            assert_eq!(
                BasicCode::at_start_of(text.as_bytes()).map(BasicCode::get),
                code,
                "{text:?}"
            );
        }
        // Full-width digits are digits to Unicode but not to SMTP.
        let wide: Vec<u16> = "５５０".encode_utf16().collect();
        assert_eq!(BasicCode::at_start_of(&wide), None);
    }

    #[test]
    fn a_leading_digit_is_ascii() {
        for unit in 0..=u16::MAX {
            let expected = char::from_u32(unit.into()).filter(char::is_ascii);
            let expected = expected.and_then(|c| c.to_digit(10)).map(|digit| digit as u16);
            assert_eq!(leading_digit(&[unit]), expected, "U+{unit:04X}");
        }
        assert_eq!(leading_digit::<u16>(&[]), None);
    }
}
