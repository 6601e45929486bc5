//! IP addresses: dotted decimal, and RFC 4291 with the zones of RFC 4007.

use super::characters::{is_hex, is_unreserved};
use super::fault::{fault, Check, Fault};
use super::reasons::*;

const GROUPS: usize = 8;

pub fn ipv4(text: &[u8]) -> Check {
    ipv4_part(text, 0, text.len())
}

/// Checks `text[from..to]`.
#[inline(never)]
pub fn ipv4_part(text: &[u8], from: usize, to: usize) -> Check {
    let mut at = from;
    for number in 0..4 {
        if number > 0 {
            if at == to || text[at] != b'.' {
                return fault(&IPV4_PARTS, at);
            }
            at += 1;
        }
        at = octet(text, at, to)?;
    }
    if at < to {
        return fault(&IPV4_PARTS, at);
    }
    Ok(())
}

/// Where the number at `from` ends.
fn octet(text: &[u8], from: usize, to: usize) -> Result<usize, Fault> {
    let mut value = 0;
    let mut at = from;
    while at < to && text[at].is_ascii_digit() {
        value = (value * 10 + (text[at] - b'0') as u32).min(256);
        at += 1;
    }
    if at == from {
        return fault(&IPV4_NUMBER, at);
    }
    if at - from > 1 && text[from] == b'0' {
        return fault(&IPV4_ZERO, from);
    }
    if value > 255 {
        return fault(&IPV4_RANGE, from);
    }
    Ok(at)
}

/// Checks `text[from..to]`.
#[inline(never)]
pub fn ipv6(text: &[u8], from: usize, to: usize, zone: bool) -> Check {
    let percent = if zone { find(text, from, to, b'%') } else { to };
    groups(text, from, percent)?;
    if percent == to {
        return Ok(());
    }
    let mut at = percent + 1;
    while at < to && is_unreserved(text[at]) {
        at += 1;
    }
    if at < to || at == percent + 1 {
        return fault(&IPV6_ZONE, at);
    }
    Ok(())
}

#[inline(never)]
fn groups(text: &[u8], from: usize, to: usize) -> Check {
    let mut at = from;
    let mut groups = 0;
    let mut short = text[from..to].starts_with(b"::");
    if short {
        at += 2;
    }
    while at < to || groups == 0 && !short {
        let end = hex_digits(text, at, to);
        if end < to && text[end] == b'.' && end > at {
            ipv4_part(text, at, to)?;
            groups += 2;
            at = to;
        } else if end == at || end - at > 4 {
            return fault(&IPV6_GROUP, at);
        } else {
            groups += 1;
            if groups > GROUPS {
                return fault(&IPV6_GROUPS, at);
            }
            at = separator(text, end, to, &mut short)?;
        }
    }
    if if short { groups >= GROUPS } else { groups != GROUPS } {
        return fault(&IPV6_GROUPS, to);
    }
    Ok(())
}

/// Where the group after a separator begins.
fn separator(text: &[u8], at: usize, to: usize, short: &mut bool) -> Result<usize, Fault> {
    if at == to {
        return Ok(at);
    }
    if text[at] != b':' || at + 1 == to {
        return fault(&IPV6_GROUP, at);
    }
    if text[at + 1] != b':' {
        return Ok(at + 1);
    }
    if *short {
        return fault(&IPV6_TWICE, at);
    }
    *short = true;
    Ok(at + 2)
}

/// Where at most five hexadecimal digits end.
fn hex_digits(text: &[u8], from: usize, to: usize) -> usize {
    let mut at = from;
    while at < to && at < from + 5 && is_hex(text[at]) {
        at += 1;
    }
    at
}

/// Where `byte` stands first, or `to`.
pub fn find(text: &[u8], from: usize, to: usize, byte: u8) -> usize {
    text[from..to].iter().position(|&other| other == byte).map_or(to, |at| from + at)
}
