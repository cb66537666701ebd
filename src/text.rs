//! What may stand in the text of a reply.
//!
//! A reply line ends at CR LF, so a control character that reaches the wire can end the reply
//! early and smuggle in a second one. RFC 5321 §4.2 allows only HT and printable characters in
//! reply text; haraka-dsn removes HT too, and so does this crate.

use std::borrow::Cow;

/// A unit of text: a byte of UTF-8, a unit of UTF-16 (the encoding of JavaScript's strings) or a
/// whole character.
///
/// In all of them a value below U+0080 stands for that character and is never a part of another,
/// so control characters can be found and removed unit by unit, and a lone surrogate, which
/// JavaScript allows, passes unchanged.
pub(crate) trait Unit: Copy + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}
impl Unit for char {}

fn is_control(unit: impl Unit) -> bool {
    let unit: u32 = unit.into();
    unit < 0x20 || unit == 0x7f
}

/// Whether there is nothing to strip.
pub(crate) fn is_clean(units: &[impl Unit]) -> bool {
    // No early exit within a chunk: so the compiler turns the scan into vector instructions.
    units.chunks(64).all(|chunk| !chunk.iter().fold(false, |found, &unit| found | is_control(unit)))
}

/// Moves all units but the control characters to the front and returns their number.
#[cfg(any(feature = "node", test))]
pub(crate) fn strip_in_place<U: Unit>(units: &mut [U]) -> usize {
    let mut kept = 0;
    for at in 0..units.len() {
        if !is_control(units[at]) {
            units[kept] = units[at];
            kept += 1;
        }
    }
    kept
}

/// Removes the control characters U+0000 to U+001F and U+007F, which includes CR and LF.
///
/// Everything else stays as it is. Borrows where there is nothing to remove.
///
/// ```
/// use haraka_dsn_rs::strip_controls;
///
/// assert_eq!(strip_controls("No such user\r\n250 OK"), "No such user250 OK");
/// ```
pub fn strip_controls(text: &str) -> Cow<'_, str> {
    if is_clean(text.as_bytes()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| !is_control(c)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_c0_controls_and_del_are_removed() {
        for unit in 0..=u16::MAX {
            let control = unit <= 0x1f || unit == 0x7f;
            assert_eq!(is_clean(&[unit]), !control, "U+{unit:04X}");
            let mut units = [u16::from(b'a'), unit, u16::from(b'b')];
            assert_eq!(strip_in_place(&mut units), if control { 2 } else { 3 }, "U+{unit:04X}");
        }
        for c in ('\0'..=char::MAX).filter(|c| c.is_control() || !c.is_alphanumeric()) {
            let text = format!("a{c}b");
            let want = if c < ' ' || c == '\x7f' { "ab" } else { &text };
            assert_eq!(strip_controls(&text), want, "{c:?}");
        }
    }

    #[test]
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
}
