//! The text of a reply: encodings, and stripping of control characters.
//!
//! A reply line ends at CR LF, so a control character that reaches the wire can end the reply
//! early and smuggle in a second one. RFC 5321 §4.2 allows only HT and printable characters in
//! reply text; haraka-dsn removes HT too, and so does this crate.

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Debug;
use core::hash::Hash;

/// The text of a [`Reply`](crate::Reply): `str`, or `[u16]` for UTF-16.
///
/// `[u16]` may hold lone surrogates, as JavaScript's strings do. The trait is sealed: there are no
/// other implementations.
///
/// ```
/// use haraka_dsn_rs::{Reply, Text};
///
/// fn is_multiline<T: Text + ?Sized>(reply: &Reply<T>) -> bool {
///     reply.lines().len() > 1
/// }
/// assert!(!is_multiline(&haraka_dsn_rs::helpers::no_such_user()));
/// ```
pub trait Text: Encoding {}
impl Text for str {}
impl Text for [u16] {}

/// What replies need from an encoding. Public in a private module, which seals [`Text`].
#[doc(hidden)]
pub trait Encoding: ToOwned<Owned: Debug> + Debug + Eq + Hash + 'static {
    /// A code unit.
    type Unit: Unit;

    /// The code units.
    fn units(&self) -> &[Self::Unit];

    /// Removes the control characters in place, without an allocation.
    fn strip(text: &mut Self::Owned);

    /// A text of the table, which is ASCII.
    fn from_table(text: &'static str) -> Cow<'static, Self>;

    /// The text after an ASCII prefix.
    fn prefixed(&self, prefix: &str) -> Self::Owned;
}

impl Encoding for str {
    type Unit = u8;

    fn units(&self) -> &[u8] {
        self.as_bytes()
    }

    fn strip(text: &mut String) {
        text.retain(|c| !is_control(c));
    }

    fn from_table(text: &'static str) -> Cow<'static, str> {
        Cow::Borrowed(text)
    }

    fn prefixed(&self, prefix: &str) -> String {
        [prefix, self].concat()
    }
}

impl Encoding for [u16] {
    type Unit = u16;

    fn units(&self) -> &[u16] {
        self
    }

    fn strip(text: &mut Vec<u16>) {
        let kept = strip_in_place(text);
        text.truncate(kept);
    }

    fn from_table(text: &'static str) -> Cow<'static, [u16]> {
        text.encode_utf16().collect()
    }

    fn prefixed(&self, prefix: &str) -> Vec<u16> {
        prefix.encode_utf16().chain(self.iter().copied()).collect()
    }
}

/// A unit of text: a byte of UTF-8, a unit of UTF-16 or a whole character.
///
/// In all of them a value below U+0080 is that character and never a part of another, so control
/// characters can be found and removed unit by unit, and a lone surrogate passes unchanged.
pub trait Unit: Copy + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}
impl Unit for char {}

fn is_control(unit: impl Unit) -> bool {
    let unit: u32 = unit.into();
    unit < 0x20 || unit == 0x7f
}

/// Whether a text has no control characters.
pub(crate) fn is_clean(units: &[impl Unit]) -> bool {
    // No early exit within a chunk: so the compiler turns the scan into vector instructions.
    units.chunks(64).all(|chunk| !chunk.iter().fold(false, |found, &unit| found | is_control(unit)))
}

/// Moves all units but the control characters to the front and returns their number.
pub(crate) fn strip_in_place<U: Unit>(units: &mut [U]) -> usize {
    let mut kept = 0;
    for at in 0..units.len() {
        // Branchless: whether a unit is a control character cannot be predicted.
        let unit = units[at];
        units[kept] = unit;
        kept += usize::from(!is_control(unit));
    }
    kept
}

/// The text without control characters: unchanged if it is clean, stripped in place if it is owned.
pub(crate) fn stripped<T: Text + ?Sized>(text: Cow<'_, T>) -> Cow<'_, T> {
    if is_clean(text.units()) {
        return text;
    }
    let mut text = text.into_owned();
    T::strip(&mut text);
    Cow::Owned(text)
}

/// Removes the control characters U+0000 to U+001F and U+007F, which includes CR and LF.
///
/// Everything else is unchanged. Borrows if there is nothing to remove.
///
/// ```
/// use haraka_dsn_rs::strip_controls;
///
/// assert_eq!(strip_controls("No such user\r\n250 OK"), "No such user250 OK");
/// ```
#[must_use]
pub fn strip_controls(text: &str) -> Cow<'_, str> {
    stripped(Cow::Borrowed(text))
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

/// The text before this character, if that is the last.
pub(crate) fn before<U: Unit>(text: &[U], expected: char) -> Option<&[U]> {
    let (&found, before) = text.split_last()?;
    (found.into() == u32::from(expected)).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg_attr(miri, ignore = "too slow")]
    fn exactly_the_c0_controls_and_del_are_removed() {
        for unit in 0..=u16::MAX {
            let control = unit <= 0x1f || unit == 0x7f;
            assert_eq!(is_clean(&[unit]), !control, "U+{unit:04X}");
            let mut units = vec![u16::from(b'a'), unit, u16::from(b'b')];
            assert_eq!(strip_in_place(&mut units), if control { 2 } else { 3 }, "U+{unit:04X}");
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
            assert!(is_clean(&units), "length {len}");
            for at in 0..len {
                units[at] = 0x0d;
                assert!(!is_clean(&units), "length {len}, control character at {at}");
                units[at] = u16::from(b'x');
            }
        }
    }

    #[test]
    fn clean_text_is_not_copied() {
        assert!(matches!(strip_controls("Grüße, 世界"), Cow::Borrowed(_)));
    }

    #[test]
    fn owned_text_is_stripped_where_it_is() {
        let utf8 = String::from("a\r\nb");
        let utf16 = vec![0x61, 0x0d, 0x0a, 0xd800];
        let (at8, at16) = (utf8.as_ptr(), utf16.as_ptr());
        let utf8: Cow<'_, str> = stripped(Cow::Owned(utf8));
        let utf16: Cow<'_, [u16]> = stripped(Cow::Owned(utf16));
        assert_eq!((&*utf8, utf8.as_ptr()), ("ab", at8));
        assert_eq!((&*utf16, utf16.as_ptr()), (&[0x61, 0xd800][..], at16));
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
