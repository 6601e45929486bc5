//! Looking at the source, byte by byte and eight bytes at a time.

/// What `peek` answers at the end of the source: greater than any byte.
pub const END: u32 = 0x100;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;
const SPACES: u64 = 0x2020_2020_2020_2020;

#[inline(always)]
pub fn peek(source: &[u8], at: usize) -> u32 {
    match source.get(at) {
        Some(&byte) => byte as u32,
        None => END,
    }
}

/// Eight bytes from `at` as a little-endian number.
#[inline(always)]
fn eight(source: &[u8], at: usize) -> u64 {
    debug_assert!(at + 8 <= source.len());
    u64::from_le(unsafe { (source.as_ptr().add(at) as *const u64).read_unaligned() })
}

/// The first position from `at` on that holds no white space.
#[inline(always)]
pub fn skip_space(source: &[u8], at: usize) -> usize {
    if peek(source, at) > 0x20 {
        at
    } else {
        skip_spaces(source, at)
    }
}

#[inline(never)]
fn skip_spaces(source: &[u8], mut at: usize) -> usize {
    loop {
        while at + 8 <= source.len() {
            let other = eight(source, at) ^ SPACES;
            if other != 0 {
                at += other.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        match peek(source, at) {
            0x20 | 0x0a | 0x0d | 0x09 => at += 1,
            _ => return at,
        }
    }
}

/// The first position from `at` on that ends a run of plain characters inside a string: a quote,
/// a backslash, a control character, a byte above ASCII, or the end.
///
/// The arithmetic marks such bytes in their high bit. A borrow can mark a byte wrongly only above
/// one that is marked rightly, so the lowest mark is always true.
#[inline(always)]
pub fn skip_plain(source: &[u8], mut at: usize) -> usize {
    while at + 8 <= source.len() {
        let word = eight(source, at);
        let quote = word ^ (ONES * b'"' as u64);
        let slash = word ^ (ONES * b'\\' as u64);
        let marks = (quote.wrapping_sub(ONES) & !quote
            | slash.wrapping_sub(ONES) & !slash
            | word.wrapping_sub(SPACES)
            | word)
            & HIGHS;
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    loop {
        match peek(source, at) {
            0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7f => at += 1,
            _ => return at,
        }
    }
}

/// The length of the UTF-8 sequence at `at`, or zero where there is no valid one.
pub fn sequence(source: &[u8], at: usize) -> usize {
    let first = peek(source, at);
    let (len, low, high) = match first {
        0..=0x7f => return 1,
        0xc2..=0xdf => (2, 0x80, 0xbf),
        0xe0 => (3, 0xa0, 0xbf),
        0xed => (3, 0x80, 0x9f),
        0xe1..=0xef => (3, 0x80, 0xbf),
        0xf0 => (4, 0x90, 0xbf),
        0xf1..=0xf3 => (4, 0x80, 0xbf),
        0xf4 => (4, 0x80, 0x8f),
        _ => return 0,
    };
    let second = peek(source, at + 1);
    if second < low || second > high {
        return 0;
    }
    for next in 2..len {
        if peek(source, at + next) & 0x1c0 != 0x80 {
            return 0;
        }
    }
    len
}

/// Three bytes where the source begins with a byte order mark, else none.
pub fn byte_order_mark(source: &[u8]) -> usize {
    if source.starts_with(&[0xef, 0xbb, 0xbf]) {
        3
    } else {
        0
    }
}

/// The value of a hexadecimal digit.
pub fn hex(byte: u32) -> Option<u32> {
    match byte {
        0x30..=0x39 => Some(byte - 0x30),
        0x41..=0x46 => Some(byte - 0x41 + 10),
        0x61..=0x66 => Some(byte - 0x61 + 10),
        _ => None,
    }
}
