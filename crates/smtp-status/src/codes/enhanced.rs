//! Enhanced status codes (RFC 3463 §2).

use core::fmt;
use core::str::{self, FromStr};

use super::class::Class;
use super::error::InvalidCode;
use crate::text::{Unit, after, decimal};

/// An enhanced status code, `class.subject.detail` (RFC 3463 §2).
///
/// Any subject and detail from 0 to 999 is legal, registered or not: large providers define their
/// own, and clients act on the class of an unknown code (RFC 3463 §2).
///
/// ```
/// use smtp_status::{Class, EnhancedCode};
///
/// let code = EnhancedCode::new(Class::Permanent, 7, 26).unwrap();
/// assert_eq!(code.to_string(), "5.7.26");
/// assert_eq!("5.7.26".parse(), Ok(code));
/// assert_eq!(code.status().unwrap().message(), "Multiple authentication checks failed");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedCode {
    class: Class,
    subject: u16,
    detail: u16,
}

/// The greatest subject and detail: RFC 3463 §2 allows three digits.
const MAX_NUMBER: u16 = 999;

impl EnhancedCode {
    /// 2.0.0: a success, without details.
    ///
    /// ```
    /// assert_eq!(smtp_status::EnhancedCode::SUCCESS.to_string(), "2.0.0");
    /// ```
    pub const SUCCESS: EnhancedCode = EnhancedCode::new(Class::Success, 0, 0).unwrap();

    /// 4.0.0: a transient failure, without details.
    ///
    /// ```
    /// assert_eq!(smtp_status::EnhancedCode::TRANSIENT.to_string(), "4.0.0");
    /// ```
    pub const TRANSIENT: EnhancedCode = EnhancedCode::SUCCESS.with_class(Class::Transient);

    /// 5.0.0: a permanent failure, without details.
    ///
    /// ```
    /// assert_eq!(smtp_status::EnhancedCode::PERMANENT.to_string(), "5.0.0");
    /// ```
    pub const PERMANENT: EnhancedCode = EnhancedCode::SUCCESS.with_class(Class::Permanent);

    /// The code, `None` if subject or detail is above 999.
    ///
    /// ```
    /// use smtp_status::{Class, EnhancedCode};
    ///
    /// const NULL_MX: EnhancedCode = EnhancedCode::new(Class::Permanent, 1, 10).unwrap();
    /// assert_eq!(NULL_MX.to_string(), "5.1.10");
    /// assert_eq!(EnhancedCode::new(Class::Permanent, 1, 1000), None);
    /// ```
    #[must_use]
    pub const fn new(class: Class, subject: u16, detail: u16) -> Option<EnhancedCode> {
        if subject > MAX_NUMBER || detail > MAX_NUMBER {
            return None;
        }
        Some(EnhancedCode { class, subject, detail })
    }

    /// The code with another class.
    ///
    /// ```
    /// use smtp_status::{Class, EnhancedCode};
    ///
    /// let code: EnhancedCode = "5.2.2".parse().unwrap();
    /// assert_eq!(code.with_class(Class::Transient).to_string(), "4.2.2");
    /// ```
    #[must_use]
    pub const fn with_class(self, class: Class) -> EnhancedCode {
        EnhancedCode { class, subject: self.subject, detail: self.detail }
    }

    /// Reads `class.subject.detail` and nothing else, like [`str::parse`].
    ///
    /// # Errors
    ///
    /// What was expected, and where.
    ///
    /// ```
    /// use smtp_status::EnhancedCode;
    ///
    /// assert_eq!(EnhancedCode::from_bytes(b"5.0.0"), Ok(EnhancedCode::PERMANENT));
    /// assert_eq!(EnhancedCode::from_bytes(b"5.0").unwrap_err().position(), Some(3));
    /// ```
    pub fn from_bytes(text: &[u8]) -> Result<EnhancedCode, InvalidCode> {
        let (code, rest) = EnhancedCode::read(text)?;
        InvalidCode::unless_end(text, rest)?;
        Ok(code)
    }

    /// Reads the code at the start of a text and returns the rest.
    pub(crate) fn read<U: Unit>(text: &[U]) -> Result<(EnhancedCode, &[U]), InvalidCode> {
        let (class, _) = Class::read(text)?;
        let position = period(text, 1)?;
        let (subject, detail, position) = read_numbers(text, position)?;
        Ok((EnhancedCode { class, subject, detail }, &text[position..]))
    }

    /// Success, transient or permanent failure.
    ///
    /// ```
    /// let code: smtp_status::EnhancedCode = "5.7.26".parse().unwrap();
    /// assert_eq!(code.class(), smtp_status::Class::Permanent);
    /// ```
    #[must_use]
    pub const fn class(self) -> Class {
        self.class
    }

    /// What the status is about, 0 to 999: 1 is addressing, 7 security and policy.
    ///
    /// ```
    /// let code: smtp_status::EnhancedCode = "5.7.26".parse().unwrap();
    /// assert_eq!(code.subject(), 7);
    /// ```
    #[must_use]
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The precise condition within the subject, 0 to 999; 0 is "other or undefined".
    ///
    /// ```
    /// let code: smtp_status::EnhancedCode = "5.7.26".parse().unwrap();
    /// assert_eq!(code.detail(), 26);
    /// ```
    #[must_use]
    pub const fn detail(self) -> u16 {
        self.detail
    }

    /// Whether the class is 2: the action was done.
    ///
    /// ```
    /// assert!(smtp_status::EnhancedCode::SUCCESS.is_success());
    /// ```
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self.class, Class::Success)
    }

    /// Whether the class is 4: the action failed and may succeed later.
    ///
    /// ```
    /// assert!(smtp_status::EnhancedCode::TRANSIENT.is_transient());
    /// ```
    #[must_use]
    pub const fn is_transient(self) -> bool {
        matches!(self.class, Class::Transient)
    }

    /// Whether the class is 5: the action failed and would fail again.
    ///
    /// ```
    /// assert!(smtp_status::EnhancedCode::PERMANENT.is_permanent());
    /// ```
    #[must_use]
    pub const fn is_permanent(self) -> bool {
        matches!(self.class, Class::Permanent)
    }

    /// The code and a space: what precedes the text on each line of a reply (RFC 2034 §4).
    pub(crate) fn prefix(self) -> Prefix {
        let mut prefix = Prefix::default();
        prefix.push_number(self.class.digit());
        prefix.push(b'.');
        prefix.push_number(self.subject);
        prefix.push(b'.');
        prefix.push_number(self.detail);
        prefix.push(b' ');
        prefix
    }
}

/// Two numbers with a period between them: `subject.detail`, and the rest of the text.
pub(crate) fn subject_and_detail<U: Unit>(text: &[U]) -> Option<(u16, u16, &[U])> {
    let (subject, detail, position) = read_numbers(text, 0).ok()?;
    Some((subject, detail, &text[position..]))
}

/// Reads `subject.detail` at this position and returns the position after it.
fn read_numbers<U: Unit>(text: &[U], position: usize) -> Result<(u16, u16, usize), InvalidCode> {
    let (subject, position) = read_number(text, position)?;
    let position = period(text, position)?;
    let (detail, position) = read_number(text, position)?;
    Ok((subject, detail, position))
}

/// One to three digits without leading zeros (RFC 3463 §2).
fn read_number<U: Unit>(text: &[U], start: usize) -> Result<(u16, usize), InvalidCode> {
    let digit = |position: usize| text.get(position).and_then(|&unit| decimal(unit));
    let expected = |what, position| Err(InvalidCode::text(what, position));
    let Some(mut number) = digit(start) else { return expected("a digit", start) };
    let mut position = start + 1;
    while let Some(digit) = digit(position) {
        if number == 0 {
            return expected("no digit after a leading zero", position);
        }
        if position == start + 3 {
            return expected("no fourth digit", position);
        }
        number = number * 10 + digit;
        position += 1;
    }
    Ok((number, position))
}

/// The position after the period at this one.
fn period<U: Unit>(text: &[U], position: usize) -> Result<usize, InvalidCode> {
    match text.get(position..).and_then(|text| after(text, '.')) {
        Some(_) => Ok(position + 1),
        None => Err(InvalidCode::text("a period", position)),
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.prefix().as_str().trim_end())
    }
}

/// [`EnhancedCode::from_bytes`]
impl FromStr for EnhancedCode {
    type Err = InvalidCode;

    fn from_str(text: &str) -> Result<EnhancedCode, InvalidCode> {
        EnhancedCode::from_bytes(text.as_bytes())
    }
}

/// [`EnhancedCode::from_bytes`]
impl TryFrom<&[u8]> for EnhancedCode {
    type Error = InvalidCode;

    fn try_from(text: &[u8]) -> Result<EnhancedCode, InvalidCode> {
        EnhancedCode::from_bytes(text)
    }
}

/// [`EnhancedCode::from_bytes`]
impl TryFrom<&str> for EnhancedCode {
    type Error = InvalidCode;

    fn try_from(text: &str) -> Result<EnhancedCode, InvalidCode> {
        text.parse()
    }
}

/// From class, subject and detail.
impl TryFrom<(u16, u16, u16)> for EnhancedCode {
    type Error = InvalidCode;

    fn try_from((class, subject, detail): (u16, u16, u16)) -> Result<EnhancedCode, InvalidCode> {
        let class = Class::try_from(class)?;
        let in_range = |range, value| match value {
            0..=MAX_NUMBER => Ok(value),
            _ => Err(InvalidCode::number(range, value)),
        };
        let subject = in_range("a subject is 0 to 999", subject)?;
        let detail = in_range("a detail is 0 to 999", detail)?;
        Ok(EnhancedCode { class, subject, detail })
    }
}

/// An enhanced status code and a space, on the stack; empty for a reply without one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Prefix {
    bytes: [u8; "5.999.999 ".len()],
    length: usize,
}

impl Prefix {
    pub(crate) fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).expect("it is ASCII")
    }

    fn push(&mut self, byte: u8) {
        self.bytes[self.length] = byte;
        self.length += 1;
    }

    /// Appends a number of up to three digits; `write!` takes several times as long.
    fn push_number(&mut self, number: u16) {
        for power in [100, 10, 1] {
            if number >= power || power == 1 {
                self.push(b'0' + (number / power % 10) as u8);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn a_number_is_each_from_0_to_999_in_its_one_spelling() {
        for number in 0..=u16::MAX {
            for text in [number.to_string(), format!("0{number}"), format!("00{number}")] {
                let legal = number <= 999 && text == number.to_string();
                let expected = legal.then_some((number, text.len()));
                let found = read_number(format!("{text}.").as_bytes(), 0).ok();
                assert_eq!(found, expected, "{text}");
            }
        }
        for text in ["", ".", "-1", "+1", " 1", "x"] {
            assert!(read_number(text.as_bytes(), 0).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_code_is_taken_off_the_start_of_a_text() {
        let read = |text: &'static str| {
            let (code, rest) = EnhancedCode::read(text.as_bytes()).ok()?;
            Some((code.to_string(), rest))
        };
        assert_eq!(read("5.1.1 x"), Some(("5.1.1".into(), &b" x"[..])));
        assert_eq!(read("4.999.999"), Some(("4.999.999".into(), &b""[..])));
        assert_eq!(read("2.0.0.0"), Some(("2.0.0".into(), &b".0"[..])));
        for text in ["", "5", "5.", "5.1", "5.1.", "5..1", "3.1.1", "55.1.1", "X.1.1", "5,1,1"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_prefix_is_the_code_and_a_space() {
        for code in [EnhancedCode::SUCCESS, EnhancedCode::new(Class::Permanent, 999, 999).unwrap()]
        {
            assert_eq!(code.prefix().as_str(), format!("{code} "));
        }
    }
}
