//! Regular expressions of ECMA-262 in its Unicode mode, but for backreferences.
//!
//! Whether a text matches is all that is asked. Without backreferences, what has failed once at an
//! instruction and a position fails there always, so that remembering the failures bounds the time
//! by the product of both lengths.

mod emit;
mod parse;
mod run;
mod set;

use super::stop::Stop;
use set::Set;

/// One step of a program. Those of a look-behind read backwards.
#[derive(Clone, Copy)]
pub enum Op {
    /// A character of a set.
    One {
        set: u32,
        back: bool,
    },
    Split(u32, u32),
    Jump(u32),
    Start,
    End,
    Word {
        negate: bool,
    },
    /// The instructions up to `next` must lead to a match, or must not.
    Look {
        next: u32,
        negate: bool,
    },
    Match,
}

pub struct Program {
    ops: Vec<Op>,
    sets: Vec<Set>,
}

impl Program {
    pub fn compile(pattern: &[u8]) -> Result<Self, Stop> {
        let mut sets = Vec::new();
        let tree = parse::parse(&points(pattern)?, &mut sets)?;
        Ok(Program { ops: emit::emit(&tree)?, sets })
    }

    /// Whether the pattern matches anywhere in the text.
    #[inline(never)]
    pub fn matches(&self, text: &[u8], steps: &mut u64) -> Result<bool, Stop> {
        run::run(&self.ops, &self.sets, &points(text)?, steps)
    }
}

/// The code points of a text, halves of surrogate pairs included.
#[inline(never)]
fn points(text: &[u8]) -> Result<Vec<u32>, Stop> {
    let mut points = Vec::new();
    if points.try_reserve_exact(text.len()).is_err() {
        return Err(Stop::memory());
    }
    let mut at = 0;
    while at < text.len() {
        let first = text[at] as u32;
        let (len, bits) = match first {
            0..=0x7f => (1, first),
            0x80..=0xdf => (2, first & 0x1f),
            0xe0..=0xef => (3, first & 0x0f),
            _ => (4, first & 0x07),
        };
        let rest = text[at + 1..].iter().take(len - 1);
        points.push(rest.fold(bits, |point, &byte| point << 6 | (byte & 0x3f) as u32));
        at += len;
    }
    Ok(points)
}
