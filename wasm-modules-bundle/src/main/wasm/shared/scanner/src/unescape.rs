//! The content of strings that hold escapes.

use crate::bytes::{hex, peek};

/// How characters that cannot stand for themselves in a JSON string are written.
#[derive(Clone, Copy, PartialEq)]
pub enum Style {
    /// As the inside of a JSON string, escaped no more than needed.
    Json,
    /// As they are; half of a surrogate pair as the three bytes that its number would take in
    /// UTF-8, so that the order of bytes remains the order of code points.
    Raw,
}

/// Appends the content of the valid string lexeme between `from` and `to`, quotes not included.
#[inline(never)]
pub fn unescape(source: &[u8], from: usize, to: usize, style: Style, out: &mut Vec<u8>) {
    let source = &source[..to];
    let mut at = from;
    while at < to {
        let plain = run(source, at);
        out.extend_from_slice(&source[at..plain]);
        if plain == to {
            return;
        }
        let (point, next) = point(source, plain + 1);
        push(out, point, style);
        at = next;
    }
}

/// The end of the run without escapes that begins at `at`.
fn run(source: &[u8], mut at: usize) -> usize {
    while at < source.len() && source[at] != b'\\' {
        at += 1;
    }
    at
}

/// The code point of the escape behind the backslash before `at`, and where it ends.
fn point(source: &[u8], at: usize) -> (u32, usize) {
    let point = match peek(source, at) {
        0x62 => 0x08,
        0x66 => 0x0c,
        0x6e => 0x0a,
        0x72 => 0x0d,
        0x74 => 0x09,
        0x75 => return surrogates(source, at + 1),
        other => other,
    };
    (point, at + 1)
}

fn surrogates(source: &[u8], at: usize) -> (u32, usize) {
    let first = unit(source, at);
    if first & 0xfc00 == 0xd800 && source[at + 4..].starts_with(b"\\u") {
        let second = unit(source, at + 6);
        if second & 0xfc00 == 0xdc00 {
            return (0x10000 + ((first & 0x3ff) << 10 | second & 0x3ff), at + 10);
        }
    }
    (first, at + 4)
}

/// The number of four hexadecimal digits.
fn unit(source: &[u8], at: usize) -> u32 {
    (at..at + 4).fold(0, |unit, digit| unit << 4 | hex(peek(source, digit)).unwrap_or(0))
}

fn push(out: &mut Vec<u8>, point: u32, style: Style) {
    if style == Style::Json {
        let short = match point {
            0x22 | 0x5c => point as u8,
            0x08 => b'b',
            0x0c => b'f',
            0x0a => b'n',
            0x0d => b'r',
            0x09 => b't',
            0..=0x1f | 0xd800..=0xdfff => return push_unit(out, point),
            _ => return push_raw(out, point),
        };
        out.extend_from_slice(&[b'\\', short]);
    } else {
        push_raw(out, point);
    }
}

fn push_unit(out: &mut Vec<u8>, point: u32) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[(point >> shift & 15) as usize]);
    }
}

fn push_raw(out: &mut Vec<u8>, point: u32) {
    let tail = |shift: u32| 0x80 | (point >> shift & 0x3f) as u8;
    match point {
        0..=0x7f => out.push(point as u8),
        0x80..=0x7ff => out.extend_from_slice(&[0xc0 | (point >> 6) as u8, tail(0)]),
        0x800..=0xffff => out.extend_from_slice(&[0xe0 | (point >> 12) as u8, tail(6), tail(0)]),
        _ => out.extend_from_slice(&[0xf0 | (point >> 18) as u8, tail(12), tail(6), tail(0)]),
    }
}
