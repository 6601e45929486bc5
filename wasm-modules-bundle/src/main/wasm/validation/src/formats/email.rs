//! Mailboxes after RFC 5321, section 4.1.2, and their international form after RFC 6531.

use super::characters::{decode, is_international};
use super::fault::{fault, Check, Fault};
use super::hostname::hostname;
use super::ip::{ipv4_part, ipv6};
use super::reasons::*;

const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

#[inline(never)]
pub fn email(text: &[u8], international: bool) -> Check {
    if text.len() > LONGEST {
        return fault(&EMAIL_LENGTH, 0);
    }
    let at = if text.first() == Some(&b'"') {
        quoted(text, international)?
    } else {
        words(text, international)?
    };
    if text.get(at) != Some(&b'@') {
        return fault(&EMAIL_AT, at);
    }
    if at > LONGEST_LOCAL {
        return fault(&EMAIL_LOCAL_LENGTH, 0);
    }
    if text.get(at + 1) == Some(&b'[') {
        literal(text, at + 1)
    } else {
        hostname(text, at + 1, text.len(), international)
    }
}

/// Where words between single dots end.
#[inline(never)]
fn words(text: &[u8], international: bool) -> Result<usize, Fault> {
    let mut at = 0;
    loop {
        let from = at;
        while at < text.len() {
            let len = word(text, at, international);
            if len == 0 {
                break;
            }
            at += len;
        }
        let next = text.get(at);
        if at == from || !matches!(next, None | Some(b'.') | Some(b'@')) {
            return fault(&EMAIL_LOCAL, at);
        }
        if next != Some(&b'.') {
            return Ok(at);
        }
        at += 1;
    }
}

/// The length of a character that may be part of a word, or zero.
fn word(text: &[u8], at: usize, international: bool) -> usize {
    let byte = text[at];
    if byte >= 0x80 {
        return beyond_ascii(text, at, international);
    }
    let mark = matches!(byte,
        b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'/'
        | b'=' | b'?' | b'^' | b'_' | b'`' | b'{' | b'|' | b'}' | b'~');
    usize::from(mark || byte.is_ascii_alphanumeric())
}

fn beyond_ascii(text: &[u8], at: usize, international: bool) -> usize {
    let (point, len) = decode(text, at);
    if international && is_international(point) {
        len
    } else {
        0
    }
}

/// Where a quoted string ends.
#[inline(never)]
fn quoted(text: &[u8], international: bool) -> Result<usize, Fault> {
    let mut at = 1;
    while at < text.len() {
        match text[at] {
            b'"' => return Ok(at + 1),
            b'\\' => {
                if !matches!(text.get(at + 1), Some(b' '..=b'~')) {
                    return fault(&EMAIL_QUOTES, at + 1);
                }
                at += 2;
            }
            b' '..=b'~' => at += 1,
            byte => {
                let len = if byte < 0x80 { 0 } else { beyond_ascii(text, at, international) };
                if len == 0 {
                    return fault(&EMAIL_QUOTES, at);
                }
                at += len;
            }
        }
    }
    fault(&EMAIL_QUOTES, at)
}

/// Checks an address in brackets, which begins at `from`.
#[inline(never)]
fn literal(text: &[u8], from: usize) -> Check {
    let to = text.len() - 1;
    if text[to] != b']' {
        return fault(&EMAIL_LITERAL, from);
    }
    let at = from + 1;
    if at + 5 <= to && text[at..at + 5].eq_ignore_ascii_case(b"IPv6:") {
        ipv6(text, at + 5, to, false)
    } else {
        ipv4_part(text, at, to)
    }
}
