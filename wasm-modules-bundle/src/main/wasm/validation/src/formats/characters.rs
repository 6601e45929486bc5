//! Which characters may stand where.

pub fn is_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

/// The unreserved characters of RFC 3986.
pub fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// The sub-delims of RFC 3986.
pub fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=')
}

/// A code point outside of ASCII and its length, from text that is UTF-8. Elsewhere U+FFFD.
pub fn decode(text: &[u8], at: usize) -> (u32, usize) {
    let lead = text[at] as u32;
    let (mut point, len) = match lead {
        0xc2..=0xdf => (lead & 0x1f, 2),
        0xe0..=0xef => (lead & 0x0f, 3),
        0xf0..=0xf4 => (lead & 0x07, 4),
        _ => return (0xfffd, 1),
    };
    for next in 1..len {
        match text.get(at + next) {
            Some(&byte) if byte & 0xc0 == 0x80 => point = point << 6 | (byte & 0x3f) as u32,
            _ => return (0xfffd, 1),
        }
    }
    (point, len)
}

/// Whether a code point outside of ASCII may be part of a name: no control, space, mark of
/// direction or other format character but the two joiners, no private use, no non-character.
pub fn is_international(point: u32) -> bool {
    !matches!(point,
        0..=0xa0
        | 0xad
        | 0x1680
        | 0x180e
        | 0x2000..=0x200b
        | 0x200e..=0x200f
        | 0x2028..=0x202f
        | 0x205f..=0x206f
        | 0x3000
        | 0xd800..=0xf8ff
        | 0xfdd0..=0xfdef
        | 0xfeff
        | 0xfff0..=0xffff
        | 0xe0000..)
        && point & 0xfffe != 0xfffe
}

/// Whether IDNA takes a code point for a dot. Such dots only look like those of a host name.
pub fn is_other_dot(point: u32) -> bool {
    matches!(point, 0x3002 | 0xff0e | 0xff61)
}
