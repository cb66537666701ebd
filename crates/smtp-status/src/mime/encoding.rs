//! The content transfer encodings of RFC 2045 §6.7 and §6.8. Invalid input is decoded leniently, as
//! §6.7 and §6.8 recommend.

use alloc::vec::Vec;

use super::fields::Lines;

pub(super) type Decoder = fn(&[u8]) -> Vec<u8>;

/// The decoder of an encoding; none of an unknown one.
pub(super) fn decoder(encoding: &str) -> Option<Decoder> {
    match encoding {
        "base64" => Some(base64),
        "quoted-printable" => Some(quoted_printable),
        _ => None,
    }
}

/// Decodes base64. Characters outside its alphabet are skipped; padding ends a group, not the text.
pub(crate) fn base64(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut group, mut bits) = (0u32, 0);
    for &byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                bits = 0;
                continue;
            }
            _ => continue,
        };
        group = (group << 6) + u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., octet] = (group >> bits).to_be_bytes();
            decoded.push(octet);
        }
    }
    decoded
}

/// Decodes quoted-printable. The result has LF line ends.
pub(super) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len());
    for line in Lines::new(text) {
        // Space at the end of a line was added in transit (RFC 2045 §6.7, rule 3).
        let line = line.trim_ascii_end();
        let soft = line.strip_suffix(b"=");
        decode_octets(soft.unwrap_or(line), &mut decoded);
        if soft.is_none() {
            decoded.push(b'\n');
        }
    }
    decoded
}

/// Decodes octets such as `=3D`; an invalid `=` is kept.
pub(super) fn decode_octets(mut text: &[u8], decoded: &mut Vec<u8>) {
    while let Some((&byte, after)) = text.split_first() {
        let digit = |index: usize| char::from(*after.get(index)?).to_digit(16);
        let octet = digit(0).zip(digit(1)).filter(|_| byte == b'=');
        let octet = octet.and_then(|(high, low)| u8::try_from(high * 16 + low).ok());
        text = if octet.is_some() { &after[2..] } else { after };
        decoded.push(octet.unwrap_or(byte));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_decoded_with_other_characters_in_between() {
        for (text, expected) in [
            ("", ""),
            ("QQ==", "A"),
            ("QUI=", "AB"),
            ("QUJD", "ABC"),
            ("QUJDRA", "ABCD"),
            ("QU\r\nJD\r\n  RA ==", "ABCD"),
            ("QQ==QUI=QUJD", "AABABC"),
            ("Q", ""),
            ("====", ""),
        ] {
            assert_eq!(base64(text.as_bytes()), expected.as_bytes(), "{text:?}");
        }
    }

    #[test]
    fn each_character_of_base64_is_its_place_in_the_alphabet() {
        let upper = ('A'..='Z').collect::<String>();
        let alphabet = format!("{upper}{}0123456789+/", upper.to_ascii_lowercase());
        let decoded = base64(alphabet.as_bytes());
        let groups = decoded.chunks(3).map(|octets| [0, octets[0], octets[1], octets[2]]);
        let values = groups
            .map(u32::from_be_bytes)
            .flat_map(|group| [18, 12, 6, 0].map(|shift| group >> shift & 0x3f));
        assert!(values.eq(0..64), "{decoded:?}");
    }

    #[test]
    fn quoted_printable_is_decoded_and_what_it_does_not_allow_is_kept() {
        for (text, expected) in [
            ("a=3Db=3db", "a=b=b\n"),
            ("a=\r\nb", "ab\n"),
            ("a= \t\r\nb  \r\n", "ab\n"),
            ("a=0D=0Ab", "a\r\nb\n"),
            ("a=b=4", "a=b=4\n"),
            ("a=+1", "a=+1\n"),
            ("a=", "a"),
        ] {
            let decoded = quoted_printable(text.as_bytes());
            assert_eq!(decoded, expected.as_bytes(), "{text:?}");
        }
        assert_eq!(quoted_printable(b"=C3=BC=ff"), [0xc3, 0xbc, 0xff, b'\n']);
    }
}
