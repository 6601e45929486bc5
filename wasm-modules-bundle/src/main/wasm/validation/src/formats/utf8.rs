//! UTF-8 after the Unicode standard, table 3-7. A fault is where a character begins.

use super::fault::{fault, Check, Fault, Reason};
use super::reasons::*;

#[inline(never)]
pub fn utf8(text: &[u8]) -> Check {
    let mut at = 0;
    while at < text.len() {
        at = ascii_end(text, at);
        if at < text.len() {
            at = character(text, at)?;
        }
    }
    Ok(())
}

/// Where what is ASCII ends.
fn ascii_end(text: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(eight) = text.get(at..at + 8) {
        let mut word = [0; 8];
        word.copy_from_slice(eight);
        if u64::from_le_bytes(word) & 0x8080_8080_8080_8080 != 0 {
            break;
        }
        at += 8;
    }
    while at < text.len() && text[at] < 0x80 {
        at += 1;
    }
    at
}

/// Where the character at `at` ends.
#[inline(never)]
fn character(text: &[u8], at: usize) -> Result<usize, Fault> {
    let len = match text[at] {
        0x80..=0xbf => return fault(&UTF8_CONTINUATION, at),
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf7 => 4,
        _ => return fault(&UTF8_NEVER, at),
    };
    for next in 1..len {
        match text.get(at + next) {
            Some(0x80..=0xbf) => {}
            Some(_) => return fault(&UTF8_INCOMPLETE, at),
            None => return fault(&UTF8_TRUNCATED, at),
        }
    }
    match forbidden(text[at], text[at + 1]) {
        Some(reason) => fault(reason, at),
        None => Ok(at + len),
    }
}

/// Why a complete character must not begin with these two bytes.
fn forbidden(first: u8, second: u8) -> Option<&'static Reason> {
    match (first, second) {
        (0xc0..=0xc1, _) | (0xe0, 0x80..=0x9f) | (0xf0, 0x80..=0x8f) => Some(&UTF8_OVERLONG),
        (0xed, 0xa0..) => Some(&UTF8_SURROGATE),
        (0xf4, 0x90..) | (0xf5.., _) => Some(&UTF8_RANGE),
        _ => None,
    }
}
