//! Source maps of version 3 (ECMA-426): where each part of a result was in the source.

use crate::output::quote;
use crate::places::Places;

/// A part of the result: where it begins, in UTF-16 units of its line, and where it was, in bytes of the source.
pub struct Mapping {
    pub line: u32,
    pub column: u32,
    pub source: u32,
    /// The atom of a name that is another one now; 0 is none.
    pub name: u32,
}

static DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// A difference in base 64 VLQ.
fn number(out: &mut Vec<u8>, value: i64) {
    let mut rest = if value < 0 { (-value as u64) << 1 | 1 } else { (value as u64) << 1 };
    loop {
        let digit = rest & 31;
        rest >>= 5;
        out.push(DIGITS[(digit | if rest > 0 { 32 } else { 0 }) as usize]);
        if rest == 0 {
            return;
        }
    }
}

/// The fields `names` and `mappings` of a map, as JSON.
#[inline(never)]
pub fn write<'a>(mappings: &[Mapping], places: &Places, text: impl Fn(u32) -> &'a [u8], out: &mut Vec<u8>) {
    let mut names: Vec<u32> = Vec::new();
    let mut line = 0;
    let mut before = [0i64; 5];
    let mut encoded = Vec::with_capacity(mappings.len() * 6);
    let mut first = true;
    for mapping in mappings {
        while line < mapping.line {
            encoded.push(b';');
            line += 1;
            before[0] = 0;
            first = true;
        }
        if !first {
            encoded.push(b',');
        }
        first = false;
        let (source_line, source_column) = places.line(places.convert(mapping.source));
        let now = [mapping.column as i64, 0, source_line as i64 - 1, source_column as i64];
        for at in 0..4 {
            number(&mut encoded, now[at] - before[at]);
            before[at] = now[at];
        }
        if mapping.name != 0 {
            let index = names.iter().position(|&name| name == mapping.name).unwrap_or_else(|| {
                names.push(mapping.name);
                names.len() - 1
            });
            number(&mut encoded, index as i64 - before[4]);
            before[4] = index as i64;
        }
    }
    out.extend_from_slice(b"\"names\":[");
    for (at, &name) in names.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        quote(out, text(name));
    }
    out.extend_from_slice(b"],\"mappings\":");
    quote(out, &encoded);
}
