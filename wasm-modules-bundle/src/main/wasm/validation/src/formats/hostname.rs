//! Host names after RFC 952 and RFC 1123.

use super::characters::{decode, is_international, is_other_dot};
use super::fault::{fault, Check, Fault};
use super::punycode;
use super::reasons::*;

const LONGEST: usize = 253;
const LONGEST_LABEL: usize = 63;

/// Checks `text[from..to]`. Lengths count the ASCII form.
#[inline(never)]
pub fn hostname(text: &[u8], from: usize, to: usize, international: bool) -> Check {
    // Each character of the ASCII form stands for at most one of four bytes.
    if to - from > if international { 4 * LONGEST } else { LONGEST } {
        return fault(&HOSTNAME_LENGTH, from);
    }
    let mut len = 0;
    let mut at = from;
    loop {
        let (end, label_len) = label(text, at, to, international)?;
        len += label_len;
        if len > LONGEST {
            return fault(&HOSTNAME_LENGTH, from);
        }
        if end == to {
            return Ok(());
        }
        len += 1;
        at = end + 1;
    }
}

/// Where the label at `from` ends, and how long its ASCII form is.
#[inline(never)]
fn label(
    text: &[u8],
    from: usize,
    to: usize,
    international: bool,
) -> Result<(usize, usize), Fault> {
    let mut at = from;
    let mut ascii = true;
    while at < to && text[at] != b'.' {
        let byte = text[at];
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            at += 1;
        } else {
            at += international_character(text, at, international)?;
            ascii = false;
        }
    }
    if at == from {
        return fault(&HOSTNAME_EMPTY, from);
    }
    if text[from] == b'-' {
        return fault(&HOSTNAME_HYPHEN, from);
    }
    if text[at - 1] == b'-' {
        return fault(&HOSTNAME_HYPHEN, at - 1);
    }
    let len = if ascii { at - from } else { punycode::length(&text[from..at]) };
    if len > LONGEST_LABEL {
        return fault(&HOSTNAME_LABEL, from);
    }
    Ok((at, len))
}

fn international_character(text: &[u8], at: usize, allowed: bool) -> Result<usize, Fault> {
    let (point, len) = decode(text, at);
    if allowed && is_international(point) && !is_other_dot(point) {
        Ok(len)
    } else {
        fault(&HOSTNAME_CHARACTER, at)
    }
}
