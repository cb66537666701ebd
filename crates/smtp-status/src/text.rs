//! The text of a reply: stripping of control characters.
//!
//! A reply line ends at CR LF, so a control character that reaches the wire can end the reply
//! early and smuggle in a second one. RFC 5321 §4.2 allows only HT and printable characters in
//! reply text; haraka-dsn removes HT too, and so does this crate.

use alloc::borrow::Cow;

/// A unit of text: a byte of UTF-8, a unit of UTF-16 or a whole character.
///
/// In all of them a value below U+0080 is that character and never a part of another, so control
/// characters can be found and removed unit by unit, and a lone surrogate passes unchanged.
///
/// The module is private, so that there are no other units.
pub trait Unit: Copy + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}
impl Unit for char {}

fn is_control(unit: impl Unit) -> bool {
    let unit: u32 = unit.into();
    unit < 0x20 || unit == 0x7f
}

/// The position of the first control character that [`strip_controls`] would remove, in the bytes of
/// UTF-8, the units of UTF-16 or characters. `None` if there is nothing to remove.
///
/// ```
/// use smtp_status::find_control;
///
/// assert_eq!(find_control(b"No such user\r\n"), Some(12));
/// assert_eq!(find_control(&[0xd800_u16, 0x000a]), Some(1)); // a lone surrogate, LF
/// assert_eq!(find_control(b"No such user"), None);
/// ```
#[must_use]
pub fn find_control(units: &[impl Unit]) -> Option<usize> {
    const CHUNK: usize = 64;
    // No early exit within a chunk: so the compiler turns the scan into vector instructions.
    let has_control =
        |chunk: &[_]| chunk.iter().fold(false, |found, &unit| found | is_control(unit));
    let start = units.chunks(CHUNK).position(has_control)? * CHUNK;
    Some(start + units[start..].iter().position(|&unit| is_control(unit))?)
}

/// The text without control characters: unchanged if it has none, stripped in place if it is owned.
pub(crate) fn strip(text: Cow<'_, str>) -> Cow<'_, str> {
    if find_control(text.as_bytes()).is_none() {
        return text;
    }
    let mut text = text.into_owned();
    text.retain(|c| !is_control(c));
    Cow::Owned(text)
}

/// Removes the control characters U+0000 to U+001F and U+007F, which includes CR and LF.
///
/// Everything else is unchanged. Borrows if there is nothing to remove.
///
/// ```
/// use smtp_status::strip_controls;
///
/// assert_eq!(strip_controls("No such user\r\n250 OK"), "No such user250 OK");
/// ```
#[must_use]
pub fn strip_controls(text: &str) -> Cow<'_, str> {
    strip(Cow::Borrowed(text))
}

/// The value of an ASCII digit.
pub(crate) fn decimal(unit: impl Unit) -> Option<u16> {
    let digit = unit.into().checked_sub(u32::from('0'))?;
    u16::try_from(digit).ok().filter(|&digit| digit <= 9)
}

/// The text after this character, `None` if it does not begin with it.
pub(crate) fn after<U: Unit>(text: &[U], expected: char) -> Option<&[U]> {
    let (&found, rest) = text.split_first()?;
    (found.into() == u32::from(expected)).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn exactly_the_c0_controls_and_del_are_removed() {
        for unit in 0..=u16::MAX {
            let control = unit <= 0x1f || unit == 0x7f;
            let units = [u16::from(b'a'), unit, u16::from(b'b')];
            assert_eq!(find_control(&units), control.then_some(1), "U+{unit:04X}");
        }
        for c in ('\0'..=char::MAX).filter(|c| c.is_control() || !c.is_alphanumeric()) {
            let text = format!("a{c}b");
            let want = if c < ' ' || c == '\x7f' { "ab" } else { &text };
            assert_eq!(strip_controls(&text), want, "{c:?}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn a_control_character_is_found_at_any_place_of_any_chunk() {
        for len in 0..200 {
            let mut units = vec![u16::from(b'x'); len];
            assert_eq!(find_control(&units), None, "length {len}");
            for at in 0..len {
                units[at] = 0x0d;
                assert_eq!(find_control(&units), Some(at), "length {len}");
                units[at] = u16::from(b'x');
            }
        }
    }

    #[test]
    fn text_without_controls_is_not_copied() {
        assert!(matches!(strip_controls("Grüße, 世界"), Cow::Borrowed(_)));
    }

    #[test]
    fn owned_text_is_stripped_where_it_is() {
        let text = String::from("a\r\nb");
        let at = text.as_ptr();
        let text = strip(Cow::Owned(text));
        assert_eq!((&*text, text.as_ptr()), ("ab", at));
    }

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn a_digit_is_ascii() {
        for unit in 0..=u16::MAX {
            let ascii = char::from_u32(unit.into()).filter(char::is_ascii);
            let expected = ascii.and_then(|c| c.to_digit(10));
            assert_eq!(decimal(unit).map(u32::from), expected, "U+{unit:04X}");
        }
    }
}
