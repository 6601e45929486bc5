//! Runs a program over a text.

use super::set::{is_word, Set};
use super::Op;
use crate::schema::stop::{stop, Code, Stop};

/// How many pairs of instruction and position may be remembered: 16 MB of bits.
const MOST: u64 = 1 << 27;

/// How many steps one text may take. Without looks there are never more than there are pairs.
const STEPS: u64 = 2 * MOST;

struct Run<'a> {
    ops: &'a [Op],
    sets: &'a [Set],
    text: &'a [u32],
    /// A bit for each instruction at each position that has been tried.
    tried: Vec<u32>,
    /// What was tried inside looks, to be forgotten when one of them succeeds.
    log: Vec<u64>,
    looks: u32,
    steps: u64,
}

#[inline(never)]
pub fn run(ops: &[Op], sets: &[Set], text: &[u32], steps: &mut u64) -> Result<bool, Stop> {
    let bits = ops.len() as u64 * (text.len() as u64 + 1);
    let words = (bits / 32 + 1) as usize;
    let mut tried = Vec::new();
    if bits > MOST || tried.try_reserve_exact(words).is_err() {
        return Err(costly());
    }
    tried.resize(words, 0);
    let mut run =
        Run { ops, sets, text, tried, log: Vec::new(), looks: 0, steps: words as u64 / 16 };
    let mut found = false;
    for start in 0..=text.len() {
        if run.from(0, start) {
            found = true;
            break;
        }
    }
    *steps += run.steps;
    if run.steps > STEPS {
        return Err(costly());
    }
    Ok(found)
}

#[cold]
fn costly() -> Stop {
    stop(Code::Pattern, &["a pattern is too costly for a text of this length"])
}

impl Run<'_> {
    /// Whether a match is reached from an instruction and a position.
    #[inline(never)]
    fn from(&mut self, op: u32, at: usize) -> bool {
        let mut open = vec![(op, at)];
        while let Some((op, at)) = open.pop() {
            if self.thread(op, at, &mut open) {
                return true;
            }
        }
        false
    }

    /// Follows one thread as far as it goes, leaving its alternatives open.
    #[inline(never)]
    fn thread(&mut self, mut op: u32, mut at: usize, open: &mut Vec<(u32, usize)>) -> bool {
        loop {
            if !self.first(op, at) {
                return false;
            }
            match self.ops[op as usize] {
                Op::Match => return true,
                Op::Jump(next) => op = next,
                Op::Split(next, other) => {
                    open.push((other, at));
                    op = next;
                }
                Op::One { set, back } => match self.one(set, at, back) {
                    Some(next) => {
                        at = next;
                        op += 1;
                    }
                    None => return false,
                },
                Op::Look { next, negate } => {
                    if self.look(op, at) == negate {
                        return false;
                    }
                    op = next;
                }
                other => {
                    if !self.holds(other, at) {
                        return false;
                    }
                    op += 1;
                }
            }
        }
    }

    fn first(&mut self, op: u32, at: usize) -> bool {
        self.steps += 1;
        let bit = op as u64 * (self.text.len() as u64 + 1) + at as u64;
        let word = &mut self.tried[(bit / 32) as usize];
        let mask = 1 << (bit % 32);
        let first = *word & mask == 0 && self.steps <= STEPS;
        *word |= mask;
        if first && self.looks > 0 {
            self.log.push(bit);
        }
        first
    }

    fn one(&self, set: u32, at: usize, back: bool) -> Option<usize> {
        let (read, next) = if back { (at.checked_sub(1)?, at - 1) } else { (at, at + 1) };
        let point = *self.text.get(read)?;
        if self.sets[set as usize].has(point) {
            Some(next)
        } else {
            None
        }
    }

    /// A look is asked once for a position, because its own instruction is tried once. Another one
    /// may come by where this one succeeded.
    #[inline(never)]
    fn look(&mut self, op: u32, at: usize) -> bool {
        let before = self.log.len();
        self.looks += 1;
        let found = self.from(op + 1, at);
        self.looks -= 1;
        if found {
            for &bit in &self.log[before..] {
                self.tried[(bit / 32) as usize] &= !(1 << (bit % 32));
            }
        }
        if found || self.looks == 0 {
            self.log.truncate(before);
        }
        found
    }

    fn holds(&self, op: Op, at: usize) -> bool {
        let word = |at: Option<&u32>| at.map_or(false, |&point| is_word(point));
        match op {
            Op::Start => at == 0,
            Op::End => at == self.text.len(),
            Op::Word { negate } => {
                let before = at > 0 && word(self.text.get(at - 1));
                (before != word(self.text.get(at))) != negate
            }
            _ => false,
        }
    }
}
