//! URIs after RFC 3986, and URLs, which have a host that can be looked up.

use super::characters::{is_delimiter, is_hex, is_unreserved};
use super::fault::{fault, Check, Fault};
use super::hostname::hostname;
use super::ip::{find, ipv4_part, ipv6};
use super::reasons::*;

pub fn uri(text: &[u8]) -> Check {
    let colon = scheme(text)?;
    after_scheme(text, colon + 1)
}

/// A URI, or one that is relative to another.
pub fn reference(text: &[u8]) -> Check {
    let first = text.iter().find(|byte| matches!(byte, b':' | b'/' | b'?' | b'#'));
    if first == Some(&b':') {
        uri(text)
    } else {
        after_scheme(text, 0)
    }
}

/// A URI with a host, and with one of `schemes`, which are between commas; none means any.
#[inline(never)]
pub fn url(text: &[u8], schemes: &[u8]) -> Check {
    let colon = scheme(text)?;
    let allowed = |name: &[u8]| name.eq_ignore_ascii_case(&text[..colon]);
    if !schemes.is_empty() && !schemes.split(|&byte| byte == b',').any(allowed) {
        return fault(&URL_SCHEME, 0);
    }
    let from = colon + 1;
    if !text[from..].starts_with(b"//") {
        return fault(&URL_HOST, from);
    }
    let end = authority_end(text, from + 2);
    let at = after_user(text, from + 2, end)?;
    let port = url_host(text, at, end)?;
    port_at(text, port, end, true)?;
    tail(text, end)
}

/// Whether `list` is empty, or consists of schemes between single commas.
pub fn are_schemes(list: &[u8]) -> bool {
    list.is_empty()
        || list.split(|&byte| byte == b',').all(|name| {
            !name.is_empty() && name.iter().enumerate().all(|(at, &byte)| in_scheme(at, byte))
        })
}

/// Where the colon after the scheme stands.
fn scheme(text: &[u8]) -> Result<usize, Fault> {
    let mut at = 0;
    while at < text.len() && in_scheme(at, text[at]) {
        at += 1;
    }
    if at == 0 || text.get(at) != Some(&b':') {
        return fault(&URI_SCHEME, at);
    }
    Ok(at)
}

fn in_scheme(at: usize, byte: u8) -> bool {
    byte.is_ascii_alphabetic()
        || at > 0 && (byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.'))
}

#[inline(never)]
fn after_scheme(text: &[u8], from: usize) -> Check {
    if !text[from..].starts_with(b"//") {
        return tail(text, from);
    }
    let end = authority_end(text, from + 2);
    let at = after_user(text, from + 2, end)?;
    let port = any_host(text, at, end)?;
    port_at(text, port, end, false)?;
    tail(text, end)
}

fn authority_end(text: &[u8], from: usize) -> usize {
    let end = text[from..].iter().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
    end.map_or(text.len(), |at| from + at)
}

/// Where the host begins, which is after the @ if there is one.
fn after_user(text: &[u8], from: usize, to: usize) -> Result<usize, Fault> {
    let at = find(text, from, to, b'@');
    if at == to {
        return Ok(from);
    }
    characters(text, from, at, b"")?;
    Ok(at + 1)
}

/// Where the host at `from` ends: an address in brackets, or whatever stands before a colon.
#[inline(never)]
fn any_host(text: &[u8], from: usize, to: usize) -> Result<usize, Fault> {
    if from < to && text[from] == b'[' {
        return bracketed(text, from, to, true);
    }
    let end = find(text, from, to, b':');
    characters(text, from, end, b":")?;
    Ok(end)
}

/// The same for a host that can be looked up.
#[inline(never)]
fn url_host(text: &[u8], from: usize, to: usize) -> Result<usize, Fault> {
    if from < to && text[from] == b'[' {
        return bracketed(text, from, to, false);
    }
    let end = find(text, from, to, b':');
    if end == from {
        return fault(&URL_HOST, from);
    }
    if is_number(&text[from..end]) {
        ipv4_part(text, from, end)?;
    } else {
        hostname(text, from, end, false)?;
    }
    Ok(end)
}

/// Whether a host must be an IPv4 address, for its last label is a number, decimal or not.
fn is_number(host: &[u8]) -> bool {
    let last = host.rsplit(|&byte| byte == b'.').next().unwrap_or(host);
    let hex = last.len() > 1 && last[..2].eq_ignore_ascii_case(b"0x");
    let digits = if hex { &last[2..] } else { last };
    !last.is_empty()
        && digits.iter().all(|byte| if hex { is_hex(*byte) } else { byte.is_ascii_digit() })
}

/// Where the address in brackets at `from` ends.
fn bracketed(text: &[u8], from: usize, to: usize, future: bool) -> Result<usize, Fault> {
    let close = find(text, from, to, b']');
    if close == to {
        return fault(&URI_HOST, from);
    }
    if future && matches!(text[from + 1], b'v' | b'V') {
        future_address(text, from + 2, close)?;
    } else {
        ipv6(text, from + 1, close, false)?;
    }
    if close + 1 < to && text[close + 1] != b':' {
        return fault(&URI_HOST, close + 1);
    }
    Ok(close + 1)
}

/// An address of a version of IP that is yet to come: hexadecimal digits, a dot, characters.
fn future_address(text: &[u8], from: usize, to: usize) -> Check {
    let dot = find(text, from, to, b'.');
    let version = &text[from..dot];
    if version.is_empty() || !version.iter().all(|&byte| is_hex(byte)) || dot + 1 >= to {
        return fault(&URI_HOST, from);
    }
    for at in dot + 1..to {
        if !is_plain(text[at]) && text[at] != b':' {
            return fault(&URI_CHARACTER, at);
        }
    }
    Ok(())
}

/// Checks the port, which is what follows a colon at `from`, if anything stands there at all.
fn port_at(text: &[u8], from: usize, to: usize, limited: bool) -> Check {
    let mut port = 0;
    for at in from + 1..to {
        if !text[at].is_ascii_digit() {
            return fault(&URI_PORT, at);
        }
        port = (port * 10 + (text[at] - b'0') as u32).min(65_536);
    }
    if limited && port > 65_535 {
        return fault(&URL_PORT, from + 1);
    }
    Ok(())
}

fn is_plain(byte: u8) -> bool {
    is_unreserved(byte) || is_delimiter(byte)
}

/// Checks user information, or with a colon among the `refused` a host.
fn characters(text: &[u8], from: usize, to: usize, refused: &[u8]) -> Check {
    let mut at = from;
    while at < to {
        let byte = text[at];
        if byte == b'%' {
            at = percent(text, at, to)?;
        } else if (is_plain(byte) || byte == b':') && !refused.contains(&byte) {
            at += 1;
        } else {
            return fault(&URI_CHARACTER, at);
        }
    }
    Ok(())
}

/// Checks path, query and fragment, whose characters are the same but for what divides them.
#[inline(never)]
fn tail(text: &[u8], from: usize) -> Check {
    let mut fragment = false;
    let mut at = from;
    while at < text.len() {
        let byte = text[at];
        if byte == b'%' {
            at = percent(text, at, text.len())?;
            continue;
        }
        if byte == b'#' && !fragment {
            fragment = true;
        } else if !is_plain(byte) && !matches!(byte, b':' | b'@' | b'/' | b'?') {
            return fault(&URI_CHARACTER, at);
        }
        at += 1;
    }
    Ok(())
}

/// Where what a percent sign encodes ends.
fn percent(text: &[u8], at: usize, to: usize) -> Result<usize, Fault> {
    if at + 2 < to && is_hex(text[at + 1]) && is_hex(text[at + 2]) {
        Ok(at + 3)
    } else {
        fault(&URI_PERCENT, at)
    }
}
