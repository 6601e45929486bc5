//! What is wrong with a document, and how it is told to the host.

use super::keywords::KEYWORDS;

/// How many violations a report holds.
pub const MOST: usize = 100;

pub struct Violation {
    pub instance: Vec<u8>,
    pub path: Vec<u8>,
    /// The number of the keyword, or zero for a schema that is `false`.
    pub keyword: u8,
    pub message: Vec<u8>,
}

#[derive(Default)]
pub struct Report {
    pub violations: Vec<Violation>,
    pub truncated: bool,
}

/// A place to go back to.
#[derive(Clone, Copy)]
pub struct Checkpoint {
    count: usize,
    truncated: bool,
}

impl Report {
    pub fn full(&self) -> bool {
        self.violations.len() == MOST
    }

    pub fn checkpoint(&self) -> Checkpoint {
        Checkpoint { count: self.violations.len(), truncated: self.truncated }
    }

    /// Forgets what was added since.
    pub fn back_to(&mut self, checkpoint: Checkpoint) {
        self.violations.truncate(checkpoint.count);
        self.truncated = checkpoint.truncated;
    }

    #[inline(never)]
    pub fn json(&self, valid: bool) -> Vec<u8> {
        let mut out = Vec::with_capacity(64 + 200 * self.violations.len());
        out.extend_from_slice(b"{\"valid\":");
        out.extend_from_slice(flag(valid));
        out.extend_from_slice(b",\"truncated\":");
        out.extend_from_slice(flag(self.truncated));
        out.extend_from_slice(b",\"violations\":[");
        for (index, violation) in self.violations.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            violation.json(&mut out);
        }
        out.extend_from_slice(b"]}");
        out
    }
}

fn flag(flag: bool) -> &'static [u8] {
    if flag {
        b"true"
    } else {
        b"false"
    }
}

pub fn name(keyword: u8) -> &'static str {
    match keyword {
        0 => "false",
        _ => KEYWORDS[keyword as usize - 1].name,
    }
}

impl Violation {
    #[inline(never)]
    fn json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"instanceLocation\":");
        quote(out, &self.instance);
        out.extend_from_slice(b",\"keywordLocation\":");
        quote(out, &self.path);
        out.extend_from_slice(b",\"keyword\":");
        quote(out, name(self.keyword).as_bytes());
        out.extend_from_slice(b",\"message\":");
        quote(out, &self.message);
        out.push(b'}');
    }
}

/// Appends a JSON string; halves of surrogate pairs become escapes.
#[inline(never)]
fn quote(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            byte @ (b'"' | b'\\') => out.extend_from_slice(&[b'\\', byte]),
            byte @ 0..=0x1f => unit(out, byte as u32),
            0xed if at + 2 < text.len() && text[at + 1] >= 0xa0 => {
                let (second, third) = (text[at + 1] as u32, text[at + 2] as u32);
                unit(out, 0xd000 | (second & 0x3f) << 6 | (third & 0x3f));
                at += 2;
            }
            byte => out.push(byte),
        }
        at += 1;
    }
    out.push(b'"');
}

fn unit(out: &mut Vec<u8>, unit: u32) {
    out.extend_from_slice(b"\\u");
    for shift in [12, 8, 4, 0] {
        out.push(b"0123456789abcdef"[(unit >> shift & 15) as usize]);
    }
}
