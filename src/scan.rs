//! Reading codes: each function takes one off the start of a text and gives back the rest.
//!
//! None of them looks at more than the first few units, however long the text is.

use crate::code::{BasicCode, Class, decimal};
use crate::reply::EnhancedCode;
use crate::text::Unit;

/// Three digits; what follows them is for the caller to judge.
pub(crate) fn basic_code<U: Unit>(text: &[U]) -> Option<(BasicCode, &[U])> {
    Some((BasicCode::at_start_of(text)?, text.get(3..)?))
}

/// `class.subject.detail` (RFC 3463 §2).
pub(crate) fn enhanced_code<U: Unit>(text: &[U]) -> Option<(EnhancedCode, &[U])> {
    let (&digit, rest) = text.split_first()?;
    let class = Class::from_digit(decimal(digit)?)?;
    let ((subject, detail), rest) = subject_and_detail(character(rest, '.')?)?;
    Some((EnhancedCode { class, subject, detail }, rest))
}

/// `subject.detail`.
pub(crate) fn subject_and_detail<U: Unit>(text: &[U]) -> Option<((u16, u16), &[U])> {
    let (subject, rest) = sub_code(text)?;
    let (detail, rest) = sub_code(character(rest, '.')?)?;
    Some(((subject, detail), rest))
}

/// The `X.` that stands for any class.
pub(crate) fn any_class<U: Unit>(text: &[U]) -> Option<&[U]> {
    character(character(text, 'X')?, '.')
}

/// The rest after this character.
pub(crate) fn character<U: Unit>(text: &[U], expected: char) -> Option<&[U]> {
    let (&found, rest) = text.split_first()?;
    (found.into() == u32::from(expected)).then_some(rest)
}

/// One to three digits without leading zeros (RFC 3463 §2).
fn sub_code<U: Unit>(text: &[U]) -> Option<(u16, &[U])> {
    let mut number = 0;
    let mut length = 0;
    while let Some(digit) = text.get(length).and_then(|&unit| decimal(unit)) {
        if length == 3 || (length > 0 && number == 0) {
            return None;
        }
        number = number * 10 + digit;
        length += 1;
    }
    (length > 0).then_some((number, text.get(length..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_code_is_each_number_from_0_to_999_in_its_one_spelling() {
        for number in 0..=u16::MAX {
            for text in [number.to_string(), format!("0{number}"), format!("00{number}")] {
                let legal = number <= 999 && text == number.to_string();
                let expected = legal.then_some((number, &b"."[..]));
                assert_eq!(sub_code(format!("{text}.").as_bytes()), expected, "{text}");
            }
        }
        for text in ["", ".", "-1", "+1", " 1", "x"] {
            assert_eq!(sub_code(text.as_bytes()), None, "{text:?}");
        }
    }

    #[test]
    fn an_enhanced_code_has_three_numbers_and_a_known_class() {
        let read = |text: &'static str| {
            let (code, rest) = enhanced_code(text.as_bytes())?;
            Some((code.to_string(), rest))
        };
        assert_eq!(read("5.1.1 x"), Some(("5.1.1".into(), &b" x"[..])));
        assert_eq!(read("4.999.999"), Some(("4.999.999".into(), &b""[..])));
        assert_eq!(read("2.0.0.0"), Some(("2.0.0".into(), &b".0"[..])));
        for text in ["", "5", "5.", "5.1", "5.1.", "5..1", "3.1.1", "55.1.1", "X.1.1", "5,1,1"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }
}
