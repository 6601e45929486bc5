//! What is wrong with a text, and how the host is told.

use abi::{buffer, decimal, quote};

/// The stable name of a kind of fault, and what it says to people.
pub struct Reason(pub &'static str, pub &'static str);

pub struct Fault {
    reason: &'static Reason,
    at: usize,
}

pub type Check = Result<(), Fault>;

pub fn fault<T>(reason: &'static Reason, at: usize) -> Result<T, Fault> {
    Err(Fault { reason, at })
}

/// The verdict on bytes, with the place in bytes.
#[inline(never)]
pub fn in_bytes(check: Check) -> u64 {
    match check {
        Ok(()) => buffer(b"{\"valid\":true}".to_vec()),
        Err(fault) => invalid(fault.reason, fault.at),
    }
}

/// The verdict on `text`, with the place in UTF-16 units.
#[inline(never)]
pub fn in_units(text: &[u8], check: Check) -> u64 {
    in_bytes(check.map_err(|fault| Fault { at: units(&text[..fault.at]), ..fault }))
}

fn units(text: &[u8]) -> usize {
    let mut units = 0;
    for &byte in text {
        units += usize::from(byte & 0xc0 != 0x80) + usize::from(byte >= 0xf0);
    }
    units
}

#[inline(never)]
fn invalid(reason: &Reason, at: usize) -> u64 {
    let mut json = Vec::with_capacity(192);
    json.extend_from_slice(b"{\"valid\":false,\"code\":");
    quote(&mut json, reason.0);
    json.extend_from_slice(b",\"offset\":");
    decimal(&mut json, at);
    json.extend_from_slice(b",\"message\":");
    quote(&mut json, reason.1);
    json.push(b'}');
    buffer(json)
}
